internal import BasicContainers
import Capture
import Driver
internal import Host
import Simulation

/// Runs a scenario from the start to its end.
///
/// The run is over when every step has ended and nothing is pending, when a step fails, or when `options.timeLimit` has
/// passed; then the hardware counters are read, as `ethtool -S` would, and the books are checked.
///
/// - Throws: what is wrong with the user's input. An expectation that is not met is no error but part of the result.
package func runScenario(
    _ document: ScenarioDocument, options: RunOptions = RunOptions(),
    progress: (RunProgress) -> Void = { _ in }
) throws(ScenarioError) -> RunResult {
    var world = try World(document, options: options)
    let session = RunSession(document: document, options: options)
    do throws(CaptureError) {
        return try session.run(&world, progress: progress)
    } catch {
        throw ScenarioError([
            Mistake(SourceLocation(file: error.file), found: error.found, expected: error.expected)
        ])
    }
}

/// One run: a world and the files and counters its captured frames go to.
private struct RunSession {
    let document: ScenarioDocument
    let options: RunOptions
    let seed: UInt64
    /// Every capture file of the run.
    let outputs: [RunOptions.Output]

    init(document: ScenarioDocument, options: RunOptions) {
        self.document = document
        self.options = options
        seed = options.seed ?? document.seed
        guard options.writesScenarioCaptures else {
            outputs = options.outputs
            return
        }
        outputs =
            options.outputs
            + document.captures.compactMap { capture in
                capture.path.map { RunOptions.Output(points: [capture.point], path: $0) }
            }
    }

    func run(_ world: inout World, progress: (RunProgress) -> Void) throws(CaptureError) -> RunResult {
        let counters = document.frameCounters
        world.medium.taps.enabledPoints = CaptureSink.wantedPoints(
            outputs: outputs, counters: counters, points: world.points)
        let busTrace = try options.busTrace.map { (path) throws(CaptureError) in try BusTraceWriter(path: path) }
        world.setBusLogs(busTrace != nil)
        let sink = CaptureSink()
        try sink.open(
            outputs: outputs, counters: counters, points: world.points, rates: world.pointRates(),
            comment: "scenario \(document.name), seed \(seed)")
        world.begin()
        let failure = try world.finish(into: sink, busTrace, limit: options.timeLimit, progress: progress)
        var result = world.report()
        result.scenario = document.name
        result.path = document.path
        result.seed = seed
        result.failure = result.failure ?? failure
        result.files = try sink.finish()
        try busTrace?.finish()
        evaluateExpectations(of: document, in: &result, counters: sink.frameCounters)
        return result
    }
}

extension World {
    /// Lets every host find its functions, and starts the script.
    package mutating func begin() {
        plugFunctions()
        queue.schedule(.script, at: queue.now)
    }

    /// Lets every host find its functions.
    mutating func plugFunctions() {
        for host in 0..<computers.count {
            for place in computers[host].functions where !place.isVirtual {
                computers[host].software.plug(
                    place.function, at: place.address, netdev: place.netdev, at: queue.now, host: &platform[host])
                collect(fromSoftwareOf: UInt8(host), at: queue.now, advancing: false)
            }
        }
    }

    /// Handles events until the scenario has ended; returns why it had to stop early, if it had.
    mutating func finish(
        into sink: CaptureSink, _ busTrace: BusTraceWriter?, limit: SimDuration, progress: (RunProgress) -> Void
    ) throws(CaptureError) -> RunResult.Failure? {
        let end = SimTime.zero + limit
        var failure: RunResult.Failure?
        var nextReport: UInt64 = 0
        while failure == nil {
            // The log of captured frames grows by no more than a large frame and some for an event.
            if !step(upTo: 32) {
                if script.isFinished { break }
                let position = script.position
                advanceScript(at: queue.now)
                if queue.isEmpty, script.position == position, !script.isFinished {
                    failure = stuck()
                }
            }
            if medium.taps.byteCount > 1 << 19 { try sink.take(from: &medium.taps) }
            try drainBusLogs(into: busTrace)
            if eventCount >= nextReport {
                nextReport = eventCount + 0x10000
                progress(progressNow)
            }
            if queue.now > end {
                failure = RunResult.Failure(
                    text: "the scenario had not ended after \(limit.picoseconds / 1_000_000_000) ms")
            }
        }
        if failure == nil { readHardwareCounters() }
        progress(progressNow)
        try sink.take(from: &medium.taps)
        try drainBusLogs(into: busTrace)
        return failure
    }

    /// Reads every interface's hardware counters, so that the report has them as they are at the end.
    mutating func readHardwareCounters() {
        for host in 0..<computers.count {
            for netdev in computers[host].software.netdevIndices {
                guard computers[host].software.isReady(netdev) else { continue }
                _ = computers[host].software.refreshStatistics(of: netdev, at: queue.now, host: &platform[host])
                collect(fromSoftwareOf: UInt8(host), at: queue.now, advancing: false)
            }
        }
        while step() {}
    }

    private func stuck() -> RunResult.Failure {
        let location = script.position < script.steps.count ? script.steps[script.position].location : nil
        return RunResult.Failure(text: "nothing is pending and the step does not end", location: location)
    }

    private var progressNow: RunProgress {
        let planned = traffic.reduce(0) { $0 + $1.plannedCount }
        return RunProgress(
            time: queue.now, eventCount: eventCount,
            endedFrames: medium.frames.delivered.frames + medium.frames.droppedTotal.frames,
            expectedFrames: planned == 0 ? nil : planned)
    }

    /// The line rate at each capture point, in bits per second; zero where there is none to tell.
    func pointRates() -> [UInt64] {
        points.map { point in links.first { $0.tap == point.point }?.rate.bitsPerSecond ?? 0 }
    }
}
