/// Why a device's access to host memory was refused.
public struct DMAFault: Error, Equatable, Sendable, BitwiseCopyable {
    /// What was wrong with it.
    public enum Reason: UInt8, Sendable, BitwiseCopyable {
        /// Nothing is mapped at the address.
        case notMapped
        /// The mapping does not permit reading.
        case readNotPermitted
        /// The mapping does not permit writing.
        case writeNotPermitted
        /// The mapping leads to memory that is not installed.
        case noMemory
        /// The function may not master the bus (PCI command register, bit 2).
        case busMasterDisabled
        /// The memory is not in this process: it must be asked for. `Host` does that, and nobody else sees this.
        case distant
    }

    public var function: FunctionID
    /// I/O virtual address of the first byte refused.
    public var address: UInt64
    public var reason: Reason

    @inlinable public init(function: FunctionID, address: UInt64, reason: Reason) {
        self.function = function
        self.address = address
        self.reason = reason
    }
}

/// What a mapping lets a device do.
public struct DMAPermissions: OptionSet, Sendable, BitwiseCopyable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let read = DMAPermissions(rawValue: 1)
    public static let write = DMAPermissions(rawValue: 2)
    /// The memory is reached by asking its owner (`Host.setDistantMemory`).
    public static let distant = DMAPermissions(rawValue: 4)
}

/// A mapping that cannot be made or undone.
public enum MappingError: Error, Equatable, Sendable {
    /// An address or length is not a multiple of the domain's page size, or the length is zero.
    case misaligned
    /// Part of the range is mapped already.
    case overlaps
    /// No mapping has this start and length.
    case notMapped
    /// The function is not attached to this host.
    case notAttached
}

/// One function's view of host memory: I/O virtual addresses to physical ones, in pages.
public struct IOMMUDomain: Sendable {
    @usableFromInline struct Extent: Sendable, BitwiseCopyable {
        @usableFromInline var start: UInt64
        @usableFromInline var end: UInt64
        @usableFromInline var physical: UInt64
        @usableFromInline var permissions: DMAPermissions
    }

    /// Page size, as a power of two: 12 for 4 KiB, 21 for 2 MiB.
    public let pageShift: UInt64
    /// With pass-through, addresses are physical and all is permitted.
    public let isPassThrough: Bool
    /// By ascending start; extents do not overlap.
    @usableFromInline var extents: [Extent] = []

    @inlinable public init(pageShift: UInt64 = 12, isPassThrough: Bool = false) {
        self.pageShift = pageShift
        self.isPassThrough = isPassThrough
    }

    /// Number of pages mapped.
    public var mappedPageCount: UInt64 { extents.reduce(0) { $0 + (($1.end - $1.start) >> pageShift) } }

    /// Position of the first extent that ends after `address`.
    @usableFromInline func position(of address: UInt64) -> Int {
        var low = 0
        var high = extents.count
        while low < high {
            let middle = (low + high) / 2
            if extents[middle].end <= address { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Maps `byteCount` bytes at `address` to `physical`.
    public mutating func map(
        _ address: UInt64, to physical: UInt64, byteCount: UInt64, _ permissions: DMAPermissions
    ) throws(MappingError) {
        let mask = (1 << pageShift) - 1 as UInt64
        guard byteCount > 0, (address | physical | byteCount) & mask == 0, address <= .max - byteCount else {
            throw .misaligned
        }
        let index = position(of: address)
        if index < extents.count, extents[index].start < address + byteCount { throw .overlaps }
        let extent = Extent(
            start: address, end: address + byteCount, physical: physical, permissions: permissions)
        extents.insert(extent, at: index)
    }

    /// Undoes the mapping made with the same `address` and `byteCount`.
    public mutating func unmap(_ address: UInt64, byteCount: UInt64) throws(MappingError) {
        let index = position(of: address)
        guard index < extents.count, extents[index].start == address, extents[index].end == address + byteCount else {
            throw .notMapped
        }
        extents.remove(at: index)
    }

    /// The physical address behind `address` and what may be done there; `nil` when nothing is mapped.
    ///
    /// - Complexity: O(log *n*) for *n* mappings.
    @inlinable public func translate(_ address: UInt64) -> (physical: UInt64, permissions: DMAPermissions)? {
        if isPassThrough { return (address, [.read, .write]) }
        let index = position(of: address)
        guard index < extents.count, extents[index].start <= address else { return nil }
        return (extents[index].physical + (address - extents[index].start), extents[index].permissions)
    }
}
