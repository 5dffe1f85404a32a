package import Host
import Wire

/// Who manages which embedded switch, and which vports it has.
extension NIC {
    /// The switch that `function` is a vport of.
    @inline(__always) func eswitch(of function: FunctionID) -> Int {
        switching.eswitch(ofPhysical: functions[Int(function.index)].kind.physical)
    }

    /// Whether `function` manages its switch: by its place and by its capability.
    func isEswitchManager(_ function: FunctionID) -> Bool {
        managedEswitch(of: function) != nil
    }

    /// The vport of `function` in its switch: what `vport(of:)` says, as fast as frames need it.
    @inline(__always) func vportNumber(of function: FunctionID) -> VportNumber {
        switch functions[Int(function.index)].kind {
        case .physical(let number):
            let embedded = switching.eswitches[switching.eswitch(ofPhysical: number)].embedded
            return embedded == number ? .embedded : .physical
        case .virtual(let number, _): return .virtual(number)
        case .sub(let slice, let owner):
            let eswitch = switching.eswitches[switching.eswitch(ofPhysical: owner)]
            let before = eswitch.manager == owner ? 0 : eswitch.managerSubs.count
            return VportNumber(UInt16(truncatingIfNeeded: VportNumber.firstSub + before + slice))
        }
    }

    /// The function whose vport `number` is in switch `eswitch`; `nil` when there can be none.
    package func function(of number: VportNumber, inEswitch eswitch: Int) -> FunctionID? {
        let state = switching.eswitches[eswitch]
        let value = Int(number.rawValue)
        switch value {
        case 0: return layout.physical(state.physical)
        case 0xffff: return nil
        case 0xfffe: return state.embedded.map { layout.physical($0) }
        case 1..<VportNumber.firstSub:
            return value <= state.virtuals.count ? FunctionID(state.virtuals.lowerBound + value - 1) : nil
        default:
            let slice = value - VportNumber.firstSub
            if slice < state.managerSubs.count { return FunctionID(state.managerSubs.lowerBound + slice) }
            let behind = slice - state.managerSubs.count
            return behind < state.hostSubs.count ? FunctionID(state.hostSubs.lowerBound + behind) : nil
        }
    }

    /// Whether the switch that `manager` manages can have a vport `number`.
    func hasVport(_ number: VportNumber, inEswitchOf manager: FunctionID) -> Bool {
        number == .uplink || function(of: number, inEswitch: eswitch(of: manager)) != nil
    }

    /// Number of what has been set about vport `number` of switch `eswitch`, made when it is not there.
    package mutating func makeControl(of number: VportNumber, inEswitch eswitch: Int) -> Int {
        guard number != .uplink, let function = function(of: number, inEswitch: eswitch) else {
            return switching.makeUplinkControl(of: eswitch)
        }
        return switching.makeControl(ofPlace: Int(function.index) - layout.first)
    }

    /// Makes `table` the root for what `scope` says, or leaves it without one.
    mutating func setRoot(_ table: FlowTableHandle?, _ scope: TableScope, of function: FunctionID) {
        switch scope.type {
        case .fdb: switching.eswitches[eswitch(of: function)].forwardingRoot = table
        case .ingressACL:
            let control = makeControl(of: scope.vport, inEswitch: eswitch(of: function))
            switching.controls[control].ingressList = table
        case .egressACL:
            let control = makeControl(of: scope.vport, inEswitch: eswitch(of: function))
            switching.controls[control].egressList = table
        default: functions[Int(function.index)].resources.receiveRoot = table
        }
    }

    /// Takes `table`, which is to be destroyed, from where it is a root.
    mutating func forgetRoot(_ table: FlowTableHandle) {
        let state = steering[table]
        let owner = Int(state.owner.index)
        if functions[owner].resources.receiveRoot == table { functions[owner].resources.receiveRoot = nil }
        if state.type != .nicRX { switching.forget(table) }
    }

    /// Forgets what `manager`, which is reset, has set about the vports of its switch; frames that wait go on waiting.
    mutating func releaseEswitch(of manager: FunctionID) {
        guard case .physical(let number) = functions[Int(manager.index)].kind else { return }
        let eswitch = switching.eswitch(ofPhysical: number)
        guard switching.eswitches[eswitch].manager == number else { return }
        switching.eswitches[eswitch].elements = [:]
        for place in layout.range where switching.control(ofPlace: place - layout.first) != 0 {
            let owner = layout.kind(of: FunctionID(place))?.physical ?? number
            guard switching.eswitch(ofPhysical: owner) == eswitch else { continue }
            clearControl(switching.control(ofPlace: place - layout.first))
        }
        clearControl(Int(switching.eswitches[eswitch].uplinkControl))
    }

    private mutating func clearControl(_ control: Int) {
        var cleared = VPortControl()
        cleared.shaper = switching.controls[control].shaper
        cleared.shaper.rate = 0
        switching.controls[control] = cleared
    }

    /// A frame takes `byteCount` bytes of the buffer that `charge` names, or gives them back when negative.
    @inline(__always) mutating func occupy(_ byteCount: Int, of charge: BufferCharge) {
        if let port = charge.port {
            ports[Int(port.index)].bufferedByteCount += byteCount
        } else {
            loopbackByteCount += byteCount
        }
    }
}
