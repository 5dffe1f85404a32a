package import Simulation

/// A wire between two ends; its speed is that of the NIC port at its end.
package struct WireDescription: Sendable {
    package var name: String
    package var first: End
    package var second: End
    /// Time that a bit takes from one end to the other.
    package var propagation: SimDuration
    /// Speed, in bits per second.
    package var bitsPerSecond: UInt64

    package init(name: String, first: End, second: End, propagation: SimDuration, bitsPerSecond: UInt64) {
        self.name = name
        self.first = first
        self.second = second
        self.propagation = propagation
        self.bitsPerSecond = bitsPerSecond
    }

    /// What a wire can be plugged into; the numbers are positions in the document's lists.
    package enum End: Sendable, Equatable {
        case port(nic: Int, port: Int)
        case traffic(Int)
    }
}
