internal import BasicContainers
import Capture
internal import Host
internal import Simulation

/// The file that a bus trace is written to.
final class BusTraceWriter {
    private let lines: LineWriter

    init(path: String) throws(CaptureError) {
        lines = try LineWriter(path: path)
        try lines.append(BusTraceText.header)
    }

    func append(_ line: String) throws(CaptureError) { try lines.append(line) }

    func finish() throws(CaptureError) { try lines.finish() }
}

extension World {
    /// Starts or ends the logs of every bus.
    mutating func setBusLogs(_ isOn: Bool) {
        for index in 0..<computers.count { platform[index].log.isOn = isOn }
    }

    /// Moves what the logs hold to `writer`, in the order of time.
    mutating func drainBusLogs(into writer: BusTraceWriter?) throws(CaptureError) {
        guard let writer else { return }
        var entries: [(time: SimTime, computer: Int, entry: BusLog.Entry)] = []
        for index in 0..<computers.count where !platform[index].log.entries.isEmpty {
            entries += platform[index].log.entries.map { ($0.time, index, $0) }
            platform[index].log.removeAll()
        }
        // The sort is stable: what happens at one time in one host stays in its order.
        for (_, computer, entry) in entries.sorted(by: { $0.time < $1.time }) {
            let name = "\(computers[computer].name).\(name(of: entry.function))"
            try writer.append(BusTraceText.line(for: entry, of: name))
        }
    }
}
