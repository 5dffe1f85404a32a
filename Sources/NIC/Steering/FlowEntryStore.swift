/// The entries of one flow group: each with the words it compares behind it, found by their hash or by flow index.
///
/// Adding and removing one costs the same however many there are. Memory is given up by `deallocate`.
struct FlowEntryStore: BitwiseCopyable {
    /// Words that an entry compares.
    let wordCount: Int
    /// Bytes from one entry to the next.
    let stride: Int
    private var records: UnsafeMutableRawPointer?
    private var capacity = 0
    /// Places that have ever been used.
    private(set) var used = 0
    /// The last place given back, plus one; the others are chained by `flowIndex`.
    private var firstFree: UInt32 = 0
    private(set) var count = 0
    /// Places plus one by the hash of the words, and behind them by flow index; zero where there is none.
    private var buckets: UnsafeMutablePointer<UInt32>?
    private var bucketMask = 0

    init(wordCount: Int) {
        self.wordCount = wordCount
        stride = MemoryLayout<FlowEntry>.stride + wordCount * MemoryLayout<UInt64>.stride
    }

    /// Bytes of memory in use, lists not counted.
    var byteCount: Int { capacity * stride + (buckets == nil ? 0 : 2 * (bucketMask + 1) * 4) }

    // MARK: Looking

    /// The entry at `place`.
    @inline(__always) func entry(_ place: Int) -> UnsafeMutablePointer<FlowEntry> {
        // Safe because places are handed out only where there is memory.
        (records.unsafelyUnwrapped + place * stride).assumingMemoryBound(to: FlowEntry.self)
    }

    /// The words that the entry at `place` compares.
    @inline(__always) func words(_ place: Int) -> UnsafeMutablePointer<UInt64> {
        (records.unsafelyUnwrapped + place * stride + MemoryLayout<FlowEntry>.stride)
            .assumingMemoryBound(to: UInt64.self)
    }

    /// The place of the first entry with `hash` that `isEqual` accepts, or -1.
    @inline(__always) func find(_ hash: UInt32, _ isEqual: (UnsafeMutablePointer<UInt64>) -> Bool) -> Int {
        guard let buckets else { return -1 }
        var bucket = Int(hash) & bucketMask
        while true {
            let place = Int(buckets[bucket]) - 1
            if place < 0 { return -1 }
            if entry(place).pointee.hash == hash, isEqual(words(place)) { return place }
            bucket = (bucket + 1) & bucketMask
        }
    }

    /// The place of the entry with `flowIndex`, or `nil`.
    func find(flowIndex: UInt32) -> Int? {
        guard let buckets else { return nil }
        let byIndex = buckets + bucketMask + 1
        var bucket = Int(Self.hash(flowIndex)) & bucketMask
        while true {
            let place = Int(byIndex[bucket]) - 1
            if place < 0 { return nil }
            if entry(place).pointee.flowIndex == flowIndex { return place }
            bucket = (bucket + 1) & bucketMask
        }
    }

    private static func hash(_ flowIndex: UInt32) -> UInt32 {
        let mixed = flowIndex &* 0x9e37_79b1
        return mixed ^ mixed >> 15
    }

    // MARK: Changing

    /// Adds `entry` with `words`, neither of which is there; returns its place.
    @discardableResult mutating func insert(_ new: FlowEntry, _ words: UnsafePointer<UInt64>) -> Int {
        if buckets == nil || (count + 1) * 4 > (bucketMask + 1) * 3 { growBuckets() }
        let place: Int
        if firstFree > 0 {
            place = Int(firstFree) - 1
            firstFree = entry(place).pointee.flowIndex
        } else {
            if used == capacity { growRecords() }
            place = used
            used += 1
        }
        entry(place).initialize(to: new)
        self.words(place).update(from: words, count: wordCount)
        count += 1
        enter(place)
        return place
    }

    /// Removes the entry at `place`, whose lists have been given up.
    mutating func remove(_ place: Int) {
        guard let buckets else { return }
        let removed = entry(place).pointee
        close(buckets, from: Int(removed.hash), place) { Int(entry($0).pointee.hash) }
        close(buckets + bucketMask + 1, from: Int(Self.hash(removed.flowIndex)), place) {
            Int(Self.hash(entry($0).pointee.flowIndex))
        }
        entry(place).pointee.flowIndex = firstFree
        entry(place).pointee.destinationCount = .max
        firstFree = UInt32(place + 1)
        count -= 1
    }

    /// Whether there is an entry at `place`.
    func isUsed(_ place: Int) -> Bool { entry(place).pointee.destinationCount != .max }

    /// Gives up all memory, lists included.
    mutating func deallocate() {
        for place in 0..<used where isUsed(place) { entry(place).pointee.lists?.deallocate() }
        records?.deallocate()
        buckets?.deallocate()
        self = FlowEntryStore(wordCount: wordCount)
    }

    /// The same entries in memory of their own.
    func copy() -> FlowEntryStore {
        var copy = FlowEntryStore(wordCount: wordCount)
        for place in 0..<used where isUsed(place) {
            var new = entry(place).pointee
            if let lists = new.lists {
                let count = Int(new.destinationCount) + Int(new.counterCount)
                let memory = UnsafeMutablePointer<FlowEntry.ListItem>.allocate(capacity: count)
                memory.initialize(from: lists, count: count)
                new.lists = memory
            }
            copy.insert(new, words(place))
        }
        return copy
    }

    // MARK: Buckets

    private func enter(_ place: Int) {
        guard let buckets else { return }
        put(place, in: buckets, from: Int(entry(place).pointee.hash))
        put(place, in: buckets + bucketMask + 1, from: Int(Self.hash(entry(place).pointee.flowIndex)))
    }

    private func put(_ place: Int, in table: UnsafeMutablePointer<UInt32>, from hash: Int) {
        var bucket = hash & bucketMask
        while table[bucket] != 0 { bucket = (bucket + 1) & bucketMask }
        table[bucket] = UInt32(truncatingIfNeeded: place + 1)
    }

    /// Takes `place` out of `table` and moves those behind it up, so that no search stops early.
    private func close(
        _ table: UnsafeMutablePointer<UInt32>, from hash: Int, _ place: Int, _ hashOf: (Int) -> Int
    ) {
        var hole = hash & bucketMask
        while Int(table[hole]) != place + 1 { hole = (hole + 1) & bucketMask }
        var next = (hole + 1) & bucketMask
        while table[next] != 0 {
            let home = hashOf(Int(table[next]) - 1) & bucketMask
            // It may move when the hole lies between its home and where it is.
            if (next - home) & bucketMask >= (next - hole) & bucketMask {
                table[hole] = table[next]
                hole = next
            }
            next = (next + 1) & bucketMask
        }
        table[hole] = 0
    }

    private mutating func growBuckets() {
        let size = buckets == nil ? 4 : (bucketMask + 1) * 2
        buckets?.deallocate()
        let fresh = UnsafeMutablePointer<UInt32>.allocate(capacity: size * 2)
        fresh.initialize(repeating: 0, count: size * 2)
        buckets = fresh
        bucketMask = size - 1
        for place in 0..<used where isUsed(place) { enter(place) }
    }

    private mutating func growRecords() {
        let larger = capacity < 1024 ? max(1, capacity * 2) : capacity + capacity / 4
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: larger * stride, alignment: MemoryLayout<FlowEntry>.alignment)
        if let records {
            memory.copyMemory(from: records, byteCount: used * stride)
            records.deallocate()
        }
        records = memory
        capacity = larger
    }
}
