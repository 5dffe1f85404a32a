/// The functions of a NIC by their number in the world, in chunks that never move.
///
/// A function is made when somebody first needs it and can be destroyed; a number that is used again has another
/// generation, which is how events of an earlier life are known. A chunk exists once one of its functions has.
package struct FunctionSlab: ~Copyable {
    /// The first number that the slab has room for.
    private let first: Int
    private let chunks: UnsafeMutablePointer<UnsafeMutablePointer<Function>?>
    /// Bit *n* of a chunk's word says that function *n* of the chunk exists.
    private let live: UnsafeMutablePointer<UInt64>
    /// Generation of the next function of each number.
    private var generations: [UInt16]
    private let chunkCount: Int
    /// Number of functions that exist.
    package private(set) var count = 0
    /// The numbers of those that exist, ascending: for what is done to all.
    package private(set) var existing: [Int] = []

    /// Room for the functions of `range`, none of which exists.
    package init(range: Range<Int>) {
        first = range.lowerBound
        chunkCount = (range.count + 63) / 64
        chunks = .allocate(capacity: max(chunkCount, 1))
        chunks.initialize(repeating: nil, count: max(chunkCount, 1))
        live = .allocate(capacity: max(chunkCount, 1))
        live.initialize(repeating: 0, count: max(chunkCount, 1))
        generations = Array(repeating: 0, count: range.count)
    }

    deinit {
        for index in existing { pointer(to: index).deinitialize(count: 1) }
        for index in 0..<chunkCount { chunks[index]?.deallocate() }
        chunks.deallocate()
        live.deallocate()
    }

    /// Whether function `index` exists.
    @inline(__always) package func contains(_ index: Int) -> Bool {
        let place = index &- first
        return UInt(bitPattern: place) < UInt(bitPattern: chunkCount &<< 6)
            && live[place &>> 6] &>> UInt64(place & 63) & 1 != 0
    }

    /// Makes function `index` out of `function`.
    ///
    /// - Precondition: it is within the range and does not exist.
    package mutating func insert(_ function: consuming Function, at index: Int) {
        let place = index - first
        precondition(!contains(index) && place >= 0 && place < generations.count, "no place for the function")
        let chunk = chunks[place >> 6] ?? .allocate(capacity: 64)
        chunks[place >> 6] = chunk
        function.generation = generations[place]
        (chunk + (place & 63)).initialize(to: function)
        live[place >> 6] |= 1 << UInt64(place & 63)
        count += 1
        existing.insert(index, at: existing.firstIndex { $0 > index } ?? existing.count)
    }

    /// Destroys function `index`; what still happens to it belongs to a life that is over.
    package mutating func remove(_ index: Int) {
        let place = index - first
        generations[place] = pointer(to: index).pointee.generation &+ 1
        pointer(to: index).deinitialize(count: 1)
        live[place >> 6] &= ~(1 << UInt64(place & 63))
        count -= 1
        existing.removeAll { $0 == index }
    }

    /// Where function `index` lies.
    ///
    /// Traps when it does not exist: ask `contains` first.
    @inline(__always) func pointer(to index: Int) -> UnsafeMutablePointer<Function> {
        precondition(contains(index), "no such function")
        let place = index &- first
        // A chunk with a live function is there.
        return chunks[place &>> 6].unsafelyUnwrapped + (place & 63)
    }

    /// Function `index`, in place.
    ///
    /// Traps when it does not exist: ask `contains` first.
    package subscript(index: Int) -> Function {
        @inline(__always) unsafeAddress { UnsafePointer(pointer(to: index)) }
        @inline(__always) unsafeMutableAddress { pointer(to: index) }
    }
}
