/// Names one function of the whole world, physical, virtual or sub: what a requester ID is to a real root complex.
///
/// Every NIC has one contiguous range of them: its physical functions first, then for each of those its virtual
/// functions, then its subfunctions. Virtual function *n* of a physical function is First VF Offset + *n* × VF Stride
/// behind it, as the SR-IOV capability says (PCI Express Base Specification 5.0, 9.2.1.2). A subfunction has no PCI
/// identity of its own; its number stands for its parent's requester ID with an address space of its own.
public struct FunctionID: Hashable, Sendable, BitwiseCopyable, Comparable {
    /// Position among the functions of the world.
    public var index: UInt16

    /// - Precondition: `index` is from 0 to 65,535. Whoever numbers functions checks that there are no more.
    @inlinable public init(_ index: Int) {
        precondition(index >= 0 && index <= Int(UInt16.max), "no such function")
        self.index = UInt16(truncatingIfNeeded: index)
    }

    @inlinable public static func < (left: FunctionID, right: FunctionID) -> Bool { left.index < right.index }
}
