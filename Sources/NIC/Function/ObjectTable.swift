/// The objects of one kind that a function owns, by the number its driver knows them under.
///
/// Numbers are given lowest first, so that a run is repeatable, and are reused after destruction. Nobody shares a
/// table, so that looking at an object is one comparison and one load.
package struct ObjectTable<Object>: ~Copyable {
    /// The number of the first object; smaller ones never exist.
    package let firstNumber: Int
    /// Most objects at one time.
    package let limit: Int
    /// Object *n* is at `objects[n - firstNumber]`, in memory that is initialized where `isLive` says so.
    ///
    /// There is none before the first object.
    private var objects: UnsafeMutablePointer<Object>
    private var isLive: UnsafeMutablePointer<Bool>
    /// Objects there is memory for.
    private var capacity = 0
    /// Places that have ever been used: the first `used` of `isLive` mean something.
    private var used = 0
    /// Numbers given back, descending.
    private var freeNumbers: [Int] = []
    /// Counts insertions and removals, so that what was looked up can be kept until it changes.
    package private(set) var revision: UInt32 = 0
    /// Number of objects that exist.
    package private(set) var count = 0

    package init(firstNumber: Int, limit: Int) {
        self.firstNumber = firstNumber
        self.limit = limit
        objects = Self.nowhere
        isLive = UnsafeMutablePointer(bitPattern: 1).unsafelyUnwrapped
    }

    /// Stands for memory that is not there: aligned, and never looked at.
    private static var nowhere: UnsafeMutablePointer<Object> {
        UnsafeMutablePointer(bitPattern: MemoryLayout<Object>.alignment).unsafelyUnwrapped
    }

    /// A table with the same objects under the same numbers.
    package func copy() -> ObjectTable {
        var copy = ObjectTable(firstNumber: firstNumber, limit: limit)
        while copy.capacity < used { copy.grow() }
        for index in 0..<used {
            copy.isLive[index] = isLive[index]
            if isLive[index] { (copy.objects + index).initialize(to: objects[index]) }
        }
        copy.used = used
        copy.freeNumbers = freeNumbers
        copy.revision = revision
        copy.count = count
        return copy
    }

    deinit {
        for index in 0..<used where isLive[index] { (objects + index).deinitialize(count: 1) }
        guard capacity > 0 else { return }
        objects.deallocate()
        isLive.deallocate()
    }

    /// Whether another object would fit.
    package var hasRoom: Bool { count < limit }

    /// Numbers of the objects that exist, ascending.
    package var numbers: [Int] { (0..<used).filter { isLive[$0] }.map { $0 + firstNumber } }

    @inline(__always) package func contains(_ number: Int) -> Bool {
        let index = number &- firstNumber
        return UInt(bitPattern: index) < UInt(bitPattern: used) && isLive[index]
    }

    /// The lowest number whose object `predicate` accepts.
    package func first(where predicate: (borrowing Object) -> Bool) -> Int? {
        for index in 0..<used where isLive[index] && predicate(objects[index]) { return index + firstNumber }
        return nil
    }

    /// Adds `object` under the lowest free number; `nil` when the table is full.
    package mutating func insert(_ object: Object) -> Int? {
        guard hasRoom else { return nil }
        count += 1
        revision &+= 1
        let index: Int
        if freeNumbers.isEmpty {
            if used == capacity { grow() }
            index = used
            used += 1
        } else {
            index = freeNumbers.removeLast() - firstNumber
        }
        (objects + index).initialize(to: object)
        isLive[index] = true
        return index + firstNumber
    }

    /// Removes and returns the object `number`, if it exists.
    @discardableResult package mutating func remove(_ number: Int) -> Object? {
        guard contains(number) else { return nil }
        let index = number - firstNumber
        isLive[index] = false
        count -= 1
        revision &+= 1
        let place = freeNumbers.firstIndex { $0 < number } ?? freeNumbers.count
        freeNumbers.insert(number, at: place)
        return (objects + index).move()
    }

    /// The object `number`, in place.
    ///
    /// Traps when it does not exist: ask `contains` first.
    package subscript(number: Int) -> Object {
        @inline(__always) unsafeAddress { UnsafePointer(pointer(to: number)) }
        @inline(__always) unsafeMutableAddress { pointer(to: number) }
    }

    /// Where the object `number` lies until an object is added or removed: for work on it that is not to look it up
    /// again and again.
    ///
    /// Traps when it does not exist.
    @inline(__always) func pointer(to number: Int) -> UnsafeMutablePointer<Object> {
        precondition(contains(number), "no such object")
        return objects + (number &- firstNumber)
    }

    /// The object `number`, or `nil`.
    package func find(_ number: Int) -> Object? { contains(number) ? objects[number - firstNumber] : nil }

    private mutating func grow() {
        let count = max(4, capacity * 2)
        let larger = UnsafeMutablePointer<Object>.allocate(capacity: count)
        let live = UnsafeMutablePointer<Bool>.allocate(capacity: count)
        for index in 0..<used where isLive[index] { (larger + index).moveInitialize(from: objects + index, count: 1) }
        if capacity > 0 {
            live.moveInitialize(from: isLive, count: used)
            objects.deallocate()
            isLive.deallocate()
        }
        objects = larger
        isLive = live
        capacity = count
    }
}
