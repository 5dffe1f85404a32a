internal import Simulation

/// How long one socket's clients may keep everybody waiting: a store of time that slow answers empty and time refills.
///
/// It outlives the connection, so that a client which comes again and again gets no more of it.
struct Patience {
    /// Most time in store, in nanoseconds.
    private static let most: UInt64 = 2_000_000_000
    /// Waiting may take one part in this many of all time.
    private static let share: UInt64 = 100

    /// Nanoseconds that the next answer may take.
    private(set) var left = Patience.most
    private var clock = RealTime()

    /// Adds what has come in since this was called last.
    mutating func refill() {
        let earned = clock.now.picoseconds / 1000 / Self.share
        guard earned > 0 else { return }
        clock = RealTime()
        left = min(left + earned, Self.most)
    }

    /// Takes what an answer took, except for `free` of it.
    mutating func spend(_ nanoseconds: UInt64, sparing free: UInt64) {
        let cost = nanoseconds > free ? nanoseconds - free : 0
        left = left > cost ? left - cost : 0
    }
}
