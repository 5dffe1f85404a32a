import Wire

/// Where packets with the same headers went lately, so that flow tables need not be walked for each of them.
///
/// It is exact: a line is used for a packet whose key equals in everything that the walk's tables compare, while each
/// table that was passed is the one it was. So it changes neither what happens to a packet nor when.
struct FlowCache: ~Copyable {
    /// A walk that is remembered.
    struct Line: BitwiseCopyable {
        var key: FlowKey
        var root: UInt32
        /// What the tables compare.
        var parts: KeyParts
        var passageCount: UInt8
        var deliveryCount: UInt8
        var countCount: UInt8
        /// `Steering.changeCount` when the line was last known to hold.
        var changeCount: UInt64
        var passages: InlineArray<8, Verdict.Passage>
    }

    /// Lines, as a power of two; only those in use are touched.
    private static let logCount: UInt64 = 12
    /// What a line holds at most.
    static let passageLimit = 8
    static let deliveryLimit = 4
    static let countLimit = 4

    private var lines: UnsafeMutablePointer<Line>?
    /// Of each line, as many as one holds.
    private var deliveries: UnsafeMutablePointer<Verdict.Delivery>?
    private var counts: UnsafeMutablePointer<Verdict.Count>?
    /// The high half of the digest of each line's key; zero where there is no line.
    private var marks: UnsafeMutablePointer<UInt32>?
    /// Whether walks are remembered at all: a result must not depend on it.
    var isEnabled = true

    deinit {
        lines?.deallocate()
        deliveries?.deallocate()
        counts?.deallocate()
        marks?.deallocate()
    }

    @inline(__always) static func place(_ digest: UInt64) -> Int { Int(truncatingIfNeeded: digest &>> (64 - logCount)) }
    @inline(__always) static func mark(_ digest: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: digest >> 16) | 1 }

    /// The line that may hold for a key with `digest` from `root`.
    @inline(__always) func line(_ digest: UInt64, root: UInt32) -> UnsafeMutablePointer<Line>? {
        guard let marks, let lines, marks[Self.place(digest)] == Self.mark(digest) else { return nil }
        let line = lines + Self.place(digest)
        return line.pointee.root == root ? line : nil
    }

    /// What `line`, that for `digest`, says is to be done.
    @inline(__always) func lists(_ line: UnsafeMutablePointer<Line>, _ digest: UInt64) -> Verdict.Lists {
        // Safe because there is a line, and with it the other two.
        Verdict.Lists(
            deliveries: UnsafePointer(deliveries.unsafelyUnwrapped) + Self.place(digest) * Self.deliveryLimit,
            deliveryCount: Int(line.pointee.deliveryCount),
            counts: UnsafePointer(counts.unsafelyUnwrapped) + Self.place(digest) * Self.countLimit,
            countCount: Int(line.pointee.countCount))
    }

    /// Remembers `verdict`, the walk of `key` from `root`, in the place of an older one; nothing when it is too long.
    mutating func keep(
        _ verdict: borrowing Verdict, of key: FlowKey, from root: UInt32, digest: UInt64, changeCount: UInt64
    ) {
        guard isEnabled, verdict.isRepeatable, verdict.passageCount <= Self.passageLimit,
            (1...Self.deliveryLimit).contains(verdict.deliveryCount), verdict.countCount <= Self.countLimit
        else { return }
        var line = Line(
            key: key, root: root, parts: verdict.parts, passageCount: UInt8(verdict.passageCount),
            deliveryCount: UInt8(verdict.deliveryCount), countCount: UInt8(verdict.countCount),
            changeCount: changeCount, passages: InlineArray(repeating: verdict.passages[0]))
        for index in 0..<verdict.passageCount { line.passages[index] = verdict.passages[index] }
        makeRoom()
        guard let lines, let marks, let deliveries, let counts else { return }
        let place = Self.place(digest)
        (lines + place).initialize(to: line)
        (deliveries + place * Self.deliveryLimit).initialize(from: verdict.deliveries, count: verdict.deliveryCount)
        (counts + place * Self.countLimit).initialize(from: verdict.counts, count: verdict.countCount)
        marks[place] = Self.mark(digest)
    }

    private mutating func makeRoom() {
        guard lines == nil else { return }
        let count = 1 << Int(Self.logCount)
        lines = .allocate(capacity: count)
        deliveries = .allocate(capacity: count * Self.deliveryLimit)
        counts = .allocate(capacity: count * Self.countLimit)
        let fresh = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
        fresh.initialize(repeating: 0, count: count)
        marks = fresh
    }
}
