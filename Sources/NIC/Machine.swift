package import Host
package import Simulation
package import Wire

/// The NIC as one value: every block is a stored property, every event a case, and `handle` the one place where an
/// event finds its block.
///
/// Whoever owns a NIC delivers its events (`events`) back to `handle` at their times, moves frames that left a port
/// (`departures`) to the wire, and hands it what arrives from the bus (`receive(_:at:)`) and the wires
/// (`receive(_:on:at:)`).
package struct NIC: ~Copyable {
    package let parameters: NICParameters
    package var functions: [Function]
    package var ports: [Port]
    package var switching: Switch
    package var link: PCIeLink
    /// What the NIC wants to happen later.
    package var events = Outbox<Event>(capacity: 256)
    /// Frames that have left a port: the time is that of their last bit.
    package var departures = Outbox<Departure>(capacity: 256)

    /// Everything that can happen inside the NIC.
    package enum Event: BitwiseCopyable, Sendable {
        /// A posted write, a read or a configuration access reached the function.
        case bus(BusEvent)
        /// Something the firmware was waiting for.
        case firmware(FunctionID, FirmwareEvent)
        /// Something a queue engine was waiting for.
        case queue(FunctionID, QueueEvent)
    }

    /// A frame that left.
    package struct Departure: BitwiseCopyable, Sendable {
        package var port: PortID
        package var frame: FrameID
    }
}
