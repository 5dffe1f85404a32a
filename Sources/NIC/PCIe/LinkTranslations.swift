package import Host

/// The IOTLB and its page walkers.
///
/// Sets are chosen by page number modulo the number of sets, and the least recently used way is replaced, so that
/// two runs miss at the same accesses.
package struct LinkTranslations: ~Copyable {
    private let setCount: UInt64
    private let wayCount: Int
    private let pageShift: UInt64
    private let missLatency: UInt64
    /// Number of the function of each way.
    private var owners: [UInt16]
    /// Page number + 1 of each way; zero is empty.
    ///
    /// The ways of a set stand together, most recently used first.
    private var pages: [UInt64]
    private var walks: LinkTags

    /// Lookups and misses so far.
    package private(set) var lookupCount: UInt64 = 0
    package private(set) var missCount: UInt64 = 0

    /// Creates an empty IOTLB; one with no entries translates in no time.
    package init(_ parameters: PCIeParameters) {
        let ways = max(1, parameters.translationWayCount)
        let sets = parameters.translationEntryCount / ways
        setCount = UInt64(sets)
        wayCount = ways
        pageShift = UInt64(parameters.translationPageByteCount.trailingZeroBitCount)
        missLatency = parameters.translationMissLatency
        pages = Array(repeating: 0, count: sets * ways)
        owners = Array(repeating: 0, count: sets * ways)
        walks = LinkTags(count: parameters.translationWalkCount)
    }

    /// Whether there is an IOMMU at all.
    package var isEnabled: Bool { setCount > 0 }

    /// Number of the page that holds `address`.
    package func page(of address: UInt64) -> UInt64 { address >> pageShift }

    /// When the translation of `page`, asked for at `time`, is known; `hold` is how much longer a walk that it needs
    /// keeps its walker.
    package mutating func translate(
        page: UInt64, of function: FunctionID = FunctionID(0), at time: UInt64, hold: UInt64 = 0
    ) -> UInt64 {
        if setCount == 0 { return time }
        lookupCount &+= 1
        if find(page &+ 1, function.index) { return time }
        missCount &+= 1
        let done = max(time, walks.earliest) + missLatency
        walks.takeEarliest(until: done + hold)
        return done
    }

    /// Forgets every translation, as an invalidation of the whole domain does.
    package mutating func invalidateAll() {
        for index in pages.indices { pages[index] = 0 }
    }

    /// Forgets what the host no longer maps: `count` pages of 4 KiB of `function` from number `first` on.
    package mutating func invalidate(_ function: FunctionID, page first: UInt64, count: UInt64) {
        let low = first >> (pageShift - 12)
        let last = (first &+ (count &- 1)) >> (pageShift - 12)
        for way in pages.indices where owners[way] == function.index && pages[way] != 0 {
            let page = pages[way] - 1
            if count == .max || page >= low && page <= last { pages[way] = 0 }
        }
    }

    /// Makes `entry` of function `owner` the most recently used of its set; says whether it was there.
    private mutating func find(_ entry: UInt64, _ owner: UInt16) -> Bool {
        let base = Int((entry &+ UInt64(owner) &* 0x9e5) % setCount) * wayCount
        var carried = entry
        var carriedOwner = owner
        for way in base..<(base + wayCount) {
            let (present, presentOwner) = (pages[way], owners[way])
            (pages[way], owners[way]) = (carried, carriedOwner)
            if present == entry, presentOwner == owner { return true }
            (carried, carriedOwner) = (present, presentOwner)
        }
        return false
    }
}
