/// Elements under numbers that are given again, the last one given back first.
///
/// Memory grows by half at most once it is large, so that little of it lies idle.
struct Slab<Element: BitwiseCopyable>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    private var capacity: Int
    /// Numbers that have ever been used.
    private(set) var used = 0
    private var free: [UInt32] = []

    init(capacity: Int = 8) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    /// The same elements under the same numbers.
    func copy() -> Slab {
        var copy = Slab(capacity: capacity)
        copy.base.initialize(from: base, count: used)
        copy.used = used
        copy.free = free
        return copy
    }

    /// Bytes of memory in use.
    var byteCount: Int { capacity * MemoryLayout<Element>.stride + free.capacity * 4 }

    /// Adds `element` and returns its number.
    mutating func insert(_ element: Element) -> UInt32 {
        if let number = free.popLast() {
            (base + Int(number)).initialize(to: element)
            return number
        }
        if used == capacity { grow() }
        (base + used).initialize(to: element)
        used += 1
        return UInt32(truncatingIfNeeded: used - 1)
    }

    /// Gives up `number`, which is in use.
    mutating func remove(_ number: UInt32) { free.append(number) }

    /// Where element `number` lies until one is added.
    @inline(__always) func pointer(_ number: UInt32) -> UnsafeMutablePointer<Element> {
        precondition(Int(number) < used, "no such element")
        return base + Int(number)
    }

    /// Numbers that are in use, ascending.
    var numbers: [UInt32] {
        let unused = Set(free)
        return (0..<UInt32(used)).filter { !unused.contains($0) }
    }

    private mutating func grow() {
        let larger = capacity < 1024 ? capacity * 2 : capacity + capacity / 4
        let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
        moved.moveInitialize(from: base, count: used)
        base.deallocate()
        base = moved
        capacity = larger
    }
}
