package import Simulation

/// A run's summary as text that fits a terminal.
package struct SummaryText {
    /// Columns that no line exceeds, lines of the user's own words apart.
    private static let width = 96
    private static let barWidth = 28

    private let result: RunResult
    private let style: Style
    private var lines: [String] = []

    /// How much is said, and whether colours help to say it.
    package struct Style: Sendable {
        package var usesColor: Bool
        /// Also what the scenario's commands printed.
        package var listsOutputs: Bool
        /// Also every account, and the last events of the machine.
        package var explains: Bool

        package init(usesColor: Bool = false, listsOutputs: Bool = false, explains: Bool = false) {
            self.usesColor = usesColor
            self.listsOutputs = listsOutputs
            self.explains = explains
        }
    }

    /// The summary of `result`, with a final newline.
    package static func text(of result: RunResult, style: Style = Style()) -> String {
        var summary = SummaryText(result: result, style: style)
        summary.write()
        return summary.lines.map { $0 + "\n" }.joined()
    }

    private init(result: RunResult, style: Style) {
        self.result = result
        self.style = style
    }

    private mutating func write() {
        if style.listsOutputs { writeOutputs() }
        lines.append(
            "\(result.scenario), seed \(result.seed): \(result.duration.text) simulated, "
                + "\(grouped(result.eventCount)) events")
        if let live = result.live { writeLive(live) }
        writePoints()
        writeDrops()
        writeLatency()
        writeStages()
        writeUtilisation()
        writeExpectations()
        writeAccounts()
        if style.explains { writeEvents() }
        writeFiles()
        if let failure = result.failure {
            let place = failure.location.map { "\($0): " } ?? ""
            lines += ["", red("stopped: ") + place + failure.text]
        }
        lines += ["", result.passed ? green("passed") : red("FAILED")]
    }

    private mutating func writeOutputs() {
        for output in result.outputs {
            lines.append(bold("\(output.host)$ \(output.command)") + "   # at \((output.time - .zero).text)")
            let text = output.text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
            lines += output.text.isEmpty ? [] : text.last == "  " ? text.dropLast() : text
        }
        if !result.outputs.isEmpty { lines.append("") }
    }

    private mutating func writeLive(_ live: RunResult.Live) {
        lines += [
            "", bold("real time") + "  at most \(live.behind.text) behind, \(live.ahead.text) ahead after a read",
        ]
        for function in live.functions {
            var parts = [
                "\(grouped(function.clients)) clients", "\(grouped(function.messages)) messages",
                "\(grouped(function.interrupts)) interrupts",
            ]
            let rare: [(UInt64, String)] = [
                (function.refused, "refused"), (function.lostInterrupts, "interrupts without a descriptor"),
                (function.faults, "memory faults"), (function.memoryMessages, "memory accesses by message"),
            ]
            parts += rare.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
            lines.append("  \(function.path): " + parts.joined(separator: ", "))
        }
        for tap in live.taps {
            lines.append("  \(tap.name): \(grouped(tap.refused)) not taken, \(grouped(tap.oversize)) too long")
        }
        if live.lostPages > 0 { lines.append("  \(grouped(live.lostPages)) pages of memory taken away while mapped") }
    }

    private mutating func writePoints() {
        guard !result.points.isEmpty else { return }
        let nameWidth = min(max(12, (result.points.map(\.name.count).max() ?? 0) + 2), 26)
        lines.append("")
        lines.append(
            bold(
                padded("captured at", nameWidth) + padded("frames in", 13, right: true)
                    + padded("bytes in", 18, right: true) + padded("frames out", 14, right: true)
                    + padded("bytes out", 18, right: true)))
        for point in result.points {
            lines.append(
                padded(clipped(point.name, nameWidth - 1), nameWidth)
                    + padded(grouped(point.inbound.frames), 13, right: true)
                    + padded(grouped(point.inbound.bytes), 18, right: true)
                    + padded(grouped(point.outbound.frames), 14, right: true)
                    + padded(grouped(point.outbound.bytes), 18, right: true))
        }
    }

    private mutating func writeDrops() {
        lines.append("")
        lines.append(
            bold("frames") + "  born \(grouped(result.born.frames)), delivered \(grouped(result.delivered.frames)), "
                + "dropped \(grouped(result.dropped.frames))")
        for drop in result.drops {
            lines.append(
                "  " + padded(grouped(drop.tally.frames), 12, right: true) + " frames "
                    + padded(grouped(drop.tally.bytes), 15, right: true) + " bytes   \(drop.reason.description)")
        }
    }

    private mutating func writeLatency() {
        let latency = result.latency
        guard latency.count > 0 else { return }
        var parts = zip(RunResult.Latency.percentiles, latency.values).map {
            "p\(percentileText($0)) \($1.text)"
        }
        parts.append("max \(latency.maximum.text)")
        lines += ["", bold("latency") + " " + parts.joined(separator: "  ")]
    }

    private mutating func writeStages() {
        let total = result.stages.reduce(UInt64(0)) { $0 + $1.time.picoseconds }
        guard total > 0 else { return }
        lines += ["", bold("where the median packet's time goes")]
        for share in result.stages where share.time > .zero {
            let thousandths = (share.time.picoseconds * 1000 + total / 2) / total
            let bar = String(repeating: "█", count: Int((thousandths * UInt64(Self.barWidth) + 500) / 1000))
            lines.append(
                "  " + padded(share.stage.title, 32) + padded(share.time.text, 12, right: true)
                    + padded(decimal(thousandths * 100, decimals: 1), 7, right: true) + " %  " + bar)
        }
    }

    /// The busiest parts, and whether one of them limited the run.
    private mutating func writeUtilisation() {
        let busiest = result.utilisation.prefix(4)
        guard !busiest.isEmpty else { return }
        let limit = result.bottleneck.map { "limited by \($0.name)" } ?? "nothing was busy all of the time"
        lines += ["", bold("what was busiest") + "  \(limit)"]
        for part in busiest {
            let bar = String(repeating: "█", count: Int((part.share * UInt64(Self.barWidth) + 500) / 1000))
            lines.append(
                "  " + padded(clipped(part.name, 42), 44)
                    + padded(decimal(part.share * 100, decimals: 1), 7, right: true) + " %  " + bar)
        }
    }

    private mutating func writeExpectations() {
        guard !result.expectations.isEmpty else { return }
        let missed = result.expectations.filter { !$0.passed }.count
        let count = missed == 0 ? "all met" : "\(missed) of \(result.expectations.count) not met"
        lines += ["", bold("expectations") + " \(count)"]
        for verdict in result.expectations {
            if verdict.passed {
                lines.append("  " + green("met     ") + clipped(verdict.text, Self.width - 10))
            } else {
                lines.append("  " + red("NOT MET ") + verdict.text)
                lines.append("          found \(verdict.found)   (\(verdict.location))")
            }
        }
    }

    private mutating func writeAccounts() {
        let wrong = result.accounts.filter { !$0.balances }
        guard !result.accounts.isEmpty else { return }
        lines += ["", bold("accounts") + (wrong.isEmpty ? " the books balance" : " \(wrong.count) off")]
        for account in style.explains ? result.accounts : wrong {
            let mark = account.balances ? green("balances ") : red("OFF      ")
            lines.append("  " + mark + "\(account.name): \(account.text)")
        }
    }

    private mutating func writeEvents() {
        guard !result.events.isEmpty else { return }
        lines += ["", bold("the last events of the machine")]
        lines += result.events.map { "  \($0.line)" }
    }

    private mutating func writeFiles() {
        guard !result.files.isEmpty else { return }
        lines += ["", bold("written")]
        lines += result.files.map { "  \($0.path): \(grouped($0.frames)) frames" }
    }

    private func green(_ text: String) -> String { colored(text, "32") }
    private func red(_ text: String) -> String { colored(text, "1;31") }
    private func bold(_ text: String) -> String { colored(text, "1") }
    private func colored(_ text: String, _ code: String) -> String {
        style.usesColor ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}

extension Stage {
    /// The stage in words, for a table.
    package var title: String {
        switch self {
        case .software: "host software"
        case .doorbell: "doorbell until the first fetch"
        case .descriptorFetch: "reading work queue entries"
        case .dataFetch: "reading the frame from memory"
        case .sendPipeline: "send pipeline"
        case .fabric: "embedded switch"
        case .port: "port: queueing, serialisation"
        case .wire: "wire: propagation"
        case .receivePipeline: "receive pipeline"
        case .dataWrite: "writing frame and completion"
        case .notification: "completion until software sees it"
        }
    }
}
