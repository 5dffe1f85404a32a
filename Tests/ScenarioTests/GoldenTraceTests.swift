import Capture
import Foundation
import Scenario
import Simulation
import Testing

@Suite("Golden traces")
struct GoldenTraceTests {
    private let bench: ReportWorkbench
    private let entry: GoldenTraceFolder.Entry

    init() throws {
        bench = try ReportWorkbench()
        let recorded = try GoldenTraceFolder(path: bench.traces).record(RunRequest(path: bench.scenario))
        #expect(recorded.result.passed)
        entry = recorded.entry
    }

    /// Writes the golden capture again, frame by frame as `change` wants it: `nil` leaves a frame out.
    private func rewrite(_ change: (_ number: UInt64, _ bytes: [UInt8]) -> [UInt8]?) throws {
        let points = ["w0", "h0.eth0"].enumerated().map {
            CapturePointDescription(point: TapPoint(index: UInt8($0.offset)), name: $0.element)
        }
        let copy = bench.root + "/copy.pcapng.zst"
        var reader = try PcapngReader(path: entry.captureFile)
        var writer = try PcapngWriter(path: copy, points: points)
        var log = TapLog()
        log.enabledPoints = TapPointSet([TapPoint(index: 0), TapPoint(index: 1)])
        while let packet = try reader.next() {
            guard let bytes = change(reader.packetCount, Array(packet.bytes)) else { continue }
            bytes.withUnsafeBytes {
                log.record(
                    $0, serial: packet.serial ?? 0, at: TapPoint(index: UInt8(packet.interface)),
                    packet.direction ?? .inbound, time: packet.time)
            }
        }
        try log.drain { (header, bytes) throws(CaptureError) in try writer.append(header, bytes) }
        try writer.finish()
        try FileManager.default.removeItem(atPath: entry.captureFile)
        try FileManager.default.moveItem(atPath: copy, toPath: entry.captureFile)
    }

    private func mistake(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "nothing was thrown"
        } catch { return "\(error)" }
    }

    @Test func `an unchanged scenario gives the same trace`() throws {
        let result = try GoldenTraceVerification.verify(entry)
        #expect(result.passed)
        #expect(result.frames == 80)  // Twenty frames, in and out, at two points.
        #expect(result.report == "")
        #expect(result.junit.failure == nil)
    }

    @Test func `recording twice gives the same two files`() throws {
        let before = try (
            Data(contentsOf: URL(fileURLWithPath: entry.captureFile)), bench.text(of: entry.describingFile)
        )
        let folder = GoldenTraceFolder(path: bench.traces)
        _ = try folder.record(try folder.request(toRecordAgain: entry), name: entry.name)
        let after = try (
            Data(contentsOf: URL(fileURLWithPath: entry.captureFile)), bench.text(of: entry.describingFile)
        )
        #expect(before == after)
        #expect(folder.entries.map(\.name) == ["small"])
    }

    @Test func `a counter that has changed is named`() throws {
        try bench.replace("\"h0.eth0.rx_packets\": 20", with: "\"h0.eth0.rx_packets\": 21", in: entry.describingFile)
        let result = try GoldenTraceVerification.verify(entry)
        #expect(!result.passed)
        #expect(result.difference == nil)
        #expect(result.counts == [.init(name: "h0.eth0.rx_packets", expected: 21, actual: 20)])
        #expect(result.report.contains("h0.eth0.rx_packets  21 → 20"))
        // What happened to frames does not follow the times, and is compared whatever they are.
        #expect(try !GoldenTraceVerification.verify(entry, options: .init(ignoresTime: true)).passed)
        #expect(try !GoldenTraceVerification.verify(entry, options: .init(tolerance: .microseconds(1))).passed)
    }

    @Test(arguments: ["h0.eth0.ch0_poll", "h0.eth0.tx_cqes", "h0.pcie.read_bytes"])
    func `a counter that follows the times is compared with them alone`(name: String) throws {
        let text = try bench.text(of: entry.describingFile)
        let line = try #require(text.firstRange(of: try Regex("\"\(name)\": [0-9]+")))
        try bench.replace(String(text[line]), with: "\"\(name)\": 123456789", in: entry.describingFile)
        #expect(try GoldenTraceVerification.verify(entry).counts.map(\.name) == [name])
        #expect(try GoldenTraceVerification.verify(entry, options: .init(ignoresTime: true)).passed)
        #expect(try GoldenTraceVerification.verify(entry, options: .init(tolerance: .nanoseconds(1))).passed)
    }

    @Test func `a changed byte is found with the events that led there`() throws {
        try rewrite { number, bytes in
            guard number == 7 else { return bytes }
            var changed = bytes
            changed[22] ^= 0x40  // The time to live of the IPv4 header.
            return changed
        }
        let result = try GoldenTraceVerification.verify(entry)
        let difference = try #require(result.difference)
        #expect(difference.kind == .changed)
        #expect(difference.expectedFrameNumber == 7)
        #expect(difference.fields.map(\.name).contains("ip.ttl"))
        #expect(!result.events.isEmpty)
        #expect(result.events.allSatisfy { $0.time <= difference.time })
        // In words that stay: names of the scenario, and no names of the code.
        let sources = ["h0 NIC: ", "h0 bus: ", "h0 eth0: ", "h0 0000:03:00.0: ", "w0: ", "gen0: "]
        #expect(result.events.allSatisfy { event in sources.contains { event.text.hasPrefix($0) } })
        #expect(result.events.allSatisfy { !$0.text.contains("(") && !$0.text.contains("gen0: gen") })
        #expect(result.report.contains("the events of the machine that led there"))
    }

    @Test func `a frame that the golden trace lacks is extra`() throws {
        try rewrite { number, bytes in number == 9 ? nil : bytes }
        let result = try GoldenTraceVerification.verify(entry)
        #expect(result.difference?.kind == .extra)
        #expect(result.difference?.actualFrameNumber == 9)
    }

    @Test func `a slower host is a difference in time alone`() throws {
        try bench.replace(
            "  - name: h0\n", with: "  - name: h0\n    software: { per-packet-receive: 61ns }\n", in: bench.scenario)
        #expect(try GoldenTraceVerification.verify(entry).difference?.fields.first?.name == "time")
        #expect(try GoldenTraceVerification.verify(entry, options: .init(ignoresTime: true)).passed)
        #expect(try GoldenTraceVerification.verify(entry, options: .init(tolerance: .microseconds(1))).passed)
        #expect(try !GoldenTraceVerification.verify(entry, options: .init(tolerance: .picoseconds(10))).passed)
    }

    @Test func `a run that misses its expectation is not recorded`() throws {
        let before = try bench.text(of: entry.describingFile)
        let request = RunRequest(path: bench.scenario, settings: ["count=19"])
        let recorded = try GoldenTraceFolder(path: bench.traces).record(request)
        #expect(!recorded.result.passed)
        #expect(try bench.text(of: entry.describingFile) == before)
    }

    @Test func `a damaged or incomplete golden trace is the user's mistake`() throws {
        let file = entry.captureFile
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        try data.prefix(200).write(to: URL(fileURLWithPath: file))
        #expect(mistake { _ = try GoldenTraceVerification.verify(entry) }.hasPrefix("\(file): error: found "))
        try data.write(to: URL(fileURLWithPath: file))
        try FileManager.default.removeItem(atPath: bench.scenario)
        #expect(
            mistake { _ = try GoldenTraceVerification.verify(entry) }
                .contains("small.yaml: error: found no file that can be read"))
        try "{}".write(toFile: entry.describingFile, atomically: true, encoding: .utf8)
        #expect(mistake { _ = try GoldenTraceVerification.verify(entry) }.contains("found damage (no \"format\")"))
        #expect(mistake { _ = try GoldenTraceFolder.entries(at: [bench.root]) }.contains("found no golden trace"))
    }
}
