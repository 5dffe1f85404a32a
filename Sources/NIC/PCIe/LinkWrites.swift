/// The posted writes of a link that are on their way, in the order in which the device asked for them.
///
/// A write is told of when its time is known, which may be a little before another one's that is told of later. So
/// order is a question of times and not of calls: a write follows those asked for no later than itself.
struct LinkWrites: ~Copyable {
    struct Write: BitwiseCopyable {
        /// The time for which it was asked, in picoseconds.
        var asked: UInt64 = 0
        /// When its last byte left the device; no earlier than that of those before it.
        var sent: UInt64 = 0
        /// When the root complex took it; no earlier than those before it.
        var accepted: UInt64 = 0
    }

    private static var capacity: Int { 64 }
    private let writes: UnsafeMutablePointer<Write>
    /// The kept ones are `count` from `first` on, around the end.
    private var first = 0
    private var count = 0
    /// The last of those that are not kept any more.
    private var older = Write()

    init() {
        writes = .allocate(capacity: Self.capacity)
        writes.initialize(repeating: Write(), count: Self.capacity)
    }

    deinit { writes.deallocate() }

    @inline(__always) private func place(_ index: Int) -> Int { (first &+ index) & (Self.capacity &- 1) }

    /// The last one of all.
    @inline(__always) var last: Write { count > 0 ? writes[place(count &- 1)] : older }

    /// The last one that was asked for no later than `time`.
    @inline(__always) func last(askedBy time: UInt64) -> Write {
        var index = count
        while index > 0 {
            let write = writes[place(index &- 1)]
            if write.asked <= time { return write }
            index &-= 1
        }
        return older
    }

    /// The last one that had left the device by `time`.
    @inline(__always) func last(sentBy time: UInt64) -> Write {
        var index = count
        while index > 0 {
            let write = writes[place(index &- 1)]
            if write.sent <= time { return write }
            index &-= 1
        }
        return older
    }

    /// Keeps `write` behind those asked for no later.
    mutating func insert(_ write: Write) {
        if count == Self.capacity {
            older = writes[first]
            first = place(1)
            count &-= 1
        }
        var index = count
        while index > 0, writes[place(index &- 1)].asked > write.asked {
            // Those that are asked for later have left already; whoever follows them follows this one as well.
            var later = writes[place(index &- 1)]
            later.sent = max(later.sent, write.sent)
            later.accepted = max(later.accepted, write.accepted)
            writes[place(index)] = later
            index &-= 1
        }
        writes[place(index)] = write
        count &+= 1
    }
}

/// The last read request that the root complex has taken.
struct LastRead: BitwiseCopyable {
    /// When it reached the root complex, when that took it, and when that was free for the next, in picoseconds.
    var arrived: UInt64 = 0
    var accepted: UInt64 = 0
    var served: UInt64 = 0
}
