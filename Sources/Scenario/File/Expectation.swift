package import Simulation

/// Something that must be true at the end of a run.
package struct Expectation: Sendable {
    package var kind: Kind
    package var location: SourceLocation

    package init(kind: Kind, location: SourceLocation) {
        self.kind = kind
        self.location = location
    }

    package enum Kind: Sendable {
        /// Frames seen at a capture point; `counter` is the position in `ScenarioDocument.frameCounters`.
        case frames(FrameSelection, Bound)
        /// A counter's value at the end.
        case counter(name: String, Bound)
        /// Frames lost, for one reason or (`nil`) for any.
        case drops(reason: DropReason?, Bound)
        /// A percentile of the latency, in thousandths of a percent (100,000 is the maximum), and its bound.
        case latency(percentile: Int, atMost: SimDuration)
    }

    /// Which frames are counted.
    package struct FrameSelection: Sendable, Equatable {
        package var point: String
        /// `nil`: both directions.
        package var direction: TapDirection?
        /// A libpcap filter expression; `nil`: every frame.
        package var filter: String?
        package init(point: String, direction: TapDirection? = nil, filter: String? = nil) {
            self.point = point
            self.direction = direction
            self.filter = filter
        }
    }

    /// A comparison with a number or with what a traffic source did.
    package struct Bound: Sendable, Equatable {
        package var comparison: Comparison
        package var operand: Operand
        package init(_ comparison: Comparison, _ operand: Operand) {
            self.comparison = comparison
            self.operand = operand
        }
    }

    package enum Comparison: String, CaseIterable, Sendable {
        case equal = "=="
        case notEqual = "!="
        case atLeast = ">="
        case atMost = "<="
        case more = ">"
        case less = "<"
    }

    package enum Operand: Sendable, Equatable {
        case number(UInt64)
        /// Frames that the traffic endpoint or application of this name sent (`NAME.sent`).
        case sent(String)
        /// Frames that it received (`NAME.received`).
        case received(String)
    }
}
