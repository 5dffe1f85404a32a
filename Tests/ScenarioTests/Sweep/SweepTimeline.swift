import Simulation
import Wire

/// What a setting may have been at any time: while a change is under way, the old value and the new one.
struct SweepTimeline<Value: Equatable> {
    private struct Entry {
        var value: Value
        var number: Int
        var from: SimTime
        var until = SimTime.never
    }

    private var entries: [Entry]

    init(_ value: Value) { entries = [Entry(value: value, number: 0, from: .zero)] }

    /// Change `number` begins at `time`.
    mutating func begin(_ value: Value, number: Int, at time: SimTime) {
        entries.append(Entry(value: value, number: number, from: time))
    }

    /// Change `number` has come about: what was before it is over.
    ///
    /// A change that failed stays possible, and one that has not ended.
    mutating func commit(number: Int, pending: Set<Int>, at time: SimTime) {
        guard entries.contains(where: { $0.number == number }) else { return }
        for index in entries.indices
        where entries[index].number < number && entries[index].until == .never
            && !pending.contains(entries[index].number)
        {
            entries[index].until = time
        }
    }

    /// From `time` on it is `value`, and everybody knows.
    mutating func settle(_ value: Value, at time: SimTime) {
        for index in entries.indices where entries[index].until == .never { entries[index].until = time }
        entries.append(Entry(value: value, number: 0, from: time))
    }

    /// Whether it may have been something that fulfils `condition` between two times.
    func may(_ interval: ClosedRange<SimTime>, _ condition: (Value) -> Bool) -> Bool {
        entries.contains { $0.from <= interval.upperBound && interval.lowerBound <= $0.until && condition($0.value) }
    }

    /// What it is, when that is known.
    var last: Value { entries[entries.count - 1].value }
}
