/// Names one PCI function of a host: what a requester ID is to a real root complex.
public struct FunctionID: Hashable, Sendable, BitwiseCopyable {
    /// Position among the host's functions.
    public var index: UInt16
    @inlinable public init(_ index: Int) { self.index = UInt16(truncatingIfNeeded: index) }
}
