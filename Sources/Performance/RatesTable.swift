package import Scenario
import Simulation

/// How many frames a second a device model sends and receives, by queues, processors and frame size, and what limits it.
///
/// Each cell is two runs of one scenario, the second with more frames: the rate and the busy time of every part are those
/// of the frames that the second has more, so that neither beginning nor end counts. The driver's work for a packet is
/// that of a poll-mode driver; everything else is the model's.
package struct RatesTable: Sendable {
    /// One rate.
    package struct Cell: Sendable {
        package enum Direction: String, Sendable, CaseIterable { case send, receive }
        package var direction: Direction
        package var queues: Int
        package var cores: Int
        /// Bytes with check sequence.
        package var frameByteCount: Int
        /// Frames a second.
        package var rate = 0.0
        /// What kind of part was busy; `latency` when none was: what is limited is how much may be under way.
        package var limit = ""
        /// Its share of the time, in thousandths.
        package var share: UInt64 = 0
    }

    package let model: String
    package private(set) var cells: [Cell] = []

    /// The models that have ports.
    package static let models = ["bluefield-2", "connectx-4lx-25g", "connectx-5", "connectx-6dx"]
    /// What a poll-mode driver does for a packet.
    private static let packetCost = "10ns"

    /// Measures `model`, whose file is in the folder `Models` of `root`.
    package init(model: String, root: String = ".") throws(ScenarioError) {
        self.model = model
        for cell in Self.plan { cells.append(try Self.measure(cell, model: model, root: root)) }
    }

    /// 64-byte frames by queues, each with a processor of its own, and other sizes with eight of each.
    private static var plan: [Cell] {
        var plan: [Cell] = []
        for direction in Cell.Direction.allCases {
            for queues in [1, 2, 4, 8] {
                // The driver has no more queues than its host has processors.
                plan.append(Cell(direction: direction, queues: queues, cores: queues, frameByteCount: 64))
            }
            for size in [128, 256, 512, 1024, 1518] {
                plan.append(Cell(direction: direction, queues: 8, cores: 8, frameByteCount: size))
            }
        }
        return plan
    }

    private static func measure(_ cell: Cell, model: String, root: String) throws(ScenarioError) -> Cell {
        let count = 4000 * cell.queues
        let first = try run(cell, count: count, model: model, root: root)
        let second = try run(cell, count: 3 * count, model: model, root: root)
        guard let window = second.utilisation.first?.window, let before = first.utilisation.first?.window,
            window > before
        else { return cell }
        let time = window.picoseconds - before.picoseconds
        func frames(_ result: RunResult) -> UInt64 {
            cell.direction == .send
                ? result.points.first { $0.name == "w0" }?.outbound.frames ?? 0
                : result.counters.first { $0.name == "h0.eth0.rx_packets" }?.value ?? 0
        }
        var measured = cell
        measured.rate = Double(frames(second) - frames(first)) / (Double(time) / 1e12)
        measured.limit = "latency"
        for part in second.utilisation {
            // What the frames arrive at is not what limits them, unless all of them are taken.
            if cell.direction == .receive, part.kind == "port-receive", second.dropped.frames > first.dropped.frames {
                continue
            }
            let busy = first.utilisation.first { $0.name == part.name }?.busy ?? .zero
            let share = (part.busy.picoseconds - min(busy.picoseconds, part.busy.picoseconds)) * 1000 / time
            if share > measured.share {
                measured.share = min(share, 1000)
                measured.limit = share >= RunResult.Utilisation.limit ? part.kind : "latency"
            }
        }
        if measured.limit == "port-receive" { measured.limit = "port" }
        return measured
    }

    private static func run(
        _ cell: Cell, count: Int, model: String, root: String
    ) throws(ScenarioError) -> RunResult {
        let options = RunOptions(writesScenarioCaptures: false)
        let document = try ScenarioFile.parse(
            scenario(cell, count: count, model: model), name: root + "/Scenarios/rates.yaml")
        let result = try runScenario(document, options: options)
        if let failure = result.failure {
            throw ScenarioError([
                Mistake(SourceLocation(file: "rates"), found: failure.text, expected: "a run to the end")
            ])
        }
        return result
    }

    private static func scenario(_ cell: Cell, count: Int, model: String) -> String {
        let size = cell.frameByteCount
        let sends = cell.direction == .send
        let pattern =
            "generate: { sizes: \(size), flows: 4096, rate: line, count: \(count), destination: \"02:00:00:00:00:"
        return """
            name: rates
            model: \(model)
            hosts:
              - name: h0
                processors: \(cell.cores)
                software: { per-packet-receive: \(packetCost), per-packet-transmit: \(packetCost) }
                functions:
                  - name: pf0
                    netdev: eth0
                    mac: "02:00:00:00:00:01"
                    application: \(sends ? "{ \(pattern)02\" } }" : "sink")
            traffic:
              - { name: peer, \(sends ? "sink: {}" : "\(pattern)01\" }") }
            wires:
              - { name: w0, between: [h0.p0, peer], length: 2m }
            captures: [w0]
            steps:
              - run: ethtool -G eth0 rx 4096 tx 4096
              - run: ethtool -L eth0 combined \(cell.queues)
              - run: ip link set dev eth0 up
              - start: \(sends ? "h0.eth0" : "peer")
              - wait: { traffic: \(sends ? "h0.eth0" : "peer") }
              - wait: idle
            """
    }

    /// What `martlet models rates` prints.
    package var text: String {
        func column(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        var lines = ["\(model)", "  direction  queues  processors  bytes     Mframes/s  limited by"]
        for cell in cells {
            let mega = (cell.rate / 10_000).rounded() / 100
            let name = cell.direction.rawValue
            lines.append(
                "  \(name)" + column("\(cell.queues)", 17 - name.count) + column("\(cell.cores)", 12)
                    + column("\(cell.frameByteCount)", 7) + column("\(mega)", 14)
                    + "  \(cell.limit) (\(cell.share / 10) %)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The same for scripts.
    package var json: JSONValue {
        .array(
            cells.map {
                .object([
                    "direction": .string($0.direction.rawValue), "queues": .integer(UInt64($0.queues)),
                    "cores": .integer(UInt64($0.cores)), "frame_bytes": .integer(UInt64($0.frameByteCount)),
                    "mpps": .number(($0.rate / 1000).rounded() / 1000), "limit": .string($0.limit),
                    "busy_permille": .integer($0.share),
                ])
            })
    }
}
