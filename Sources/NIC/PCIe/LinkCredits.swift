/// Buffers of one kind at the other end of the link: a packet may be sent when its header and data have room.
///
/// Buffers are given back in the order in which they were taken, as PCI Express queues of one kind are.
package struct LinkCredits: ~Copyable {
    private struct Taken: BitwiseCopyable {
        var release: UInt64
        var data: Int
    }

    /// Most packets remembered; a larger advertisement counts as this one.
    private static let capacity = 1024

    private let limit: PCIeCredits
    private let taken: UnsafeMutablePointer<Taken>
    private var first = 0
    private var count = 0
    private var takenData = 0

    /// Creates buffers that are all free; a limit of zero is none.
    package init(limit: PCIeCredits) {
        var limit = limit
        if limit.header == 0, limit.data > 0 { limit.header = Self.capacity }
        limit.header = min(limit.header, Self.capacity)
        self.limit = limit
        taken = .allocate(capacity: max(limit.header, 1))
        taken.initialize(repeating: Taken(release: 0, data: 0), count: max(limit.header, 1))
    }

    deinit { taken.deallocate() }

    /// The earliest time, not before `time`, at which a packet with `byteCount` bytes of data has room.
    ///
    /// - Complexity: amortised constant.
    @inline(__always)
    package mutating func admit(byteCount: Int, at time: UInt64) -> UInt64 {
        if limit.header == 0 { return time }
        let data = (byteCount &+ 15) &>> 4
        var start = time
        while count > 0, count >= limit.header || (limit.data > 0 && takenData &+ data > limit.data) {
            start = max(start, taken[first].release)
            takenData &-= taken[first].data
            first = first &+ 1 == limit.header ? 0 : first &+ 1
            count &-= 1
        }
        return start
    }

    /// Takes room for a packet that `admit` let pass, until `release`.
    @inline(__always)
    package mutating func take(byteCount: Int, until release: UInt64) {
        if limit.header == 0 { return }
        let data = (byteCount &+ 15) &>> 4
        var slot = first &+ count
        if slot >= limit.header { slot &-= limit.header }
        taken[slot] = Taken(release: release, data: data)
        takenData &+= data
        count &+= 1
    }
}
