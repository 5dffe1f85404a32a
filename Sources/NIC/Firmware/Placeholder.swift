import Host
import Simulation

// The firmware's half of `NIC.handle`; replaced by the command interface.
extension NIC {
    /// Placeholder: a bus access reached its function.
    mutating func handle(_ event: BusEvent, at now: SimTime, host: inout Host, medium: inout Medium) {}
    /// What the firmware was waiting for has happened.
    mutating func handleFirmware(
        _ event: FirmwareEvent, of function: FunctionID, at now: SimTime, host: inout Host, medium: inout Medium
    ) {}
}
