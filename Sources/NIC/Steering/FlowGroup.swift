import Wire

/// A flow group: entries of a table that compare the same fields (native interface, section 6.5).
struct FlowGroup: BitwiseCopyable {
    /// A word that is compared, and which of its bits.
    struct MaskWord: BitwiseCopyable {
        var word: Int
        var bits: UInt64
    }

    /// Its number in the table.
    let identifier: UInt32
    /// Flow indexes of its entries, first and last.
    let first: UInt32
    let last: UInt32
    let criteria: MatchCriteria
    /// What its key needs filled.
    let parts: KeyParts
    let masks: UnsafeMutablePointer<MaskWord>
    let maskCount: Int
    /// The group of the table with the next higher indexes, plus one; zero for the last.
    var next: UInt32 = 0
    var entries: FlowEntryStore

    init(_ description: FlowGroupDescription, identifier: UInt32) {
        self.identifier = identifier
        first = description.first
        last = description.last
        criteria = description.criteria
        maskCount = description.masks.count
        masks = .allocate(capacity: max(1, maskCount))
        for (index, mask) in description.masks.enumerated() { (masks + index).initialize(to: mask) }
        parts = description.masks.reduce(into: []) { $0.formUnion(MatchFields.parts($1.word, $1.bits)) }
        entries = FlowEntryStore(wordCount: maskCount)
    }

    /// `other` with memory of its own.
    init(_ other: FlowGroup, masks: UnsafeMutablePointer<MaskWord>, entries: FlowEntryStore) {
        identifier = other.identifier
        first = other.first
        last = other.last
        criteria = other.criteria
        parts = other.parts
        self.masks = masks
        maskCount = other.maskCount
        next = other.next
        self.entries = entries
    }

    /// The place of the entry that a packet with `key` meets, or -1.
    @inline(__always) func lookUp(_ key: FlowKey) -> Int {
        var hash: UInt64 = 0
        for index in 0..<maskCount { hash = Self.mix(hash, key.words[masks[index].word] & masks[index].bits) }
        return entries.find(Self.finish(hash)) { words in
            for index in 0..<maskCount where key.words[masks[index].word] & masks[index].bits != words[index] {
                return false
            }
            return true
        }
    }

    /// The hash of `words`, one for each mask.
    func hash(_ words: UnsafePointer<UInt64>) -> UInt32 {
        var hash: UInt64 = 0
        for index in 0..<maskCount { hash = Self.mix(hash, words[index]) }
        return Self.finish(hash)
    }

    /// The place of the entry that compares with exactly `words`, or -1.
    func place(of words: UnsafePointer<UInt64>) -> Int {
        entries.find(hash(words)) { other in
            for index in 0..<maskCount where words[index] != other[index] { return false }
            return true
        }
    }

    @inline(__always) private static func mix(_ hash: UInt64, _ value: UInt64) -> UInt64 {
        let mixed = (hash ^ value) &* 0x9e37_79b9_7f4a_7c15
        return mixed ^ mixed >> 29
    }

    @inline(__always) private static func finish(_ hash: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }
}
