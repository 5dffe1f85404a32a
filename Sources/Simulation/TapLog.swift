/// A place where frames can be captured.
public struct TapPoint: Hashable, Sendable, BitwiseCopyable {
    /// Position in the world's list of capture points.
    public var index: UInt8
    @inlinable public init(index: UInt8) { self.index = index }
}

/// Which way a frame passed a capture point, seen from the thing the point is named for.
public enum TapDirection: UInt8, Sendable, BitwiseCopyable { case inbound, outbound }

/// Frames as capture points saw them, in order of time, until the world moves them into files.
///
/// A record is a header and the frame's bytes in one flat buffer, so that capturing neither allocates nor calls
/// anything. A point nobody asked for costs one test of a bit.
public struct TapLog: ~Copyable {
    /// What precedes a record's bytes.
    public struct Header: BitwiseCopyable, Sendable {
        public var time: SimTime
        /// The frame's number, see `FrameInfo.serial`.
        public var serial: UInt64
        /// Length of the frame, in bytes, which the bytes that follow may fall short of.
        public var originalByteCount: UInt32
        /// Number of bytes that follow.
        public var byteCount: UInt32
        public var point: TapPoint
        public var direction: TapDirection
        /// Raw value of the `DropReason` plus one; zero for a frame that lived on.
        public var dropCode: UInt8

        /// Why the frame was dropped here, if it was.
        @inlinable public var dropReason: DropReason? { dropCode == 0 ? nil : DropReason(rawValue: dropCode - 1) }
    }

    /// The points whose frames are recorded.
    public var enabledPoints = TapPointSet()
    /// Most bytes kept of a frame.
    public var snapshotByteCount = Int.max
    @usableFromInline var storage: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int
    @usableFromInline var used = 0
    /// What passed each point, inbound and outbound in turn, captured or not; a frame dropped at a point counts there.
    @usableFromInline let tallies: UnsafeMutablePointer<FramePool.Tally>

    public init() {
        tallies = .allocate(capacity: 512)
        tallies.initialize(repeating: FramePool.Tally(), count: 512)
        capacity = 1 << 20
        storage = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        storage.deallocate()
        tallies.deallocate()
    }

    /// Frames and bytes that passed `point` in `direction`, captured or not.
    public func tally(_ point: TapPoint, _ direction: TapDirection) -> FramePool.Tally {
        tallies[Int(point.index) * 2 + Int(direction.rawValue)]
    }

    @inlinable mutating func count(_ byteCount: Int, at point: TapPoint, _ direction: TapDirection) {
        tallies[Int(point.index) * 2 + Int(direction.rawValue)].add(byteCount)
    }

    /// Number of bytes waiting.
    @inlinable public var byteCount: Int { used }

    @inlinable @inline(__always) public func isEnabled(_ point: TapPoint) -> Bool {
        enabledPoints.contains(point)
    }

    /// Counts `frame` at `point`, and records it if anybody asked for that point.
    @inlinable public mutating func record(
        _ frame: FrameID, of frames: borrowing FramePool, at point: TapPoint, _ direction: TapDirection, time: SimTime,
        dropped reason: DropReason? = nil
    ) {
        count(frames[frame].byteCount, at: point, direction)
        guard isEnabled(point) else { return }
        append(
            UnsafeRawBufferPointer(frames.bytes(frame)), serial: frames[frame].serial, at: point, direction, time: time,
            dropped: reason)
    }

    /// Counts `bytes` at `point`, and records them if anybody asked for that point.
    @inlinable public mutating func record(
        _ bytes: UnsafeRawBufferPointer, serial: UInt64, at point: TapPoint, _ direction: TapDirection, time: SimTime,
        dropped reason: DropReason? = nil
    ) {
        count(bytes.count, at: point, direction)
        guard isEnabled(point) else { return }
        append(bytes, serial: serial, at: point, direction, time: time, dropped: reason)
    }

    @usableFromInline mutating func append(
        _ bytes: UnsafeRawBufferPointer, serial: UInt64, at point: TapPoint, _ direction: TapDirection, time: SimTime,
        dropped reason: DropReason?
    ) {
        let kept = min(bytes.count, snapshotByteCount)
        let needed = MemoryLayout<Header>.stride + (kept + 7) & ~7
        if used + needed > capacity { grow(by: needed) }
        let header = Header(
            time: time, serial: serial, originalByteCount: UInt32(bytes.count), byteCount: UInt32(kept), point: point,
            direction: direction, dropCode: reason.map { $0.rawValue + 1 } ?? 0)
        (storage + used).storeBytes(of: header, as: Header.self)
        if kept > 0, let base = bytes.baseAddress {
            (storage + used + MemoryLayout<Header>.stride).copyMemory(from: base, byteCount: kept)
        }
        used += needed
    }

    private mutating func grow(by needed: Int) {
        let newCapacity = max(capacity * 2, used + needed)
        let new = UnsafeMutableRawPointer.allocate(byteCount: newCapacity, alignment: 16)
        new.copyMemory(from: storage, byteCount: used)
        storage.deallocate()
        storage = new
        capacity = newCapacity
    }

    /// Hands every record to `body` in order and empties the log, keeping its storage.
    @inlinable public mutating func drain<E: Error>(
        _ body: (Header, UnsafeRawBufferPointer) throws(E) -> Void
    ) throws(E) {
        var offset = 0
        defer { used = 0 }
        while offset < used {
            let header = (storage + offset).load(as: Header.self)
            let start = offset + MemoryLayout<Header>.stride
            try body(header, UnsafeRawBufferPointer(start: storage + start, count: Int(header.byteCount)))
            offset = start + (Int(header.byteCount) + 7) & ~7
        }
    }
}
