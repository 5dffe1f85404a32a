/// A received packet that another netdev of the host is to send: its buffer is given back when that has taken it.
struct Handoff: BitwiseCopyable {
    /// Numbers of the netdevs that received it and that send it.
    var source: UInt16
    var target: UInt16
    var channel: UInt16
    var buffer: UInt32
    var byteCount: UInt32
    /// Where the packet lies.
    var physical: UInt64
    /// The tag that the device took out of it.
    var vlanTCI: UInt16
    var hasVLAN: Bool
    /// Which opening of the interface the buffer belongs to.
    var generation: UInt32
}
