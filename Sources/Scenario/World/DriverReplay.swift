import Driver
import Simulation

/// A capture that an application sends through its netdev.
struct DriverReplay: Sendable {
    let host: Int
    let netdev: String
    let input: ReplayInput
    let rate: TrafficRate
    let settings: ReplaySettings
    var next = 0
    var startTime = SimTime.zero
    var isStarted = false
    var isStopped = false

    /// Number of frames it sends in all.
    var plannedCount: Int { input.count * settings.repetitions }
    var isFinished: Bool { isStopped || next >= plannedCount }
    /// How long a full transmit ring is left alone before the next attempt.
    static let retryInterval = SimDuration.microseconds(1)

    init(host: Int, netdev: String, input: ReplayInput, rate: TrafficRate, settings: ReplaySettings) {
        self.host = host
        self.netdev = netdev
        self.input = input
        self.rate = rate
        self.settings = settings
    }

    /// When frame `next` is due.
    var dueTime: SimTime {
        guard input.count > 0 else { return startTime }
        switch rate {
        case .line: return startTime
        case .capture:
            let span = input.time(of: input.count - 1) + 1000
            return startTime + .nanoseconds(UInt64(next / input.count) * span + input.time(of: next % input.count))
        case .framesPerSecond(let rate):
            let (high, low) = UInt64(next).multipliedFullWidth(by: 1_000_000_000_000)
            return startTime + .picoseconds(rate.dividingFullWidth((high, low)).quotient)
        case .bitsPerSecond(let rate):
            let mean = UInt64(input.byteCount / input.count + LineRate.framingByteCount + LineRate.checkByteCount)
            let (high, low) = (UInt64(next) * mean * 8).multipliedFullWidth(by: 1_000_000_000_000)
            return startTime + .picoseconds(rate.dividingFullWidth((high, low)).quotient)
        }
    }
}

/// A generator that waits for its scenario to start it.
struct DriverGenerator: Sendable {
    let host: Int
    let netdev: String
    let pattern: Driver.TrafficPattern
    var isStarted = false
}
