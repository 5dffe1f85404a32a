internal import CAllocator
import Foundation
package import Scenario
import Simulation

/// What many functions cost: subfunctions, each with a netdev that is up and has sent a frame and received one.
package struct FunctionsBenchmark: Sendable {
    /// Subfunctions that exist at one time.
    package var count = 0
    /// Bytes that one that is allocated and not used holds, with what its manager's driver keeps for it.
    package var idleByteCount: UInt64 = 0
    /// The most memory that the process has held, in bytes.
    package var peakByteCount: UInt64 = 0
    /// Processor time to create one with all that belongs to it, until its frame is back; and to delete it again.
    package var createMicroseconds = 0.0
    package var destroyMicroseconds = 0.0

    /// Measures `count` subfunctions.
    ///
    /// - Parameter root: the folder that holds the folder `Models`.
    package static func run(count: Int = 4096, root: String = ".") throws(ScenarioError) -> FunctionsBenchmark {
        var benchmark = FunctionsBenchmark(count: count)
        let none = try measure(allocation(count: count, isRefused: true), frames: 0, root: root)
        let idle = try measure(allocation(count: count), frames: 0, root: root)
        benchmark.idleByteCount = (idle.used - min(none.used, idle.used)) / UInt64(max(count, 1))
        let whole = try measure(life(count: count), frames: count, root: root)
        benchmark.createMicroseconds = whole.halfway * 1e6 / Double(count)
        benchmark.destroyMicroseconds = (whole.seconds - whole.halfway) * 1e6 / Double(count)
        var usage = rusage()
        getrusage(0, &usage)  // 0: RUSAGE_SELF, which has another type on each platform.
        benchmark.peakByteCount = UInt64(usage.ru_maxrss) * 1024
        return benchmark
    }

    /// What `martlet bench functions --json` prints.
    package var json: JSONValue {
        .object([
            "count": .integer(UInt64(count)), "idle_bytes": .integer(idleByteCount),
            "peak_bytes": .integer(peakByteCount),
            "create_us": .number((createMicroseconds * 10).rounded() / 10),
            "destroy_us": .number((destroyMicroseconds * 10).rounded() / 10),
        ])
    }

    /// The same for people.
    package var text: String {
        """
        functions: \(count) subfunctions, each with a netdev that is up and has sent and received
          idle function          \(idleByteCount) bytes
          peak memory            \(peakByteCount >> 20) MiB
          creating one           \((createMicroseconds * 10).rounded() / 10) us
          destroying one         \((destroyMicroseconds * 10).rounded() / 10) us

        """
    }

    // MARK: Scenarios

    /// Subfunctions that are added and left alone, or as many commands that are refused: what the scenario itself holds.
    private static func allocation(count: Int, isRefused: Bool = false) -> String {
        let physical = isRefused ? 1 : 0
        let outcome = isRefused ? ", fails: pfnum" : ""
        return head(count: count) + """

              - repeat:
                  { count: \(count), from: 32768, as: i, steps: [
                    { run: "devlink port add pci/0000:03:00.0 flavour pcisf pfnum \(physical) sfnum ${i}"\(outcome) } ] }
              - wait: idle
            """
    }

    /// Subfunctions that are added, brought up and deleted; each sends a frame that a reflector sends back.
    private static func life(count: Int) -> String {
        head(count: count) + """

              - repeat:
                  { count: \(count), from: 32768, as: i, steps: [
                    { run: "devlink port add pci/0000:03:00.0 flavour pcisf pfnum 0 sfnum ${i}" },
                    { run: "devlink port function set pci/0000:03:00.0/${i} state active" },
                    { wait: idle },
                    { run: "ip link set dev eth0s${i} up" },
                    { wait: idle },
                    { start: "h0.eth0s${i}" } ] }
              - wait: idle
              - repeat:
                  { count: \(count), from: 32768, as: i, steps: [
                    { run: "devlink port del pci/0000:03:00.0/${i}" } ] }
              - wait: idle
            """
    }

    private static func head(count: Int) -> String {
        """
        name: functions
        description: Subfunctions come, send and receive a frame, and go
        model: { base: connectx-6dx, source: assumed, functions: { subfunctions: \(count) } }
        hosts:
          - name: h0
            memory: 16GiB
            functions:
              - { name: pf0, netdev: eth0, mac: "02:00:00:00:00:01", sfs: \(count) }
            applications:
              "eth0s*": { generate: { sizes: 64, count: 1, destination: "02:00:00:00:00:02" } }
        traffic:
          - { name: mirror, reflect: {} }
        wires:
          - { name: w0, between: [h0.p0, mirror], length: 1m }
        steps:
          - run: ip link set dev eth0 up
        """
    }

    // MARK: Measuring

    private struct Measurement {
        /// Seconds of processor time of the whole run, and until every frame had come back.
        var seconds = 0.0
        var halfway = 0.0
        /// The most bytes that were allocated for it at a time.
        var used: UInt64 = 0
    }

    private static func measure(_ text: String, frames: Int, root: String) throws(ScenarioError) -> Measurement {
        let document = try ScenarioFile.parse(text, name: root + "/Scenarios/functions.yaml")
        var measurement = Measurement()
        let before = allocatedByteCount
        let start = processorTime()
        let result = try runScenario(document, options: RunOptions(writesScenarioCaptures: false)) { progress in
            // A frame ends once: where it came from, as the reflector sends it back.
            if measurement.halfway == 0, frames > 0, progress.endedFrames >= UInt64(frames) {
                measurement.halfway = processorTime() - start
            }
            measurement.used = max(measurement.used, allocatedByteCount - min(allocatedByteCount, before))
        }
        measurement.seconds = processorTime() - start
        guard result.failure == nil, result.delivered.frames >= UInt64(frames) else {
            let found = result.failure?.text ?? "\(result.delivered.frames) of \(frames) frames delivered"
            throw ScenarioError([Mistake(SourceLocation(file: "functions"), found: found, expected: "all of them")])
        }
        return measurement
    }

    /// Bytes that the process has allocated and not freed.
    private static var allocatedByteCount: UInt64 { UInt64(martlet_allocated_bytes()) }

    /// Seconds of processor time that the process has used.
    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
