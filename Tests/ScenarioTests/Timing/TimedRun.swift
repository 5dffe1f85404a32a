import Capture
import Foundation
import Scenario
import Simulation
import Testing

/// A run of a scenario, and when its frames passed and what crossed its buses.
struct TimedRun {
    let result: RunResult
    /// When frames passed each point, in nanoseconds.
    private(set) var times: [String: [UInt64]] = [:]
    /// What crossed the buses: time in picoseconds, function, and what it was.
    private(set) var bus: [(time: UInt64, function: String, what: String)] = []

    /// Runs the scenario `text` with frames captured at `points`, which it has to name.
    init(_ text: String, points: [String] = [], tracesBus: Bool = false) throws {
        let folder = NSTemporaryDirectory() + "martlet-timing-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var options = RunOptions()
        options.outputs = points.map { RunOptions.Output(points: [$0], path: "\(folder)/\($0).pcapng") }
        if tracesBus { options.busTrace = folder + "/bus.txt" }
        result = try runScenario(ScenarioFile.parse(text, name: "timing.yaml"), options: options)
        #expect(result.failure == nil)
        for point in points {
            var reader = try CaptureReader(path: "\(folder)/\(point).pcapng")
            while let frame = try reader.next() { times[point, default: []].append(frame.timestampNanoseconds) }
        }
        guard tracesBus else { return }
        let text = try String(contentsOfFile: folder + "/bus.txt", encoding: .utf8)
        for line in text.split(separator: "\n").dropFirst() {
            let words = line.split(separator: " ", maxSplits: 2)
            let digits = words[0].filter { $0 != "." }
            bus.append((UInt64(digits) ?? 0, String(words[1]), String(words[2])))
        }
    }

    /// Frames a second at `point`, from the first to the last.
    func rate(at point: String) -> Double {
        guard let times = times[point], times.count > 1, let first = times.first, let last = times.last else {
            return 0
        }
        return Double(times.count - 1) / Double(last - first) * 1e9
    }

    /// How long each frame took from `first` to `second`, ascending, in nanoseconds: frames keep their order.
    func latencies(from first: String, to second: String) -> [UInt64] {
        zip(times[first] ?? [], times[second] ?? []).map { $1 - $0 }.sorted()
    }

    func counter(_ name: String) -> UInt64 { result.counters.first { $0.name == name }?.value ?? 0 }

    /// A host with two functions, one at each port of `model`, each with a sink at the other end of its wire.
    static func twoPorts(
        model: String = "connectx-6dx", pcie: String = "", software: String = "", first: String, second: String,
        far: String = "", steps: [String]
    ) -> String {
        let file = "\(FileMistakeTests.projectFolder)Models/\(model).yaml"
        let host = software.isEmpty ? "" : "\n    software: { \(software) }"
        let base = pcie.isEmpty ? file : "{ base: \(file), pcie: { \(pcie), source: test } }"
        return """
            name: timing
            model: \(base)
            hosts:
              - name: h0\(host)
                processors: 16
                functions:
                  - { name: pf0, port: 0, netdev: eth0, mac: "02:00:00:00:00:01", application: \(first) }
                  - { name: pf1, port: 1, netdev: eth1, mac: "02:00:00:00:00:03", application: \(second) }
            traffic:
              - { name: s0, \(far.isEmpty ? "sink: {}" : far) }
              - { name: s1, sink: {} }
            wires:
              - { name: w0, between: [h0.p0, s0], length: 1m }
              - { name: w1, between: [h0.p1, s1], length: 1m }
            captures: [w0, w1, h0.eth1]
            steps:
            \(steps.map { "  - \($0)" }.joined(separator: "\n"))
            """
    }
}
