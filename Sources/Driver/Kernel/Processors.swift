import Simulation

/// The processor cores of a host: each does one thing after another, whoever asks.
struct Processors {
    /// Until when each core is busy.
    private var busyUntil: [SimTime]

    /// How long each core has worked, in picoseconds.
    private(set) var usedTime: [UInt64]

    init(count: Int) {
        busyUntil = Array(repeating: .zero, count: max(count, 1))
        usedTime = Array(repeating: 0, count: max(count, 1))
    }

    /// Has `core` work for `cost`, at `now` or when it has done what it has to do already; returns when it has.
    @inline(__always) mutating func work(_ cost: SimDuration, on core: Int, from now: SimTime) -> SimTime {
        let end = max(now, busyUntil[core]) + cost
        busyUntil[core] = end
        usedTime[core] &+= cost.picoseconds
        return end
    }

    var count: Int { busyUntil.count }

    /// The core that serves channel `channel` of netdev `netdev`: neighbours get neighbouring cores.
    func core(ofChannel channel: Int, netdev: Int) -> Int { (netdev + channel) % busyUntil.count }

    /// Until when `core` is busy.
    @inline(__always) subscript(_ core: Int) -> SimTime {
        busyUntil[core]
    }
}
