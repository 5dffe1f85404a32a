import Simulation

/// The processor cores of a host: each does one thing after another, whoever asks.
struct Processors {
    /// Until when each core is busy.
    private var busyUntil: [SimTime]

    init(count: Int) { busyUntil = Array(repeating: .zero, count: max(count, 1)) }

    var count: Int { busyUntil.count }

    /// The core that serves channel `channel` of netdev `netdev`: neighbours get neighbouring cores.
    func core(ofChannel channel: Int, netdev: Int) -> Int { (netdev + channel) % busyUntil.count }

    /// Until when `core` is busy.
    @inline(__always) subscript(_ core: Int) -> SimTime {
        get { busyUntil[core] }
        set { busyUntil[core] = newValue }
    }
}
