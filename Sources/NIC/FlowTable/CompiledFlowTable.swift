import Wire

/// A flow table as the silicon sees it: for each group the words it masks, and its entries by the hash of what is
/// left of a packet's key, so that a look-up costs a few words for each group however many entries there are.
///
/// It is made anew when the table has changed and a packet comes by.
struct CompiledFlowTable: Sendable {
    /// What to do with a packet that matches: parts of `destinations` and `counters`.
    struct Action: Sendable, BitwiseCopyable {
        var action: FlowAction
        var flowTag: UInt32
        var firstDestination: Int
        var destinationCount: Int
        var firstCounter: Int
        var counterCount: Int
    }

    private struct Group: Sendable, BitwiseCopyable {
        var firstMask: Int
        var maskCount: Int
        /// Buckets are a power of two; each holds the number of an action plus one, zero when empty.
        var firstBucket: Int
        var bucketMask: Int
    }

    private struct Mask: Sendable, BitwiseCopyable {
        var word: Int
        var bits: UInt64
    }

    private var groups: [Group] = []
    private var masks: [Mask] = []
    private var buckets: [UInt32] = []
    /// Values of action *n*, from `firstValue[n]` on: one for each mask of its group.
    private var values: [UInt64] = []
    private var firstValue: [Int] = []
    private(set) var actions: [Action] = []
    private(set) var destinations: [FlowEntry.Destination] = []
    private(set) var counters: [Int] = []

    /// Compiles the groups, in the order of their first index, and their entries.
    init(groups: [FlowGroup], entries: [Int: FlowEntry]) {
        let sorted = entries.sorted { $0.key < $1.key }
        for group in groups {
            add(group, sorted.lazy.filter { $0.value.group == group.identifier }.map(\.value))
        }
    }

    private mutating func add(_ group: FlowGroup, _ entries: some Sequence<FlowEntry>) {
        let mask = Self.words(of: group.mask)
        let enabled = group.criteria
        let firstMask = masks.count
        for word in 0..<mask.count where mask[word] != 0 {
            guard enabled.rawValue >> UInt8(word / 8) & 1 != 0 else { continue }
            masks.append(Mask(word: word, bits: mask[word]))
        }
        let members = Array(entries)
        var capacity = 4
        while capacity < members.count * 2 { capacity *= 2 }
        let compiled = Group(
            firstMask: firstMask, maskCount: masks.count - firstMask, firstBucket: buckets.count,
            bucketMask: capacity - 1)
        buckets.append(contentsOf: repeatElement(0, count: capacity))
        groups.append(compiled)
        for entry in members { insert(entry, into: compiled) }
    }

    private mutating func insert(_ entry: FlowEntry, into group: Group) {
        let words = Self.words(of: entry.value)
        var hash: UInt64 = 0
        firstValue.append(values.count)
        for index in group.firstMask..<group.firstMask + group.maskCount {
            let value = words[masks[index].word] & masks[index].bits
            values.append(value)
            hash = Self.mix(hash, value)
        }
        actions.append(
            Action(
                action: entry.action, flowTag: entry.flowTag, firstDestination: destinations.count,
                destinationCount: entry.destinations.count, firstCounter: counters.count,
                counterCount: entry.counters.count))
        destinations += entry.destinations
        counters += entry.counters
        var bucket = Self.bucket(hash) & group.bucketMask
        while buckets[group.firstBucket + bucket] != 0 { bucket = (bucket + 1) & group.bucketMask }
        buckets[group.firstBucket + bucket] = UInt32(actions.count)
    }

    /// The number of the action for a packet: that of the first group with an entry that matches.
    func lookUp(_ key: FlowKey) -> Int? {
        for group in groups {
            var hash: UInt64 = 0
            for index in group.firstMask..<group.firstMask + group.maskCount {
                hash = Self.mix(hash, Self.word(masks[index].word, of: key) & masks[index].bits)
            }
            var bucket = Self.bucket(hash) & group.bucketMask
            while true {
                let number = Int(buckets[group.firstBucket + bucket])
                if number == 0 { break }
                if matches(key, group, number - 1) { return number - 1 }
                bucket = (bucket + 1) & group.bucketMask
            }
        }
        return nil
    }

    private func matches(_ key: FlowKey, _ group: Group, _ number: Int) -> Bool {
        var place = firstValue[number]
        for index in group.firstMask..<group.firstMask + group.maskCount {
            if Self.word(masks[index].word, of: key) & masks[index].bits != values[place] { return false }
            place += 1
        }
        return true
    }

    @inline(__always) private static func word(_ index: Int, of key: FlowKey) -> UInt64 {
        index < FlowKey.wordCount ? key.words[index] : 0
    }

    @inline(__always) private static func mix(_ hash: UInt64, _ value: UInt64) -> UInt64 {
        let mixed = (hash ^ value) &* 0x9e37_79b9_7f4a_7c15
        return mixed ^ mixed >> 29
    }

    @inline(__always) private static func bucket(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 32) }

    private static func words(of bytes: [UInt8]) -> [UInt64] {
        bytes.withUnsafeBytes { buffer in
            (0..<MatchParameters.byteCount / 8).map { buffer.bigEndian(at: $0 * 8) }
        }
    }
}
