/// Names one frame of a `FramePool`.
public struct FrameID: Hashable, Sendable, BitwiseCopyable {
    public var slot: UInt32
    @inlinable public init(slot: UInt32) { self.slot = slot }
}

/// What the model knows about a frame besides its bytes.
public struct FrameInfo: Sendable, BitwiseCopyable {
    /// Length, in bytes, without the frame check sequence.
    public var byteCount: Int
    public var journey: Journey
    /// Number given at birth: frames are numbered in the order in which they enter the world.
    public var serial: UInt64
    @inlinable init(byteCount: Int, journey: Journey, serial: UInt64) {
        self.byteCount = byteCount
        self.journey = journey
        self.serial = serial
    }
}

/// Every Ethernet frame that is in flight anywhere in the world, in one buffer; frames are passed as slot numbers.
///
/// The pool keeps the world's books. A frame is born, and it ends by `deliver` or by `drop` with a reason; there is
/// no other way to give a slot back. So at the end of a run *born = delivered + dropped*, or somebody kept a frame.
/// Slots are taken last in, first out, and chunks are only ever added, so that a slot's bytes never move.
public struct FramePool: ~Copyable {
    /// Longest frame, in bytes.
    @inlinable public static var longestFrame: Int { 16_384 }
    /// One cache line more than the longest frame: starts of slots fall into different sets of the cache.
    @inlinable static var stride: Int { longestFrame + 64 }
    @inlinable static var chunkShift: Int { 7 }
    @inlinable static var slotsPerChunk: Int { 1 << chunkShift }
    /// Most frames in flight: 1 M.
    @inlinable static var maximumChunkCount: Int { 8192 }

    @usableFromInline let chunks: UnsafeMutablePointer<UnsafeMutableRawPointer>
    @usableFromInline let infoChunks: UnsafeMutablePointer<UnsafeMutablePointer<FrameInfo>>
    @usableFromInline var chunkCount = 0
    /// Slots nobody uses: the first `freeCount`, the last one given back on top.
    @usableFromInline var free: UnsafeMutablePointer<UInt32>
    @usableFromInline var freeCount = 0

    /// Frames and bytes that have entered the world.
    @inlinable public var born: Tally { birthTally }
    /// Frames and bytes that reached what they were meant for.
    @inlinable public var delivered: Tally { deliveryTally }
    @usableFromInline var birthTally = Tally()
    @usableFromInline var deliveryTally = Tally()
    @usableFromInline var dropped: [Tally]

    /// Number of frames and of their bytes.
    public struct Tally: Equatable, Sendable, BitwiseCopyable {
        public var frames: UInt64 = 0
        public var bytes: UInt64 = 0
        @inlinable public init() {}
        @inlinable public mutating func add(_ byteCount: Int) {
            frames &+= 1
            bytes &+= UInt64(truncatingIfNeeded: byteCount)
        }
    }

    @usableFromInline let parked: UnsafeMutablePointer<Parked>
    @usableFromInline var nextPlace: UInt32 = 0
    /// Places of `parked` that were taken: the first `freePlaceCount`.
    @usableFromInline let freePlaces: UnsafeMutablePointer<UInt16>
    @usableFromInline var freePlaceCount = 0
    @inlinable static var parkingMask: UInt32 { 0xffff }
    @usableFromInline struct Parked: BitwiseCopyable {
        /// Zero where nothing is parked.
        @usableFromInline var tag: UInt32 = 0
        /// Counts what was parked here: the upper half of tags.
        @usableFromInline var generation: UInt32 = 0
        @usableFromInline var journey = Journey(birth: .zero)
        @inlinable init() {}
    }

    public init() {
        chunks = .allocate(capacity: Self.maximumChunkCount)
        infoChunks = .allocate(capacity: Self.maximumChunkCount)
        freePlaces = .allocate(capacity: Int(Self.parkingMask) + 1)
        parked = .allocate(capacity: Int(Self.parkingMask) + 1)
        parked.initialize(repeating: Parked(), count: Int(Self.parkingMask) + 1)
        dropped = Array(repeating: Tally(), count: DropReason.allCases.count)
        free = .allocate(capacity: Self.slotsPerChunk)
    }

    deinit {
        for index in 0..<chunkCount {
            chunks[index].deallocate()
            infoChunks[index].deallocate()
        }
        chunks.deallocate()
        infoChunks.deallocate()
        parked.deallocate()
        freePlaces.deallocate()
        free.deallocate()
    }

    /// Number of frames in flight.
    public var inFlightCount: Int { Int(born.frames - delivered.frames - droppedTotal.frames) }

    /// Frames and bytes dropped for `reason`.
    public func dropped(for reason: DropReason) -> Tally { dropped[Int(reason.rawValue)] }

    /// Frames and bytes dropped for any reason.
    public var droppedTotal: Tally {
        var total = Tally()
        for tally in dropped {
            total.frames += tally.frames
            total.bytes += tally.bytes
        }
        return total
    }

    /// A new frame of `byteCount` bytes, whose contents are whatever the slot held before.
    ///
    /// - Precondition: `byteCount` is at most `longestFrame`.
    @inlinable public mutating func create(byteCount: Int, journey: Journey) -> FrameID {
        precondition(byteCount >= 0 && byteCount <= Self.longestFrame, "frame longer than a slot")
        if freeCount == 0 { grow() }
        freeCount &-= 1
        let slot = free[freeCount]
        countBirth(byteCount)
        let frame = FrameID(slot: slot)
        infoPointer(frame).initialize(
            to: FrameInfo(byteCount: byteCount, journey: journey, serial: born.frames))
        return frame
    }

    /// Changes the length of `frame` (a tag was inserted or removed); the books follow.
    @inlinable public mutating func resize(_ frame: FrameID, to byteCount: Int) {
        precondition(byteCount >= 0 && byteCount <= Self.longestFrame, "frame longer than a slot")
        adjustBirth(by: byteCount - self[frame].byteCount)
        self[frame].byteCount = byteCount
    }

    /// Ends `frame`: it arrived.
    @inlinable public mutating func deliver(_ frame: FrameID) {
        countDelivery(self[frame].byteCount)
        giveBack(frame)
    }

    /// Ends `frame`: it was lost, for `reason`.
    @inlinable public mutating func drop(_ frame: FrameID, _ reason: DropReason) {
        dropped[Int(reason.rawValue)].add(self[frame].byteCount)
        giveBack(frame)
    }

    @inlinable @inline(__always) mutating func giveBack(_ frame: FrameID) {
        precondition(freeCount < chunkCount * Self.slotsPerChunk, "a frame ended twice")
        free[freeCount] = frame.slot
        freeCount &+= 1
    }

    /// What the model knows about `frame`.
    @inlinable public subscript(frame: FrameID) -> FrameInfo {
        unsafeAddress { UnsafePointer(infoPointer(frame)) }
        nonmutating unsafeMutableAddress { infoPointer(frame) }
    }

    /// The bytes of `frame`.
    ///
    /// Valid until the frame ends; a slot never moves.
    @inlinable @inline(__always) public func bytes(_ frame: FrameID) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: base(frame), count: self[frame].byteCount)
    }

    /// The whole slot of `frame`, of which the frame uses the first `byteCount` bytes.
    @inlinable @inline(__always) public func slot(_ frame: FrameID) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: base(frame), count: Self.longestFrame)
    }

    /// Keeps `journey` while its packet lies in host memory; returns the tag that finds it again.
    ///
    /// Places of journeys that were taken are used again first. When 65,536 have been parked and not taken, as their
    /// packets were dropped, the tag of the oldest finds nothing any more.
    @inlinable public mutating func park(_ journey: Journey) -> UInt32 {
        let slot: UInt32
        if freePlaceCount > 0 {
            freePlaceCount &-= 1
            slot = UInt32(freePlaces[freePlaceCount])
        } else {
            slot = nextPlace
            nextPlace = (nextPlace &+ 1) & Self.parkingMask
        }
        let place = parked + Int(slot)
        place.pointee.generation &+= 1
        // Zero is no tag.
        if place.pointee.generation & 0xffff == 0 { place.pointee.generation &+= 1 }
        let tag = place.pointee.generation &<< 16 | slot
        place.pointee.tag = tag
        place.pointee.journey = journey
        return tag
    }

    /// The journey parked under `tag`, if it is still kept.
    @inlinable @inline(__always) public func parkedJourney(_ tag: UInt32) -> Journey? {
        let place = parked + Int(tag & Self.parkingMask)
        return tag != 0 && place.pointee.tag == tag ? place.pointee.journey : nil
    }

    /// The journey parked under `tag`, if it is still kept, which nobody will ask for again.
    @inlinable @inline(__always) public mutating func takeParkedJourney(_ tag: UInt32) -> Journey? {
        let place = parked + Int(tag & Self.parkingMask)
        guard tag != 0, place.pointee.tag == tag else { return nil }
        place.pointee.tag = 0
        freePlaces[freePlaceCount] = UInt16(truncatingIfNeeded: tag & Self.parkingMask)
        freePlaceCount &+= 1
        return place.pointee.journey
    }

    @inlinable @inline(__always) func base(_ frame: FrameID) -> UnsafeMutableRawPointer {
        let slot = Int(frame.slot)
        // Safe because slots are handed out only for chunks that exist, and chunks live as long as the pool.
        return chunks[slot >> Self.chunkShift] + (slot & (Self.slotsPerChunk - 1)) * Self.stride
    }

    @inlinable @inline(__always) func infoPointer(_ frame: FrameID) -> UnsafeMutablePointer<FrameInfo> {
        let slot = Int(frame.slot)
        // Safe for the same reason as `base`.
        return infoChunks[slot >> Self.chunkShift] + (slot & (Self.slotsPerChunk - 1))
    }

    @inlinable mutating func countBirth(_ byteCount: Int) { birthTally.add(byteCount) }
    @inlinable mutating func adjustBirth(by difference: Int) {
        birthTally.bytes = birthTally.bytes &+ UInt64(bitPattern: Int64(difference))
    }
    @inlinable mutating func countDelivery(_ byteCount: Int) { deliveryTally.add(byteCount) }

    @usableFromInline mutating func grow() {
        precondition(chunkCount < Self.maximumChunkCount, "more than 1 M frames in flight")
        chunks[chunkCount] = .allocate(byteCount: Self.slotsPerChunk * Self.stride, alignment: 64)
        infoChunks[chunkCount] = .allocate(capacity: Self.slotsPerChunk)
        let first = UInt32(chunkCount * Self.slotsPerChunk)
        chunkCount += 1
        // All slots are in use: there is nothing in the old list.
        free.deallocate()
        free = .allocate(capacity: chunkCount * Self.slotsPerChunk)
        for slot in (first..<first + UInt32(Self.slotsPerChunk)).reversed() {
            free[freeCount] = slot
            freeCount += 1
        }
    }
}
