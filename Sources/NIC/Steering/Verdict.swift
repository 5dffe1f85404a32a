package import Simulation

/// What a walk through flow tables found: where a packet and its copies go, and what counts it.
///
/// Memory is kept for the next verdict, and grows to what the longest walk has needed: writing one allocates nothing.
package struct Verdict: ~Copyable {
    /// What has happened to a packet on the way through tables.
    package struct Path: Sendable, BitwiseCopyable {
        /// Tables that were passed.
        package var tableCount: UInt16 = 0
        /// Tags that were taken from the packet's own, the outermost first.
        package var popCount: UInt8 = 0
        /// Tags that were put on, the outermost last: type in the upper half, control information in the lower one.
        package var pushCount: UInt8 = 0
        package var pushes = InlineArray<4, UInt32>(repeating: 0)
        package var flowTag: UInt32 = 0

        /// Whether the packet's tags are to be changed.
        @inline(__always) package var changesTags: Bool { popCount != 0 || pushCount != 0 }
        /// How many bytes longer the packet becomes.
        @inline(__always) package var byteDifference: Int { 4 * (Int(pushCount) - Int(popCount)) }
    }

    /// One destination, for the packet or a copy.
    package struct Delivery: Sendable, BitwiseCopyable {
        package var destination: SteeringDestination
        /// Why it is dropped, where `destination` says so.
        package var reason: DropReason = .steeringDrop
        package var path: Path
    }

    /// A counter that counts the packet.
    package struct Count: Sendable, BitwiseCopyable {
        package var counter: FlowCounterHandle
        /// How many bytes longer the packet is than it came, when it is counted.
        package var byteDifference: Int32
    }

    /// A table that was passed, as it was.
    struct Passage: BitwiseCopyable {
        var table: UInt32
        var version: UInt64
    }

    /// Destinations, counters and passed tables as lists, for as long as the verdict or cache line is not written to.
    package struct Lists: BitwiseCopyable {
        package var deliveries: UnsafePointer<Delivery>
        package var deliveryCount: Int
        package var counts: UnsafePointer<Count>
        package var countCount: Int
    }

    private(set) var deliveries: UnsafeMutablePointer<Delivery>
    private var deliveryCapacity: Int
    package private(set) var deliveryCount = 0
    private(set) var counts: UnsafeMutablePointer<Count>
    private var countCapacity: Int
    package private(set) var countCount = 0
    let passages: UnsafeMutablePointer<Passage>
    private(set) var passageCount = 0
    /// Tables that may still be passed, by the packet and its copies.
    var budget = 0
    /// What the tables that were passed compare.
    var parts: KeyParts = []
    /// False when the key that the walk began with does not decide its result alone.
    var isRepeatable = true
    private let tableLimit: Int

    package init(tableLimit: Int) {
        self.tableLimit = tableLimit
        deliveryCapacity = 16
        deliveries = .allocate(capacity: deliveryCapacity)
        countCapacity = 16
        counts = .allocate(capacity: countCapacity)
        passages = .allocate(capacity: tableLimit)
    }

    deinit {
        deliveries.deallocate()
        counts.deallocate()
        passages.deallocate()
    }

    /// Empties the verdict for another walk.
    mutating func begin() {
        (deliveryCount, countCount, passageCount) = (0, 0, 0)
        budget = tableLimit
        parts = []
        isRepeatable = true
    }

    /// Notes that `table` was passed; false when that is one table too many.
    mutating func pass(_ table: UInt32, version: UInt64) -> Bool {
        guard budget > 0 else { return false }
        budget -= 1
        (passages + passageCount).initialize(to: Passage(table: table, version: version))
        passageCount += 1
        return true
    }

    /// Makes room for `count` elements, of which `used` stay.
    private static func reserve<Element: BitwiseCopyable>(
        _ count: Int, _ elements: inout UnsafeMutablePointer<Element>, _ capacity: inout Int, used: Int
    ) {
        guard count > capacity else { return }
        capacity = max(count, 2 * capacity)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        larger.update(from: elements, count: used)
        elements.deallocate()
        elements = larger
    }

    mutating func count(with counter: UInt32, byteDifference: Int) {
        Self.reserve(countCount + 1, &counts, &countCapacity, used: countCount)
        (counts + countCount).initialize(
            to: Count(counter: FlowCounterHandle(index: counter), byteDifference: Int32(byteDifference)))
        countCount += 1
    }

    mutating func deliver(_ destination: SteeringDestination, _ path: Path) {
        Self.reserve(deliveryCount + 1, &deliveries, &deliveryCapacity, used: deliveryCount)
        (deliveries + deliveryCount).initialize(to: Delivery(destination: destination, path: path))
        deliveryCount += 1
    }

    mutating func drop(_ reason: DropReason, _ path: Path) {
        deliver(SteeringDestination(.drop), path)
        deliveries[deliveryCount - 1].reason = reason
    }

    /// What was found.
    package var lists: Lists {
        Lists(
            deliveries: UnsafePointer(deliveries), deliveryCount: deliveryCount, counts: UnsafePointer(counts),
            countCount: countCount)
    }

    /// Takes over what was found elsewhere: destinations and counters.
    mutating func take(_ lists: Lists) {
        begin()
        Self.reserve(lists.deliveryCount, &deliveries, &deliveryCapacity, used: 0)
        Self.reserve(lists.countCount, &counts, &countCapacity, used: 0)
        deliveries.update(from: lists.deliveries, count: lists.deliveryCount)
        deliveryCount = lists.deliveryCount
        counts.update(from: lists.counts, count: lists.countCount)
        countCount = lists.countCount
    }

    /// Destination `index`, for who does not want the lists.
    package func delivery(_ index: Int) -> Delivery { deliveries[index] }
    package func count(_ index: Int) -> Count { counts[index] }
}
