import Host
import Wire

/// Who may configure the embedded switch, and which vports it has.
extension NIC {
    /// Whether `function` manages an embedded switch (capability `eswitch_manager`).
    func isEswitchManager(_ function: FunctionID) -> Bool {
        functions[Int(function.index)].firmware.capabilities.general.get(HCACapabilities.eswitchManager) != 0
    }

    /// The vport of `function`.
    func vportNumber(of function: FunctionID) -> VPortNumber { .physicalFunction }

    /// Whether the switch that `manager` manages has a vport `number`.
    func hasVport(_ number: VPortNumber, inEswitchOf manager: FunctionID) -> Bool {
        number == .uplink || number == .physicalFunction
    }

    /// Makes `table` the root for what `scope` says, or leaves it without one.
    mutating func setRoot(_ table: FlowTableHandle?, _ scope: TableScope, of function: FunctionID) {
        switch scope.type {
        case .nicRX: functions[Int(function.index)].resources.receiveRoot = table
        default: break
        }
    }

    /// Takes `table`, which is to be destroyed, from where it is a root.
    mutating func forgetRoot(_ table: FlowTableHandle) {
        let owner = Int(steering[table].owner.index)
        if functions[owner].resources.receiveRoot == table { functions[owner].resources.receiveRoot = nil }
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
