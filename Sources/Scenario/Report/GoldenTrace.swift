internal import Capture
internal import Foundation
internal import Simulation

/// What is kept of a recorded run beside its capture: how to run it again, and what it counted.
///
/// It is the file `NAME.json` beside `NAME.pcapng.zst` in a folder of golden traces.
package struct GoldenTrace: Sendable, Equatable, Codable {
    /// The version of this file's form; a file of another version is refused.
    package static let formatVersion = 1
    /// The version of Martlet.
    package static let martletVersion = "0.1"

    package var format = formatVersion
    package var martlet = martletVersion
    /// The scenario file, from the folder that holds the traces' folder.
    package var scenario: String
    package var seed: UInt64
    /// Parameters given with `--set`.
    package var settings: [String: String]
    /// Frames in the capture, and the digest of everything a comparison looks at, in hexadecimal.
    package var frames: Int
    package var digest: String
    /// Frames and bytes by capture point, traffic endpoint and drop reason.
    package var tallies: [String: UInt64]
    /// Every counter of every part.
    package var counters: [String: UInt64]
    /// The run's duration and latencies, in picoseconds.
    package var times: [String: UInt64]

    /// What `result`, whose capture holds `frames` frames with this digest, has to say.
    init(of result: RunResult, scenario: String, settings: [String: String], frames: Int, digest: UInt64) {
        self.scenario = scenario
        self.settings = settings
        seed = result.seed
        self.frames = frames
        self.digest = Self.text(ofDigest: digest)
        tallies = result.flatTallies
        counters = Dictionary(result.counters.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        times = result.flatTimes
    }

    /// Reads the file at `path`.
    ///
    /// - Throws: `ScenarioError` when it cannot be read or is not of this form.
    package init(path: String) throws(ScenarioError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Self.mistake(path, found: "no readable file", expected: "what martlet record has written")
        }
        do {
            self = try JSONDecoder().decode(GoldenTrace.self, from: data)
        } catch {
            throw Self.mistake(
                path, found: "damage (\(Self.words(of: error)))", expected: "what martlet record has written")
        }
        guard format == Self.formatVersion else {
            throw Self.mistake(path, found: "format \(format)", expected: "format \(Self.formatVersion)")
        }
    }

    /// Whether the counter `name` (`h0.eth0.ch0_poll`) counts what is done together or apart as times will have it:
    /// interrupts, polls, doorbells, completions, and with them what crosses the link.
    static func dependsOnTime(_ name: String) -> Bool {
        let parts = name.split(separator: ".")
        guard let last = parts.last else { return false }
        if parts.dropLast().last == "pcie" { return true }
        // A channel's counter is named as the sum of all, with the channel's number in front: ch0_poll, tx3_cqes.
        let words = last.split(separator: "_", maxSplits: 1)
        guard words.count == 2 else { return false }
        let unit = words[0].prefix { !$0.isNumber }
        let what = words[1].hasPrefix("queue_") ? words[1].dropFirst(6) : words[1]
        if unit == "ch" { return true }
        return unit == "tx" && ["cqes", "xmit_more", "stopped", "wake", "nop"].contains(what)
    }

    /// A digest as the file has it: 16 hexadecimal digits.
    static func text(ofDigest digest: UInt64) -> String {
        let digits = String(digest, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The file's text.
    package var text: String {
        JSONValue.object([
            "format": .integer(UInt64(format)), "martlet": .string(martlet), "scenario": .string(scenario),
            "seed": .integer(seed), "settings": .object(settings.mapValues { .string($0) }),
            "frames": .integer(UInt64(frames)), "digest": .string(digest),
            "tallies": .object(tallies.mapValues { .integer($0) }),
            "counters": .object(counters.mapValues { .integer($0) }),
            "times": .object(times.mapValues { .integer($0) }),
        ]).text + "\n"
    }

    /// The options and the document to run the scenario at `path` again, capturing to `capture`.
    func request(path: String, capture: String) throws(ScenarioError) -> (ScenarioDocument, RunOptions) {
        let request = RunRequest(
            path: path, settings: settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }, seed: seed)
        var (document, options) = try request.resolve()
        options.writesScenarioCaptures = false
        options.outputs = [RunOptions.Output(points: document.combinedPoints, path: capture)]
        return (document, options)
    }

    static func mistake(_ path: String, found: String, expected: String) -> ScenarioError {
        ScenarioError([Mistake(SourceLocation(file: path), found: found, expected: expected)])
    }

    private static func words(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "no \"\(key.stringValue)\""
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" is of another kind"
        default: "no JSON object"
        }
    }
}

extension RunResult {
    /// Frames and bytes of everything that counts them, by name.
    fileprivate var flatTallies: [String: UInt64] {
        var all: [String: UInt64] = [:]
        func add(_ name: String, _ tally: Tally) {
            all["\(name).frames"] = tally.frames
            all["\(name).bytes"] = tally.bytes
        }
        add("born", born)
        add("delivered", delivered)
        add("dropped", dropped)
        for point in points {
            add("point.\(point.name).in", point.inbound)
            add("point.\(point.name).out", point.outbound)
        }
        for item in traffic {
            add("traffic.\(item.name).sent", item.sent)
            add("traffic.\(item.name).received", item.received)
        }
        for drop in drops { add("drop.\(drop.reason)", drop.tally) }
        return all
    }

    fileprivate var flatTimes: [String: UInt64] {
        var all = ["duration": duration.picoseconds, "latency.max": latency.maximum.picoseconds]
        for (percentile, value) in zip(Latency.percentiles, latency.values) {
            all["latency.p\(percentileText(percentile))"] = value.picoseconds
        }
        return all
    }
}
