internal import Glibc

/// An access to memory that is not installed.
public struct MemoryFault: Error, Equatable, Sendable {
    /// Physical address of the first byte that does not exist.
    public var address: UInt64
    @inlinable public init(address: UInt64) { self.address = address }
}

/// A host's memory: sparse, zero until written, and checked against its size.
///
/// Memory comes into being in chunks of 64 KiB when first touched. Chunks never move, so a pointer into one stays
/// valid as long as the memory lives. They lie in regions that the system is asked for, which gives a page of 4 KiB when
/// something is written to it: a buffer that waits for a packet costs nothing.
///
/// Every 512 bytes also carry a tag, which no driver and no device can see: it is how a report follows one packet
/// through host memory (`FramePool.park`).
public struct PhysicalMemory: ~Copyable {
    @inlinable static var chunkShift: UInt64 { 16 }
    @inlinable static var chunkByteCount: Int { 1 << 16 }
    @inlinable static var tagShift: UInt64 { 9 }
    /// A chunk with its tags, which have a page of their own.
    static var chunkStride: Int { chunkByteCount + 4096 }
    static var chunksPerRegion: Int { 30 }

    /// Installed memory, in bytes.
    public let byteCount: UInt64
    @usableFromInline let chunks: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    @usableFromInline let chunkCount: Int
    /// Memory that has come into being, in bytes.
    public private(set) var touchedByteCount = 0
    /// Where the regions begin.
    private var regions: [UnsafeMutableRawPointer] = []
    /// Chunks of the last region that have come into being.
    private var usedChunkCount = chunksPerRegion
    /// Memory that belongs to somebody else, by ascending address; all of it beyond the installed memory.
    @usableFromInline var windows: [MemoryWindow] = []

    /// Installs `byteCount` bytes, rounded up to 64 KiB.
    public init(byteCount: UInt64) {
        chunkCount = Int((byteCount + UInt64(Self.chunkByteCount) - 1) >> Self.chunkShift)
        self.byteCount = UInt64(chunkCount) << Self.chunkShift
        chunks = .allocate(capacity: chunkCount)
        chunks.initialize(repeating: nil, count: chunkCount)
    }

    deinit {
        for region in regions { munmap(region, Self.chunkStride * Self.chunksPerRegion) }
        chunks.deallocate()
    }

    /// The byte at `address` and how many follow it in its chunk.
    @inlinable
    public mutating func pointer(at address: UInt64) throws(MemoryFault) -> (UnsafeMutableRawPointer, Int) {
        guard address < byteCount else { return try windowPointer(at: address) }
        let index = Int(address >> Self.chunkShift)
        let offset = Int(address) & (Self.chunkByteCount - 1)
        let chunk = chunks[index] ?? touch(index)
        return (chunk + offset, Self.chunkByteCount - offset)
    }

    @usableFromInline mutating func touch(_ index: Int) -> UnsafeMutableRawPointer {
        if usedChunkCount == Self.chunksPerRegion {
            let region = mmap(
                nil, Self.chunkStride * Self.chunksPerRegion, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
            guard let region, region != MAP_FAILED else { fatalError("the system has no memory for that of a host") }
            regions.append(region)
            usedChunkCount = 0
        }
        let chunk = regions[regions.count - 1] + usedChunkCount * Self.chunkStride
        usedChunkCount += 1
        chunks[index] = chunk
        touchedByteCount += Self.chunkByteCount
        return chunk
    }

    /// Copies `buffer.count` bytes from `address`.
    @inlinable
    public mutating func read(_ address: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(MemoryFault) {
        guard let start = buffer.baseAddress else { return }
        var done = 0
        while done < buffer.count {
            let (source, available) = try pointer(at: address &+ UInt64(done))
            let count = min(available, buffer.count - done)
            (start + done).copyMemory(from: source, byteCount: count)
            done += count
        }
    }

    /// Copies `buffer.count` bytes to `address`.
    @inlinable
    public mutating func write(_ address: UInt64, from buffer: UnsafeRawBufferPointer) throws(MemoryFault) {
        guard let start = buffer.baseAddress else { return }
        var done = 0
        while done < buffer.count {
            let (target, available) = try pointer(at: address &+ UInt64(done))
            let count = min(available, buffer.count - done)
            target.copyMemory(from: start + done, byteCount: count)
            done += count
        }
    }

    /// The big-endian integer at `address`.
    @inlinable
    public mutating func bigEndian<Value: FixedWidthInteger & BitwiseCopyable>(
        at address: UInt64, as type: Value.Type = Value.self
    ) throws(MemoryFault) -> Value {
        let (pointer, available) = try pointer(at: address)
        if available >= MemoryLayout<Value>.size {
            return Value(bigEndian: pointer.loadUnaligned(as: Value.self))
        }
        var value = Value.zero
        var fault: MemoryFault?
        withUnsafeMutableBytes(of: &value) { buffer in
            do throws(MemoryFault) { try read(address, into: buffer) } catch { fault = error }
        }
        if let fault { throw fault }
        return Value(bigEndian: value)
    }

    /// Stores `value`, big-endian, at `address`.
    @inlinable
    public mutating func storeBigEndian<Value: FixedWidthInteger & BitwiseCopyable>(
        _ value: Value, at address: UInt64
    ) throws(MemoryFault) {
        let (pointer, available) = try pointer(at: address)
        if available >= MemoryLayout<Value>.size {
            pointer.storeBytes(of: value.bigEndian, as: Value.self)
            return
        }
        var fault: MemoryFault?
        withUnsafeBytes(of: value.bigEndian) { buffer in
            do throws(MemoryFault) { try write(address, from: buffer) } catch { fault = error }
        }
        if let fault { throw fault }
    }

    /// The tag of the 512 bytes that hold `address`; zero where there is no memory.
    @inlinable public func tag(at address: UInt64) -> UInt32 {
        guard address < byteCount, let chunk = chunks[Int(address >> Self.chunkShift)] else { return 0 }
        let index = (Int(address) & (Self.chunkByteCount - 1)) >> Int(Self.tagShift)
        return (chunk + Self.chunkByteCount).load(fromByteOffset: index * 4, as: UInt32.self)
    }

    /// Tags the 512 bytes that hold `address`.
    @inlinable public mutating func setTag(_ tag: UInt32, at address: UInt64) {
        guard address < byteCount, let chunk = chunks[Int(address >> Self.chunkShift)] else { return }
        let index = (Int(address) & (Self.chunkByteCount - 1)) >> Int(Self.tagShift)
        (chunk + Self.chunkByteCount).storeBytes(of: tag, toByteOffset: index * 4, as: UInt32.self)
    }
}
