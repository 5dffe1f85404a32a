/// The objects of one kind that a function owns, by the number its driver knows them under.
///
/// Numbers are given lowest first, so that a run is repeatable, and are reused after destruction.
package struct ObjectTable<Object: Sendable>: Sendable {
    /// The number of the first object; smaller ones never exist.
    package let firstNumber: Int
    /// Most objects at one time.
    package let limit: Int
    /// The objects that exist, and what is left of removed ones: an optional would cost a copy at every look.
    private var slots: [Object] = []
    private var isLive: [Bool] = []
    private var freeNumbers: [Int] = []
    /// Counts insertions and removals, so that what was looked up can be kept until it changes.
    package private(set) var revision: UInt32 = 0
    /// Number of objects that exist.
    package private(set) var count = 0

    package init(firstNumber: Int, limit: Int) {
        self.firstNumber = firstNumber
        self.limit = limit
    }

    /// Whether another object would fit.
    package var hasRoom: Bool { count < limit }

    /// Numbers of the objects that exist, ascending.
    package var numbers: [Int] { slots.indices.filter { isLive[$0] }.map { $0 + firstNumber } }

    package func contains(_ number: Int) -> Bool {
        let index = number - firstNumber
        return index >= 0 && index < isLive.count && isLive[index]
    }

    /// The lowest number whose object `predicate` accepts.
    package func first(where predicate: (borrowing Object) -> Bool) -> Int? {
        for index in slots.indices where isLive[index] && predicate(slots[index]) { return index + firstNumber }
        return nil
    }

    /// Adds `object` under the lowest free number; `nil` when the table is full.
    package mutating func insert(_ object: Object) -> Int? {
        guard hasRoom else { return nil }
        count += 1
        revision &+= 1
        if !freeNumbers.isEmpty {
            let number = freeNumbers.removeLast()
            slots[number - firstNumber] = object
            isLive[number - firstNumber] = true
            return number
        }
        slots.append(object)
        isLive.append(true)
        return slots.count - 1 + firstNumber
    }

    /// Removes and returns the object `number`, if it exists.
    @discardableResult package mutating func remove(_ number: Int) -> Object? {
        guard contains(number) else { return nil }
        let object = slots[number - firstNumber]
        isLive[number - firstNumber] = false
        count -= 1
        revision &+= 1
        let place = freeNumbers.firstIndex { $0 < number } ?? freeNumbers.count
        freeNumbers.insert(number, at: place)
        return object
    }

    /// The object `number`, in place. Traps when it does not exist: ask `contains` first.
    package subscript(number: Int) -> Object {
        @inline(__always) _read {
            precondition(isLive[number - firstNumber], "no such object")
            yield slots[number - firstNumber]
        }
        @inline(__always) _modify {
            precondition(isLive[number - firstNumber], "no such object")
            yield &slots[number - firstNumber]
        }
    }

    /// The object `number`, or `nil`.
    package func find(_ number: Int) -> Object? { contains(number) ? slots[number - firstNumber] : nil }
}
