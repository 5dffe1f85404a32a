import Host
import Simulation

/// Where a function's registers lie: in a BAR of a PCI function, from an offset on.
///
/// A subfunction has no PCI identity: its registers are a slice of its parent's BAR 2 (section 1.5).
struct RegisterWindow {
    /// The PCI function that claims the accesses.
    let function: FunctionID
    let bar: UInt8
    let base: UInt32

    /// Writes a big-endian word.
    func write(_ offset: UInt32, _ value: UInt32, at time: SimTime, host: inout Host) {
        host.send(
            .memoryWrite(function, bar: bar, byteCount: 4, offset: base &+ offset, value: UInt64(value.byteSwapped)),
            at: time)
    }

    /// Writes eight big-endian bytes.
    @inline(__always)
    func write(_ offset: UInt32, wide value: UInt64, at time: SimTime, host: inout Host) {
        host.send(
            .memoryWrite(function, bar: bar, byteCount: 8, offset: base &+ offset, value: value.byteSwapped), at: time)
    }

    /// Asks for a word; the answer carries `tag`.
    func read(_ offset: UInt32, tag: UInt32, at time: SimTime, host: inout Host) {
        host.send(.memoryRead(function, bar: bar, byteCount: 4, offset: base &+ offset, tag: tag), at: time)
    }
}
