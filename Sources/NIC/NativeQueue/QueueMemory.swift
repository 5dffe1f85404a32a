/// Where a queue lies in host memory: pages that need not be adjacent, seen as one run of bytes.
package struct QueueMemory: Sendable {
    /// I/O virtual addresses of the pages, in order.
    package let pages: [UInt64]
    /// Size of a page, as a power of two; at least 12.
    package let pageShift: UInt64
    /// Where the queue starts in its first page, in bytes.
    package let firstOffset: UInt64
    /// Whether each page follows the one before it, which spares looking pages up.
    private let isContiguous: Bool
    private let base: UInt64

    package init(pages: [UInt64], logPageSize: UInt32, firstOffset: UInt64 = 0) {
        self.pages = pages
        pageShift = UInt64(logPageSize) + 12
        self.firstOffset = firstOffset
        base = (pages.first ?? 0) &+ firstOffset
        let pageByteCount: UInt64 = 1 << pageShift
        isContiguous = zip(pages, pages.dropFirst()).allSatisfy { $0 &+ pageByteCount == $1 }
    }

    /// Number of bytes from the queue's start to the end of its last page.
    @inline(__always) package var byteCount: UInt64 { (UInt64(pages.count) << pageShift) &- firstOffset }

    /// The I/O virtual address of the queue's byte `offset`, and how many bytes follow it in one run.
    @inline(__always) package func address(of offset: UInt64) -> (address: UInt64, runByteCount: UInt64) {
        if isContiguous { return (base &+ offset, byteCount &- offset) }
        let position = firstOffset &+ offset
        let within = position & ((1 << pageShift) - 1)
        let page = Int(position >> pageShift)
        // A ring longer than its pages is refused when it is created; were it not, its accesses fault.
        return (page < pages.count ? pages[page] &+ within : .max, (1 << pageShift) &- within)
    }
}
