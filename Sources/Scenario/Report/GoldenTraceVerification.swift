package import Capture
internal import Foundation
internal import Simulation

/// What running a golden trace's scenario again has shown.
package struct GoldenTraceVerification: Sendable {
    /// A count that is not what it was; `nil` where one side does not have it.
    package struct CountDifference: Sendable, Equatable {
        package var name: String
        package var expected: UInt64?
        package var actual: UInt64?

        package init(name: String, expected: UInt64?, actual: UInt64?) {
            self.name = name
            self.expected = expected
            self.actual = actual
        }
    }

    package var entry: GoldenTraceFolder.Entry
    /// Frames in the golden trace.
    package var frames = 0
    /// The first difference of the frames in time order.
    package var difference: TraceDifference?
    /// Counts that differ, in the order of their names.
    package var counts: [CountDifference] = []
    /// The last events of the machine up to the first difference, oldest first.
    package var events: [RunResult.EventRecord] = []
    /// What else is wrong with the new run: expectations, accounts, an early stop.
    package var failures: [String] = []

    /// Whether nothing has changed.
    package var passed: Bool { difference == nil && counts.isEmpty && failures.isEmpty }

    /// Runs the scenario of `entry` again and compares frames and counts.
    ///
    /// With a tolerance, or when times are ignored, frames, their tallies and the counters of what happened to frames
    /// are compared, but neither times nor what is done more or less often when times change
    /// (`GoldenTrace.dependsOnTime`).
    ///
    /// - Throws: `ScenarioError` when the trace is damaged or its scenario cannot be run any more.
    package static func verify(
        _ entry: GoldenTraceFolder.Entry, options: TraceComparison.Options = .init(),
        progress: (RunProgress) -> Void = { _ in }
    ) throws(ScenarioError) -> GoldenTraceVerification {
        let golden = try GoldenTrace(path: entry.describingFile)
        let scenario = GoldenTraceFolder.scenarioPath(golden.scenario, from: entry.folder)
        let temporary = NSTemporaryDirectory() + "martlet-" + UUID().uuidString + ".pcapng.zst"
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        var (document, runOptions) = try golden.request(path: scenario, capture: temporary)
        let result = try runScenario(document, options: runOptions, progress: progress)

        var verification = GoldenTraceVerification(entry: entry)
        verification.frames = golden.frames
        let expected = try GoldenTraceFolder.read(entry.captureFile)
        var actual = try GoldenTraceFolder.read(temporary)
        actual.name = "this run"
        if expected.digest != actual.digest || expected.records.count != actual.records.count {
            verification.difference = TraceComparison.firstDifference(
                expected: expected, actual: actual, options: options)
        }
        let isExact = !options.ignoresTime && options.tolerance == .zero
        let found = GoldenTrace(
            of: result, scenario: golden.scenario, settings: golden.settings, frames: actual.records.count,
            digest: actual.digest)
        verification.counts = differences(golden.tallies, found.tallies)
        verification.counts += differences(golden.counters, found.counters).filter {
            isExact || !GoldenTrace.dependsOnTime($0.name)
        }
        if isExact { verification.counts += differences(golden.times, found.times) }
        verification.failures = failures(of: result)
        let digest = GoldenTrace.text(ofDigest: expected.digest)
        if golden.digest != digest {
            verification.failures.append(
                "\(entry.describingFile): the digest is \(golden.digest), the capture beside it has \(digest)")
        }
        if let difference = verification.difference {
            runOptions.outputs = []
            runOptions.explainsUpTo = difference.time
            verification.events = try runScenario(document, options: runOptions, progress: progress).events
        }
        return verification
    }

    private static func differences(_ expected: [String: UInt64], _ actual: [String: UInt64]) -> [CountDifference] {
        Set(expected.keys).union(actual.keys).sorted().compactMap { name in
            expected[name] == actual[name]
                ? nil : CountDifference(name: name, expected: expected[name], actual: actual[name])
        }
    }

    private static func failures(of result: RunResult) -> [String] {
        var failures = result.expectations.filter { !$0.passed }.map {
            "\($0.location): not met: \($0.text), found \($0.found)"
        }
        failures += result.accounts.filter { !$0.balances }.map { "the account of \($0.name) is off: \($0.text)" }
        if let failure = result.failure {
            failures.append((failure.location.map { "\($0): " } ?? "") + "stopped: " + failure.text)
        }
        return failures
    }
}
