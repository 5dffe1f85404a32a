package import Simulation

extension RunResult {
    /// How long frames took from birth to delivery.
    package struct Latency: Sendable, Equatable {
        /// Time by percentile, in the order of `Latency.percentiles`.
        package var values: [SimDuration]
        /// Frames measured; zero leaves everything else zero.
        package var count: UInt64
        package var minimum: SimDuration
        package var maximum: SimDuration

        /// The percentiles that every run keeps, in thousandths of a percent.
        package static let percentiles = [50_000, 90_000, 99_000, 99_900]

        package init(
            values: [SimDuration] = [.zero, .zero, .zero, .zero], count: UInt64 = 0, minimum: SimDuration = .zero,
            maximum: SimDuration = .zero
        ) {
            self.values = values
            self.count = count
            self.minimum = minimum
            self.maximum = maximum
        }
    }
}
