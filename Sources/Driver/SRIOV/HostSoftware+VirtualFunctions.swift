package import Host
import Simulation
import Wire

/// Virtual functions: enabling and disabling them all, as a write to `sriov_numvfs` does (section 3.6).
extension HostSoftware {
    /// A virtual function that has come into being, or is gone, and is not this host's: the world tells its own host.
    package struct ForeignFunction: Sendable {
        package var function: FunctionID
        package var address: PCIAddress
        package var hasCome: Bool
    }

    /// `echo COUNT > …/sriov_numvfs`.
    mutating func setVirtualFunctionCount(
        _ count: Int, of core: Int, ticket: CommandTicket, at now: SimTime, host: inout Host
    ) {
        let steps: [ControlStep] = [.local(.findVirtualFunctions), .local(.setVirtualFunctionCount(count))]
        run(ControlProgram(.command, steps, ticket: ticket), on: core, at: now, host: &host)
    }

    /// Decides what a new number of virtual functions means, as Linux does.
    func virtualFunctionSteps(_ count: Int, of core: Int) throws(DriverError) -> [ControlStep] {
        let known = cores[core].pointee.virtualFunctions
        guard known.capability > 0, known.total > 0 else {
            throw DriverError("sriov_numvfs: No such file or directory")
        }
        if count == known.count { return [] }
        if count == 0 { return disablingSteps(known.count, of: core) }
        guard known.count == 0 else { throw DriverError("write error: Device or resource busy") }
        guard count <= known.total else { throw DriverError("write error: Numerical result out of range") }
        return enablingSteps(count, of: core)
    }

    private func enablingSteps(_ count: Int, of core: Int) -> [ControlStep] {
        let capability = cores[core].pointee.virtualFunctions.capability
        var steps: [ControlStep] = [.local(.beginEnabling(count))] + eswitchSteps(of: core)
        for vport in 1...UInt16(count) {
            steps += [.management(.enableFunction(vport)), .local(.enableVport(vport))]
        }
        // VF Enable, memory space, and numbers beyond the device's own: ARI.
        return steps + [
            .configurationWrite(
                offset: capability + SRIOVCapability.vfCount.offset, byteCount: 2, value: UInt32(count)),
            .configurationWrite(offset: capability + SRIOVCapability.control.offset, byteCount: 2, value: 0x19),
            .wait(.milliseconds(100)), .local(.plugVirtualFunctions(count)),
        ]
    }

    /// The steps that take `count` virtual functions away; what fails of them is noted, and the rest goes on.
    func disablingSteps(_ count: Int, of core: Int) -> [ControlStep] {
        guard count > 0 else { return [] }
        let capability = cores[core].pointee.virtualFunctions.capability
        var steps: [ControlStep] = [
            .local(.unplugVirtualFunctions), .awaitLeaving(virtual: true),
            .configurationWrite(offset: capability + SRIOVCapability.control.offset, byteCount: 2, value: 0),
            .configurationWrite(offset: capability + SRIOVCapability.vfCount.offset, byteCount: 2, value: 0),
        ]
        for vport in 1...UInt16(count) {
            steps += [
                .management(.disableFunction(vport)), .core(.takePages(of: vport)), .local(.disableVport(vport)),
            ]
        }
        return steps + [.local(.endDisabling), .local(.disableEswitch)]
    }

    /// Tells what `function`, a virtual function that may come into being here, is to call its netdev.
    package mutating func setNetdevName(_ name: String, of function: FunctionID) { functionNames[function] = name }

    /// The virtual functions are there: those of this host are probed, others are told of.
    mutating func plugVirtualFunctions(_ count: Int, of core: Int, at now: SimTime, host: inout Host) {
        cores[core].pointee.virtualFunctions.enablingCount = 0
        cores[core].pointee.virtualFunctions.count = count
        var own: [FunctionID] = []
        for index in 0..<count {
            let (function, address) = place(ofVirtualFunction: index, of: core)
            if host.isAttached(function) {
                own.append(function)
                let place = PluggedFunction(
                    function: function, address: address, kind: .virtual(index: index), parent: core,
                    netdev: functionNames[function] ?? "\(cores[core].pointee.netdevName)v\(index)")
                start(place, at: now, host: &host)
            } else {
                foreign.append(ForeignFunction(function: function, address: address, hasCome: true))
            }
        }
        guard let ticket = cores[core].pointee.program?.ticket else { return }
        cores[core].pointee.program?.ticket = nil
        finish(when: .probed(own), ticket: ticket, at: now)
    }

    /// The virtual functions are to go: drivers here let go of theirs, others are told.
    mutating func unplugVirtualFunctions(of core: Int, at now: SimTime, host: inout Host) {
        for index in 0..<cores[core].pointee.virtualFunctions.count {
            let (function, address) = place(ofVirtualFunction: index, of: core)
            if let own = self.core(of: function) {
                remove(own, ticket: nil, at: now, host: &host)
            } else {
                foreign.append(ForeignFunction(function: function, address: address, hasCome: false))
            }
        }
    }

    /// The number and the place of a virtual function.
    func place(ofVirtualFunction index: Int, of core: Int) -> (function: FunctionID, address: PCIAddress) {
        let known = cores[core].pointee.virtualFunctions
        let distance = known.firstOffset + index * known.stride
        let function = Int(cores[core].pointee.interface.function.index) + distance
        let base = cores[core].pointee.address?.routingID ?? 0
        return (FunctionID(min(function, 0xffff)), PCIAddress(routingID: base &+ UInt16(truncatingIfNeeded: distance)))
    }

    // MARK: Settings of one

    /// The steps of `ip link set DEV vf INDEX …`.
    mutating func virtualFunctionSteps(
        _ index: Int, _ settings: [VirtualFunctionSetting], of core: Int
    ) throws(DriverError) -> [ControlStep] {
        guard cores[core].pointee.eswitch != nil, cores[core].pointee.interface.capabilities.isEswitchManager else {
            throw DriverError("RTNETLINK answers: Operation not supported")
        }
        let hostCount = cores[core].pointee.eswitch?.host?.enabledCount ?? 0
        guard index < max(cores[core].pointee.virtualFunctions.count, hostCount) else {
            throw DriverError("RTNETLINK answers: Invalid argument")
        }
        let vport = UInt16(index + 1)
        var steps: [ControlStep] = []
        for setting in settings { steps += try cores[core].pointee.apply(setting, to: vport) }
        return steps
    }
}

extension CoreDriver {
    /// Notes a setting of `vport`; the steps that tell the device.
    mutating func apply(_ setting: VirtualFunctionSetting, to vport: UInt16) throws(DriverError) -> [ControlStep] {
        guard var state = eswitch?.vports[vport] else { throw DriverError("RTNETLINK answers: Invalid argument") }
        let capabilities = interface.capabilities
        let unsupported = DriverError("RTNETLINK answers: Operation not supported")
        var steps: [ControlStep] = []
        switch setting {
        case .address(let address):
            guard !address.isMulticast else { throw DriverError("RTNETLINK answers: Invalid argument") }
            state.address = address
            steps = [.management(.setAddress(vport: vport, address))]
            if state.checksSource { steps.append(.local(.refreshAccessLists(vport))) }
        case .vlan(let vlan, let qos):
            guard vlan < 4095 else { throw DriverError("RTNETLINK answers: Invalid argument") }
            guard taggingByAccessLists || capabilities.canStripVLAN && capabilities.canInsertVLAN else {
                throw unsupported
            }
            (state.vlan, state.qos) = (vlan, qos)
            steps = [.management(.setVLAN(vport: vport)), .local(.refreshAccessLists(vport))]
        case .spoofCheck(let isOn):
            guard capabilities.ingressACL.isSupported else { throw unsupported }
            state.checksSource = isOn
            steps = [.local(.refreshAccessLists(vport))]
        case .trust(let isOn):
            state.isTrusted = isOn
            steps = [.local(.refreshRules(vport))]
        case .linkState(let link):
            state.linkState = link
            let states: [VirtualFunctionSetting.LinkState: VportAdminState] = [
                .auto: .auto, .enable: .up, .disable: .down,
            ]
            steps = [.management(.setLinkState(vport: vport, states[link] ?? .auto))]
        case .maximumRate(let rate):
            guard capabilities.canSchedule, capabilities.canLimitRate else { throw unsupported }
            state.maximumRate = rate
            steps = [.local(.refreshRate(vport))]
        case .minimumRate(let rate):
            guard capabilities.canSchedule, capabilities.canShareBandwidth else { throw unsupported }
            state.minimumRate = rate
            steps = [.local(.refreshRate(vport))]
        }
        eswitch?.vports[vport] = state
        return steps
    }
}
