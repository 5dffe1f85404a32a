internal import Histogram
package import Simulation

/// How long packets took, and where their time went.
///
/// Percentiles come from a histogram of three significant digits. For the division by stage the same packets are also
/// sorted into coarser classes, 16 to an octave, and each class sums its packets' stages: the division of a median
/// packet is the mean of the class the median falls into.
package struct LatencyRecorder: Sendable {
    private var histogram = Histogram<UInt64>(
        highestTrackableValue: 100_000_000_000_000, numberOfSignificantValueDigits: .three)
    private var classes: [LatencyClass] = Array(repeating: LatencyClass(), count: 64 * 16)

    /// When the last packet ended.
    package private(set) var lastEnd = SimTime.zero

    private struct LatencyClass: Sendable {
        var count: UInt64 = 0
        var spent = InlineArray<11, UInt64>(repeating: 0)
    }

    package init() {}

    /// Number of packets recorded.
    package var count: UInt64 { histogram.totalCount }
    /// The longest latency.
    package var maximum: SimDuration { .picoseconds(count == 0 ? 0 : histogram.max) }

    /// The shortest latency.
    package var minimum: SimDuration { .picoseconds(count == 0 ? 0 : histogram.min) }

    /// Records the end of `journey` at `time`.
    package mutating func record(_ journey: Journey, endedAt time: SimTime) {
        let latency = (time - journey.birth).picoseconds
        lastEnd = max(lastEnd, time)
        _ = histogram.record(min(latency, 99_000_000_000_000))
        let index = Self.classIndex(latency)
        classes[index].count += 1
        for stage in 0..<Stage.count { classes[index].spent[stage] &+= journey.spent[stage] }
    }

    /// The latency that `percent` of the packets do not exceed; zero without packets.
    package func percentile(_ percent: Double) -> SimDuration {
        .picoseconds(count == 0 ? 0 : histogram.valueAtPercentile(percent))
    }

    /// How the time of a median packet divides among the stages, in the order a packet meets them.
    package func medianDivision() -> [(stage: Stage, duration: SimDuration)] {
        guard count > 0 else { return [] }
        let chosen = classes[Self.classIndex(histogram.valueAtPercentile(50))]
        guard chosen.count > 0 else { return [] }
        return Stage.allCases.compactMap { stage in
            let mean = chosen.spent[Int(stage.rawValue)] / chosen.count
            return mean == 0 ? nil : (stage, .picoseconds(mean))
        }
    }

    /// Sixteen classes to each doubling: within 6 %.
    private static func classIndex(_ latency: UInt64) -> Int {
        guard latency >= 16 else { return Int(latency) }
        let octave = 63 - latency.leadingZeroBitCount
        return octave * 16 + Int(latency >> UInt64(octave - 4)) & 15
    }
}
