package import Scenario
import Simulation

/// How the receive path of a device model compares with published measurements (`Models/calibration/receive.csv`): what
/// arrives, and what the port drops, by ring size and number of queues.
///
/// One number belongs to the measured host and not to the device: what its driver and program do for a packet. It is
/// chosen once, for all rows. Each figure is that of a run's steady part, as in `RatesTable`.
package struct ReceiveComparison: Sendable {
    /// One published figure and the model's.
    package struct Row: Sendable {
        package var id: String
        package var parameter: String
        package var measured: Double
        package var model: Double
        /// Signed, in percent of what was measured.
        package var error: Double { (model / measured - 1) * 100 }
    }

    private static let file = "Models/calibration/receive.csv"
    private static let header = "id,device,workload,parameter,value,unit,source"
    /// What the host of the measurements does for a packet: from C0753 and C0759, 24.8 and 24.4 million a second.
    private static let packetCost = "39ns"
    /// What was offered (C0777), in frames a second.
    private static let offered = "98233000pps"
    /// The most that a row may be off, and the mean of all, in percent.
    package static let worstTarget = 12.0
    package static let meanTarget = 5.0

    package private(set) var rows: [Row] = []

    /// What a run with so many queues and so large a ring does in a second, in millions.
    private struct Setting: Hashable {
        var device: String
        var ring: Int
        var queues: Int
    }
    private struct Rates {
        var delivered = 0.0
        var discards = 0.0
        var arrived = 0.0
    }

    /// Runs the model for every row below `root`.
    package static func run(root: String = ".") throws -> ReceiveComparison {
        var comparison = ReceiveComparison()
        var known: [Setting: Rates] = [:]
        let lines = try PCIeModelFile.readLines(file, root: root)
        guard lines.first == header else {
            throw PCIeModelError(file: file, line: 1, found: "\"\(lines.first ?? "")\"", expected: "\"\(header)\"")
        }
        for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            let columns = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard columns.count == 7, let value = Double(columns[4]) else {
                throw PCIeModelError(file: file, line: index + 1, found: "\"\(line)\"", expected: "7 columns, a number")
            }
            var fields: [Substring: Substring] = [:]
            for pair in columns[3].split(separator: " ") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                if parts.count == 2 { fields[parts[0]] = parts[1] }
            }
            guard let ring = fields["ring"].flatMap({ Int($0) }), let queues = fields["queues"].flatMap({ Int($0) })
            else {
                throw PCIeModelError(
                    file: file, line: index + 1, found: "\"\(columns[3])\"", expected: "ring=N queues=N counter=NAME")
            }
            let setting = Setting(device: columns[1], ring: ring, queues: queues)
            let rates = try known[setting] ?? measure(setting, root: root)
            known[setting] = rates
            let model: Double
            switch fields["counter"] {
            case "delivered": model = rates.delivered
            case "rx_discards_phy": model = rates.discards
            case "rx_packets_phy": model = rates.arrived
            default:
                throw PCIeModelError(
                    file: file, line: index + 1, found: "\"\(columns[3])\"",
                    expected: "counter=delivered, rx_packets_phy or rx_discards_phy")
            }
            comparison.rows.append(Row(id: columns[0], parameter: columns[3], measured: value, model: model))
        }
        return comparison
    }

    package var meanError: Double { rows.reduce(0) { $0 + abs($1.error) } / Double(max(rows.count, 1)) }
    package var worst: Row? { rows.max { abs($0.error) < abs($1.error) } }
    package var isWithinTargets: Bool {
        meanError <= Self.meanTarget && abs(worst?.error ?? 100) <= Self.worstTarget
    }

    private static func measure(_ setting: Setting, root: String) throws(ScenarioError) -> Rates {
        let first = try run(setting, count: 100_000, root: root)
        let second = try run(setting, count: 300_000, root: root)
        guard let end = second.utilisation.first?.window, let start = first.utilisation.first?.window, end > start
        else { return Rates() }
        let microseconds = Double(end.picoseconds - start.picoseconds) / 1e6
        func rate(_ counter: String) -> Double {
            func value(_ result: RunResult) -> Double {
                Double(result.counters.first { $0.name == "h0.eth0.\(counter)" }?.value ?? 0)
            }
            return (value(second) - value(first)) / microseconds
        }
        return Rates(
            delivered: rate("rx_packets"), discards: rate("rx_discards_phy"), arrived: rate("rx_packets_phy"))
    }

    private static func run(_ setting: Setting, count: Int, root: String) throws(ScenarioError) -> RunResult {
        let text = """
            name: receive
            model: \(setting.device)
            hosts:
              - name: h0
                processors: \(setting.queues)
                software: { per-packet-receive: \(packetCost) }
                functions:
                  - { name: pf0, netdev: eth0, mac: "02:00:00:00:00:01", application: sink }
            traffic:
              - name: peer
                generate:
                  { sizes: 64, flows: 4096, rate: \(offered), count: \(count), destination: "02:00:00:00:00:01" }
            wires:
              - { name: w0, between: [h0.p0, peer], length: 2m }
            steps:
              - run: ethtool -G eth0 rx \(setting.ring)
              - run: ethtool -L eth0 combined \(setting.queues)
              - run: ip link set dev eth0 up
              - start: peer
              - wait: { traffic: peer }
              - wait: idle
            """
        let document = try ScenarioFile.parse(text, name: root + "/Scenarios/receive-rates.yaml")
        return try runScenario(document, options: RunOptions(writesScenarioCaptures: false))
    }

    /// What `martlet models receive` prints.
    package var text: String {
        func column(_ text: String, _ width: Int, right: Bool = true) -> String {
            let space = String(repeating: " ", count: max(0, width - text.count))
            return right ? space + text : text + space
        }
        func fixed(_ value: Double) -> String {
            let hundredths = Int((abs(value) * 100).rounded())
            return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
        }
        var lines = ["row    64-byte frames, million a second               measured    model   error"]
        for row in rows {
            let sign = row.error < 0 ? "-" : "+"
            lines.append(
                column(row.id, 7, right: false) + column(row.parameter, 46, right: false)
                    + column(fixed(row.measured), 10) + column(fixed(row.model), 9)
                    + column(sign + fixed(row.error) + " %", 9))
        }
        let found = "mean \(fixed(meanError)) %, worst \(fixed(worst?.error ?? 0)) % at \(worst?.id ?? "-")"
        let targets = "targets \(fixed(Self.meanTarget)) % and \(fixed(Self.worstTarget)) %"
        lines.append("\(rows.count) rows: \(found); \(targets)" + (isWithinTargets ? "" : "  missed"))
        return lines.joined(separator: "\n") + "\n"
    }

    /// The same for scripts.
    package var json: JSONValue {
        .object([
            "mean_percent": .number((meanError * 100).rounded() / 100), "within_targets": .flag(isWithinTargets),
            "rows": .array(
                rows.map {
                    .object([
                        "id": .string($0.id), "parameter": .string($0.parameter), "measured": .number($0.measured),
                        "model": .number(($0.model * 1000).rounded() / 1000),
                        "error_percent": .number(($0.error * 100).rounded() / 100),
                    ])
                }),
        ])
    }
}
