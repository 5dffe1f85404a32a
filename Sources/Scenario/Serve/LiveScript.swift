internal import Driver
internal import Servers
internal import Simulation

/// A scenario's steps while stock Linux drives the functions: a guest for each host but hypervisors, in real time.
struct LiveScript {
    let document: ScenarioDocument
    let request: LinuxRequest
    /// The sockets of each host's functions; none where our driver is.
    let sockets: [[String]]
    /// The guest of each host, once it has started; none for a host with our driver.
    var guests: [GuestShell?]
    /// The hosts whose guests have been readied.
    var readyHosts: Set<Int> = []
    var position = 0
    /// When the guests were ready: what the steps' times count from.
    var origin = SimTime.zero
    var phase = Phase.ready
    /// What the commands so far have printed.
    var outputs: [RunResult.CommandOutput] = []
    /// What the guests' drivers counted, at the end.
    var counters: [RunResult.Counter] = []
    var failure: RunResult.Failure?
    /// Frames that had ended when the world was looked at last, and when that changed.
    var endedFrames: UInt64 = 0
    var lastChange = SimTime.zero

    /// A world in which nothing ended for so long is idle: a guest under software emulation takes its time.
    static let quiet = SimDuration.milliseconds(500)

    enum Phase: Equatable {
        /// The guest of this host boots, and is told its interfaces' names.
        case preparing(host: Int)
        /// The step may begin.
        case ready
        /// The step begins at a time.
        case timed(SimTime)
        case command(host: Int)
        /// Our driver on this host finds the functions that the command is about.
        case probe(host: Int, ControlCommand)
        /// Our driver on this host carries out a command.
        case driver(host: Int, CommandTicket)
        case source(ScenarioStep.Source)
        case idle
        /// The driver of a function is asked for its counters.
        case counting(host: Int, function: Int)
        case finished
    }

    init(_ document: ScenarioDocument, _ request: LinuxRequest, sockets: [[String]]) {
        self.document = document
        self.request = request
        self.sockets = sockets
        guests = Array(repeating: nil, count: document.hosts.count)
    }

    /// When the script must be looked at although nothing happens; `nil` when that is not needed.
    var nextLook: SimTime? {
        switch phase {
        case .timed(let time): time
        case .idle: lastChange + Self.quiet
        case .preparing, .ready, .command, .probe, .driver, .source, .counting, .finished: nil
        }
    }

    /// The line that readies the guest of `host`: no frames of its own accord, and interfaces named as in the scenario.
    ///
    /// They are in the order of the functions' PCI addresses, which is that of the sockets; each gets a name that nobody
    /// has first, as the new ones may be taken.
    func preparation(of host: Int) -> String {
        var words = ["for f in all default; do echo 1 > /proc/sys/net/ipv6/conf/$f/disable_ipv6; done 2>/dev/null"]
        words.append(
            "n=0; for d in /sys/bus/pci/devices/*/net/*; do ip link set dev ${d##*/} name martlet$n; n=$((n+1)); done")
        for (number, function) in document.drivenFunctions(of: host).enumerated() {
            words.append("ip link set dev martlet\(number) name \(function.netdev)")
        }
        return words.joined(separator: "; ")
    }

    /// Takes over what `ethtool -S` printed.
    mutating func takeCounters(_ text: String, host: Int, function: Int) {
        let name = "\(document.hosts[host].name).\(document.drivenFunctions(of: host)[function].netdev)"
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":").map { $0.filter { $0 != " " } }
            guard parts.count == 2, let value = UInt64(parts[1]) else { continue }
            counters.append(RunResult.Counter(name: "\(name).\(parts[0])", value: value))
        }
    }
}
