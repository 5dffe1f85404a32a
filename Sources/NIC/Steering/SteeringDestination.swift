/// Where an entry sends a packet, in eight bytes.
package struct SteeringDestination: Equatable, Sendable, BitwiseCopyable {
    /// Kinds of destinations.
    package enum Kind: UInt8, Sendable, BitwiseCopyable { case drop, allow, table, receiveInterface, vport, uplink }

    package let kind: Kind
    /// Whether the owner of the vport was named (and is the owner of the entry).
    package let namesOwner: Bool
    /// The table's handle, the interface's number or the vport's.
    package let value: UInt32

    package init(_ kind: Kind, _ value: Int = 0, namesOwner: Bool = false) {
        self.kind = kind
        self.namesOwner = namesOwner
        self.value = UInt32(truncatingIfNeeded: value)
    }
}
