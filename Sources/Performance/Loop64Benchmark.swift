import Foundation
package import Scenario
import Simulation

/// How many 64-byte frames a second the whole machine carries: transmit queue, wire and receive queue, with a driver at
/// both ends.
package struct Loop64Benchmark: Sendable {
    /// Frames that arrived in a second of processor time, in the steady part of a run without a capture.
    package var framesPerSecond = 0.0
    /// The same while every frame on the wire is captured to a pcapng file.
    package var withCapture = 0.0
    /// Calls of the allocator for each frame of the steady part; `nil` unless the counter that `Tools/bench` preloads
    /// is there.
    package var allocationsPerFrame: Double?
    /// The most memory that the process has held, in bytes.
    package var peakByteCount: UInt64 = 0

    /// Measures runs of `frames` frames.
    ///
    /// - Parameter root: the folder that holds the folder `Models`.
    package static func run(frames: Int = 2_000_000, root: String = ".") throws(ScenarioError) -> Loop64Benchmark {
        var benchmark = Loop64Benchmark()
        let plain = try measure(frames: frames, root: root, capture: nil)
        benchmark.framesPerSecond = plain.rate
        benchmark.allocationsPerFrame = plain.allocationsPerFrame
        let file = NSTemporaryDirectory() + "martlet-loop64-\(getpid()).pcapng"
        defer { try? FileManager.default.removeItem(atPath: file) }
        benchmark.withCapture = try measure(frames: frames / 2, root: root, capture: file).rate
        var usage = rusage()
        getrusage(0, &usage)  // 0: RUSAGE_SELF, which has another type on each platform.
        benchmark.peakByteCount = UInt64(usage.ru_maxrss) * 1024
        return benchmark
    }

    /// What `martlet bench loop64 --json` prints.
    package var json: JSONValue {
        .object([
            "frames_per_second": .number(framesPerSecond.rounded()), "with_capture": .number(withCapture.rounded()),
            "allocations_per_frame": allocationsPerFrame.map { .number($0) } ?? .null,
            "peak_bytes": .integer(peakByteCount),
        ])
    }

    /// The same for people.
    package var text: String {
        func millions(_ rate: Double) -> String { "\((rate / 10_000).rounded() / 100) million frames/s" }
        let allocations = allocationsPerFrame.map { "\($0)" } ?? "not counted (Tools/bench does)"
        return """
            loop64: 64-byte frames through transmit queue, wire and receive queue, one core
              without capture        \(millions(framesPerSecond))
              with pcapng            \(millions(withCapture))
              allocations per frame  \(allocations)
              peak memory            \(peakByteCount >> 20) MiB

            """
    }

    /// The scenario: two ports joined by a wire, a generator on one and a sink on the other; the wire may be captured.
    ///
    /// The receiver is a little faster than the sender, so that no frame is lost and every frame takes the whole way.
    static func scenario(frames: Int) -> String {
        """
        name: loop64
        description: 64-byte frames through transmit queue, wire and receive queue
        model: connectx-6dx
        hosts:
          - name: h0
            software: { per-packet-receive: 40ns }
            functions:
              - name: pf0
                port: 0
                netdev: eth0
                mac: "02:00:00:00:00:01"
                application:
                  generate: { sizes: 64, flows: 64, rate: line, count: \(frames), destination: "02:00:00:00:00:02" }
              - { name: pf1, port: 1, netdev: eth1, mac: "02:00:00:00:00:02", application: sink }
        wires:
          - { name: w0, between: [h0.p0, h0.p1], length: 2m }
        captures: [w0]
        steps:
          - run: ip link set dev eth1 up
          - run: ip link set dev eth0 up
          - start: h0.eth0
          - wait: { traffic: h0.eth0 }
          - wait: idle
        """
    }

    private struct Measurement {
        var rate = 0.0
        var allocationsPerFrame: Double?
    }

    /// Where a run was at a moment.
    private struct Mark {
        var frames: UInt64
        var seconds: Double
        var allocations: UInt64
    }

    private static func measure(
        frames: Int, root: String, capture: String?
    ) throws(ScenarioError) -> Measurement {
        let document = try ScenarioFile.parse(scenario(frames: frames), name: root + "/Scenarios/loop64.yaml")
        var options = RunOptions(writesScenarioCaptures: false)
        if let capture { options.outputs = [RunOptions.Output(points: document.combinedPoints, path: capture)] }
        let counter = AllocationCounter()
        var first: Mark?
        var last: Mark?
        // The steady part begins when a quarter of the frames is through: rings, pools and caches have their size.
        let result = try runScenario(document, options: options) { progress in
            guard progress.endedFrames >= UInt64(frames / 4) else { return }
            let mark = Mark(frames: progress.endedFrames, seconds: processorTime(), allocations: counter.count)
            if first == nil { first = mark } else { last = mark }
        }
        guard result.failure == nil, result.delivered.frames == UInt64(frames) else {
            let found = result.failure?.text ?? "\(result.delivered.frames) of \(frames) frames delivered"
            throw ScenarioError([Mistake(SourceLocation(file: "loop64"), found: found, expected: "all of them")])
        }
        guard let first, let last, last.frames > first.frames, last.seconds > first.seconds else {
            return Measurement()
        }
        let passed = Double(last.frames - first.frames)
        return Measurement(
            rate: passed / (last.seconds - first.seconds),
            allocationsPerFrame: counter.isPresent ? Double(last.allocations - first.allocations) / passed : nil)
    }

    /// Seconds of processor time that the process has used.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// The counter of allocations that `Benchmarks/allocations/count.c` exports when it is preloaded.
private struct AllocationCounter {
    private let function: (@convention(c) () -> UInt64)?

    init() {
        let symbol = dlsym(dlopen(nil, RTLD_NOW), "martlet_allocation_count")
        function = symbol.map { unsafeBitCast($0, to: (@convention(c) () -> UInt64).self) }
    }

    var isPresent: Bool { function != nil }
    var count: UInt64 { function?() ?? 0 }
}
