/// The pages of host memory that a function's driver has given to its firmware (native interface, section 6.9).
///
/// A page is free or in use. Booting and starting take a fixed number, objects take one page per `objectsPerPage`.
/// With no pages for booting and starting the firmware lives without host memory, and nothing is counted.
package struct PageLedger: Sendable {
    /// Who gave a page, and may take it back: a page address is one of the giver's memory.
    package enum Giver: UInt64, Sendable {
        case driver = 0
        /// The function that manages this one.
        case manager = 1
    }

    private let bootCount: Int
    private let initializationCount: Int
    private let objectsPerPage: Int
    private let reserve: Int
    private let requestCount: Int

    /// Addresses of pages, with the giver in the lowest bit.
    private var free: [UInt64] = []
    private var used: [UInt64] = []
    private var known: Set<UInt64> = []
    private var objectCount = 0
    private var objectPageCount = 0
    /// Whether a page request is on its way to the driver or waits for its answer.
    private var isRequestOutstanding = false
    /// Free pages at the time the driver last said that it cannot give; no request until there are fewer.
    private var refusedAt = Int.max

    package init(_ parameters: FirmwareParameters) {
        bootCount = parameters.bootPageCount
        initializationCount = parameters.initializationPageCount
        objectsPerPage = max(1, parameters.objectsPerPage)
        reserve = parameters.pageReserve
        requestCount = parameters.pageRequestCount
    }

    /// Whether the firmware needs host memory at all.
    package var isUsed: Bool { bootCount + initializationCount > 0 }
    /// Pages the driver has given and not taken back.
    package var givenCount: Int { free.count + used.count }
    package var freeCount: Int { free.count }

    /// Pages still missing before SET_HCA_CAP.
    package var missingBeforeBoot: Int { max(0, bootCount - givenCount) }
    /// Pages still missing before INIT_HCA.
    package var missingBeforeInitialization: Int { max(0, bootCount + initializationCount - givenCount) }
    /// Pages wanted (positive) or not needed any more (negative) while running.
    package var wantedWhileRunning: Int {
        guard isUsed else { return 0 }
        if free.count < reserve { return requestCount }
        let surplus = free.count - reserve - 3 * requestCount
        return surplus > 0 ? -surplus : 0
    }

    /// Whether `page` was given before.
    package func contains(_ page: UInt64, _ giver: Giver = .driver) -> Bool { known.contains(page | giver.rawValue) }

    /// Takes over a page from the driver.
    ///
    /// - Precondition: it is new; the caller has also checked that it is aligned and reachable.
    package mutating func give(_ page: UInt64, _ giver: Giver = .driver) {
        precondition(known.insert(page | giver.rawValue).inserted, "page given twice")
        free.append(page | giver.rawValue)
    }

    /// The driver has answered a request, with pages or without.
    package mutating func requestAnswered(gave: Bool) {
        isRequestOutstanding = false
        refusedAt = gave ? .max : free.count
    }

    /// Hands back at most `count` pages of `giver` that are not in use.
    package mutating func takeBack(_ count: Int, _ giver: Giver = .driver) -> [UInt64] {
        var taken: [UInt64] = []
        var place = free.count - 1
        while place >= 0, taken.count < count {
            if free[place] & 1 == giver.rawValue {
                taken.append(free[place] & ~1)
                known.remove(free.remove(at: place))
            }
            place -= 1
        }
        isRequestOutstanding = false
        return taken
    }

    /// Forgets the pages of `giver`, taken back or not.
    ///
    /// - Precondition: the function is not running.
    mutating func forget(_ giver: Giver) {
        endRunning()
        free.removeAll { $0 & 1 == giver.rawValue }
        known = Set(free)
    }

    /// Takes over the pages of the manager in `other`, the ledger of the function before it was reset.
    mutating func keepManagerPages(of other: PageLedger) {
        for page in other.free + other.used where page & 1 == Giver.manager.rawValue && known.insert(page).inserted {
            free.append(page)
        }
    }

    /// INIT_HCA: half of the pages given for it go into use, the others serve the first objects.
    package mutating func beginRunning() { use(bootCount + initializationCount / 2) }

    /// TEARDOWN_HCA: every object is gone, only the pages for booting stay in use.
    package mutating func endRunning() {
        objectCount = 0
        objectPageCount = 0
        isRequestOutstanding = false
        refusedAt = .max
        // The driver takes everything back before DISABLE_HCA, those for booting included.
        while let page = used.popLast() { free.append(page) }
    }

    private mutating func use(_ target: Int) {
        while used.count < target, let page = free.popLast() { used.append(page) }
    }

    /// Finds room for the state of one more object; false when there is none.
    package mutating func charge() -> Bool {
        guard isUsed else { return true }
        if objectCount == objectPageCount * objectsPerPage {
            guard let page = free.popLast() else { return false }
            used.append(page)
            objectPageCount += 1
        }
        objectCount += 1
        return true
    }

    /// Gives up the room of one object.
    package mutating func release() {
        guard isUsed else { return }
        precondition(objectCount > 0, "more objects released than charged")
        objectCount -= 1
        if objectCount <= (objectPageCount - 1) * objectsPerPage, let page = used.popLast() {
            free.append(page)
            objectPageCount -= 1
        }
    }

    /// The number of pages to ask the driver for now, if it should be asked; it counts as asked from here on.
    package mutating func takeRequest() -> Int? {
        let wanted = wantedWhileRunning
        guard wanted != 0, !isRequestOutstanding, wanted < 0 || free.count < refusedAt else { return nil }
        isRequestOutstanding = true
        return wanted
    }
}
