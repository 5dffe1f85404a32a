package import Simulation

/// The first difference between two traces, with all that explains it.
package struct TraceDifference: Sendable {
    /// What kind of difference it is.
    package enum Kind: Equatable, Sendable {
        /// The traces are of different capture points.
        case capturePoints
        /// A frame is there in both and differs.
        case changed
        /// The actual trace lacks a frame.
        case missing
        /// The actual trace has a frame too many.
        case extra
        /// The same frames, in another order across capture points.
        case order
    }

    /// A field that differs: name, and both values; `nil` where a side does not have it.
    package struct FieldDifference: Equatable, Sendable {
        package var name: String
        package var expected: String?
        package var actual: String?

        package init(name: String, expected: String?, actual: String?) {
            self.name = name
            self.expected = expected
            self.actual = actual
        }
    }

    /// How many frames before the difference are shown.
    package static let contextCount = 5

    package let kind: Kind
    /// Number of the frame in each trace, counted from 1; `nil` where the frame is not there.
    package let expectedFrameNumber: Int?
    package let actualFrameNumber: Int?
    /// Name of the capture point; empty where none is concerned.
    package let point: String
    /// When the difference is, in the expected trace where that has the frame: events up to here led to it.
    package let time: SimTime
    /// What differs of a changed frame, what Martlet knows about it first, then its fields.
    package let fields: [FieldDifference]
    /// The frame's bytes in each trace; empty where the frame is not there.
    package let expectedBytes: [UInt8]
    package let actualBytes: [UInt8]
    /// The frames just before in each trace, oldest first, one line each.
    package let expectedBefore: [String]
    package let actualBefore: [String]
    /// The frame in one line, in each trace.
    package let expectedSummary: String?
    package let actualSummary: String?
    /// Names of the traces and of their capture points.
    package let expectedName: String
    package let actualName: String
    let expectedPoints: [String]
    let actualPoints: [String]

    /// - Parameters:
    ///   - expectedIndex: position of the frame in the expected trace, if it is there.
    ///   - expectedContext: where it is not there, the position at which it would have been.
    init(
        kind: Kind, expected: Trace, expectedIndex: Int? = nil, actual: Trace, actualIndex: Int? = nil,
        expectedContext: Int = 0, actualContext: Int = 0, options: TraceComparison.Options = .init()
    ) {
        self.kind = kind
        expectedFrameNumber = expectedIndex.map { $0 + 1 }
        actualFrameNumber = actualIndex.map { $0 + 1 }
        let left = expectedIndex.map { expected.records[$0] }
        let right = actualIndex.map { actual.records[$0] }
        let leftPoint = left.map { expected.pointNames[$0.point] }
        let rightPoint = right.map { actual.pointNames[$0.point] }
        point = leftPoint ?? rightPoint ?? ""
        time = min(left?.time ?? .never, right?.time ?? .never)
        expectedBytes = expectedIndex.map { Array(expected.bytes($0)) } ?? []
        actualBytes = actualIndex.map { Array(actual.bytes($0)) } ?? []
        expectedSummary = expectedIndex.map { expected.line($0) }
        actualSummary = actualIndex.map { actual.line($0) }
        expectedBefore = expected.lines(before: expectedIndex ?? expectedContext)
        actualBefore = actual.lines(before: actualIndex ?? actualContext)
        expectedName = expected.name
        actualName = actual.name
        expectedPoints = expected.pointNames
        actualPoints = actual.pointNames
        if let left, let right {
            fields =
                Self.aboutFrame(left, right, leftPoint, rightPoint, options)
                + Self.fields(expectedBytes, actualBytes)
        } else {
            fields = []
        }
    }

    /// Differences of what is known about the frame beside its bytes.
    private static func aboutFrame(
        _ left: Trace.Record, _ right: Trace.Record, _ leftPoint: String?, _ rightPoint: String?,
        _ options: TraceComparison.Options
    ) -> [FieldDifference] {
        var all = [
            FieldDifference(name: "capture point", expected: leftPoint, actual: rightPoint),
            FieldDifference(
                name: "direction", expected: left.direction.map { "\($0)" }, actual: right.direction.map { "\($0)" }),
            FieldDifference(
                name: "length", expected: "\(left.originalByteCount)", actual: "\(right.originalByteCount)"),
            FieldDifference(name: "comment", expected: left.comment, actual: right.comment),
        ]
        if !options.ignoresTime && max(left.time, right.time) - min(left.time, right.time) > options.tolerance {
            all.insert(
                FieldDifference(name: "time", expected: left.time.seconds, actual: right.time.seconds), at: 0)
        }
        if !options.ignoresSerial {
            all.append(
                FieldDifference(
                    name: "frame serial", expected: left.serial.map { "\($0)" }, actual: right.serial.map { "\($0)" }))
        }
        return all.filter { $0.expected != $0.actual }
    }

    /// Differences of the dissected fields: the n-th field of a name is compared with the n-th of the same name.
    private static func fields(_ left: [UInt8], _ right: [UInt8]) -> [FieldDifference] {
        guard left != right else { return [] }
        let ours = FrameDissector.fields(of: left)
        var theirs = FrameDissector.fields(of: right)
        var differences: [FieldDifference] = []
        for field in ours {
            if let index = theirs.firstIndex(where: { $0.name == field.name }) {
                let other = theirs.remove(at: index)
                if other.value != field.value {
                    differences.append(
                        FieldDifference(name: field.name, expected: field.value, actual: other.value))
                }
            } else {
                differences.append(FieldDifference(name: field.name, expected: field.value, actual: nil))
            }
        }
        return differences + theirs.map { FieldDifference(name: $0.name, expected: nil, actual: $0.value) }
    }
}
