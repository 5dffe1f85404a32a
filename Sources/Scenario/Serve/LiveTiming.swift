internal import Simulation

/// How well simulated time kept to real time.
struct LiveTiming: Sendable {
    /// Longest time by which an event happened too late.
    private(set) var latest = SimDuration.zero
    /// Longest time by which simulated time was ahead, after a read.
    private(set) var earliest = SimDuration.zero

    mutating func wasLate(by lag: SimDuration) { latest = max(latest, lag) }
    mutating func wasAhead(by lead: SimDuration) { earliest = max(earliest, lead) }
}
