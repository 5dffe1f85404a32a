package import Simulation

/// Compares two traces and finds the first difference in time order.
///
/// Every capture point's frames are compared in sequence, so that one frame that is missing does not make all the
/// frames after it differ. When times count, the order in which the points' frames are interleaved counts too.
package struct TraceComparison {
    /// What counts as a difference.
    package struct Options: Equatable, Sendable {
        /// True when only the sequence of frames at each point counts, not when they passed.
        package var ignoresTime: Bool
        /// How far two times may lie apart.
        package var tolerance: SimDuration
        /// True when frames' serial numbers do not count.
        ///
        /// By default they count when times must be equal: what else happens in the world, and so the numbering, may
        /// depend on times.
        package var ignoresSerial: Bool

        package init(ignoresTime: Bool = false, tolerance: SimDuration = .zero, ignoresSerial: Bool? = nil) {
            self.ignoresTime = ignoresTime
            self.tolerance = tolerance
            self.ignoresSerial = ignoresSerial ?? (ignoresTime || tolerance > .zero)
        }

        var isExact: Bool { !ignoresTime && tolerance == .zero }
    }

    /// How many frames ahead a lost frame is looked for.
    private static let window = 64

    private let expected: Trace
    private let actual: Trace
    private let options: Options

    /// The first difference of `actual` from `expected` in time order; `nil` when there is none.
    package static func firstDifference(
        expected: Trace, actual: Trace, options: Options = Options()
    ) -> TraceDifference? {
        TraceComparison(expected: expected, actual: actual, options: options).firstDifference()
    }

    private func firstDifference() -> TraceDifference? {
        if Set(expected.pointNames) != Set(actual.pointNames) {
            return TraceDifference(kind: .capturePoints, expected: expected, actual: actual)
        }
        var first: TraceDifference?
        for name in expected.pointNames {
            let left = Self.indices(of: name, in: expected)
            let right = Self.indices(of: name, in: actual)
            guard let found = difference(left, right) else { continue }
            if first.map({ found.time < $0.time }) ?? true { first = found }
        }
        return first ?? (options.isExact ? differenceOfOrder() : nil)
    }

    /// Positions in `trace` of the frames at the point called `name`.
    private static func indices(of name: String, in trace: Trace) -> [Int] {
        trace.records.indices.filter { trace.pointNames[trace.records[$0].point] == name }
    }

    /// The first difference at one point, whose frames are at the given positions of the two traces.
    private func difference(_ left: [Int], _ right: [Int]) -> TraceDifference? {
        for place in 0..<max(left.count, right.count) {
            guard place < right.count else { return lost(.missing, left[place], near: right.last.map { $0 + 1 }) }
            guard place < left.count else { return lost(.extra, right[place], near: left.last.map { $0 + 1 }) }
            if equal(left[place], right[place]) { continue }
            return explain(left, right, at: place)
        }
        return nil
    }

    /// Whether the frames at `place` differ in themselves, or one trace lacks frames that the other has.
    private func explain(_ left: [Int], _ right: [Int], at place: Int) -> TraceDifference {
        let sameContents = contentsEqual(left[place], right[place])
        for isStrict in sameContents ? [true] : [true, false] {
            let matches = isStrict ? equal : contentsEqual
            let ahead = 1...Self.window
            let missing = ahead.first { place + $0 < left.count && matches(left[place + $0], right[place]) }
            let extra = ahead.first { place + $0 < right.count && matches(left[place], right[place + $0]) }
            if let missing, missing <= extra ?? .max { return lost(.missing, left[place], near: right[place]) }
            if extra != nil { return lost(.extra, right[place], near: left[place]) }
        }
        return TraceDifference(
            kind: .changed, expected: expected, expectedIndex: left[place], actual: actual, actualIndex: right[place],
            options: options)
    }

    private func lost(_ kind: TraceDifference.Kind, _ index: Int, near other: Int?) -> TraceDifference {
        kind == .missing
            ? TraceDifference(
                kind: kind, expected: expected, expectedIndex: index, actual: actual, actualContext: other ?? 0)
            : TraceDifference(
                kind: kind, expected: expected, actual: actual, actualIndex: index, expectedContext: other ?? 0)
    }

    private func equal(_ left: Int, _ right: Int) -> Bool {
        let (one, other) = (expected.records[left], actual.records[right])
        return contentsEqual(left, right) && one.comment == other.comment && timesAgree(one.time, other.time)
            && (options.ignoresSerial || one.serial == other.serial)
    }

    private func contentsEqual(_ left: Int, _ right: Int) -> Bool {
        let (one, other) = (expected.records[left], actual.records[right])
        return one.direction == other.direction && one.originalByteCount == other.originalByteCount
            && expected.bytes(left) == actual.bytes(right)
    }

    private func timesAgree(_ left: SimTime, _ right: SimTime) -> Bool {
        options.ignoresTime || (max(left, right) - min(left, right)) <= options.tolerance
    }

    /// Every point's frames are equal, but frames of different points lie in another order in the file.
    private func differenceOfOrder() -> TraceDifference? {
        let place = expected.records.indices.first {
            expected.pointNames[expected.records[$0].point] != actual.pointNames[actual.records[$0].point]
        }
        return place.map {
            TraceDifference(
                kind: .order, expected: expected, expectedIndex: $0, actual: actual, actualIndex: $0, options: options)
        }
    }
}
