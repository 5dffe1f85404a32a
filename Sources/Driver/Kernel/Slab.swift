/// Things of which there are many and that come and go, each named by a number: they never move.
///
/// A number that is free again is given to the next comer.
struct Slab<Element: ~Copyable>: ~Copyable {
    private static var logChunk: Int { 4 }
    private static var chunkMask: Int { 1 << logChunk - 1 }

    private var chunks: [UnsafeMutablePointer<Element>] = []
    private var isUsed: [Bool] = []
    private var free: [Int] = []

    init() {}

    deinit {
        for index in isUsed.indices where isUsed[index] { self[index].deinitialize(count: 1) }
        for chunk in chunks { chunk.deallocate() }
    }

    /// The numbers in use lie below this.
    var limit: Int { isUsed.count }

    /// Whether something has the number `index`.
    @inline(__always) func contains(_ index: Int) -> Bool { index < isUsed.count && isUsed[index] }

    /// The number that the next comer will get.
    var nextIndex: Int { free.last ?? isUsed.count }

    /// Keeps `element`; returns its number.
    mutating func insert(_ element: consuming Element) -> Int {
        let index = nextIndex
        if free.popLast() == nil {
            isUsed.append(false)
            if index & Self.chunkMask == 0 { chunks.append(.allocate(capacity: 1 << Self.logChunk)) }
        }
        isUsed[index] = true
        self[index].initialize(to: element)
        return index
    }

    /// Ends what has the number `index`.
    mutating func remove(_ index: Int) {
        precondition(contains(index), "nothing has this number")
        self[index].deinitialize(count: 1)
        isUsed[index] = false
        free.append(index)
    }

    /// Where the element with the number `index` lies, for as long as it is kept.
    @inline(__always) subscript(_ index: Int) -> UnsafeMutablePointer<Element> {
        chunks[index >> Self.logChunk] + (index & Self.chunkMask)
    }
}
