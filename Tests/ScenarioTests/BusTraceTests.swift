import Foundation
import Scenario
import Testing

@Suite struct BusTraceTests {
    private let bench: ReportWorkbench
    private var path: String { bench.root + "/bus.txt" }

    init() throws { bench = try ReportWorkbench() }

    private func trace(to path: String, settings: [String] = []) throws -> [String] {
        var request = RunRequest(path: bench.scenario, settings: settings)
        request.busTrace = path
        let (document, options) = try request.resolve()
        #expect(try runScenario(document, options: options).failure == nil)
        guard !path.hasSuffix(".zst") else { return [] }
        return try bench.text(of: path).split(separator: "\n").map(String.init)
    }

    private func printed(_ path: String, kinds: [String] = [], limit: Int? = nil) throws -> [String] {
        var lines: [String] = []
        try BusTraceListing(path: path, kinds: kinds, function: nil, limit: limit).print { lines.append($0) }
        return lines
    }

    @Test func `a trace tells of every kind, in the order of time`() throws {
        let lines = try trace(to: path)
        #expect(lines.first == "# martlet bus trace 1")
        let words = lines.dropFirst().map { $0.split(separator: " ").map(String.init) }
        #expect(words.allSatisfy { $0[1] == "h0.pf0" })
        #expect(Set(words.map { $0[2] }) == Set(BusTraceText.kinds).subtracting(["fault"]))
        // Twelve decimals: times compare as text.
        #expect(zip(words, words.dropFirst()).filter { $0[0] > $1[0] }.count < words.count / 10)
        // What a driver reads first is who the function is: vendor 15b3, device 101d.
        #expect(lines[1].hasSuffix("h0.pf0 config-read 0x0 4 tag 1"))
        #expect(lines[2].hasSuffix("h0.pf0 answer tag 1 = 0x101d15b3"))
    }

    @Test func `commands, entries and completions are named`() throws {
        _ = try trace(to: path)
        let commands = try printed(path, kinds: ["command"])
        #expect(commands.first?.contains(" command ENABLE_HCA (0x104) modifier 0 ") == true)
        #expect(commands.contains { $0.contains(" CREATE_SQ (0x904) ") && $0.hasSuffix(" status 0x0") })
        let sends = try printed(path, kinds: ["send-entry"]).filter { $0.contains(" send segments 3 ") }
        #expect(sends.count == 20)
        #expect(sends.allSatisfy { $0.contains(" data 60 at 0x") })
        let received = try printed(path, kinds: ["completion"]).filter { $0.contains(" bytes 60 ") }
        #expect(received.count == 20)
        #expect(received.allSatisfy { $0.contains(" l2 ok l3 ipv4 ok l4 udp ok ") })
        #expect(try printed(path, kinds: ["doorbell"], limit: 1).first?.hasSuffix(" doorbell commands 0x1") == true)
    }

    @Test func `two runs have one trace, compressed or not; a longer one differs where it goes on`() throws {
        _ = try trace(to: path)
        let packed = bench.root + "/bus.zst"
        _ = try trace(to: packed)
        #expect(try BusTraceListing.isBusTrace(path: packed))
        let listing = try BusTraceListing(path: path, kinds: [], function: nil, limit: nil)
        #expect(try listing.compare(with: packed, ignoringTime: false) { _ in })
        let longer = bench.root + "/longer.txt"
        _ = try trace(to: longer, settings: ["count=21"])
        var report: [String] = []
        let sends = try BusTraceListing(path: path, kinds: ["send-entry"], function: nil, limit: nil)
        #expect(try !sends.compare(with: longer, ignoringTime: true) { report.append($0) })
        #expect(report.first?.hasPrefix("different from line ") == true)
        #expect(report.count == 8)
        #expect(report.last?.hasPrefix("  > ") == true && report.last?.contains(" send segments 3 ") == true)
    }

    @Test func `a kind that there is not, and a file that is no trace, are refused`() throws {
        _ = try trace(to: path)
        #expect(throws: ScenarioError.self) {
            try BusTraceListing(path: path, kinds: ["comand"], function: nil, limit: nil)
        }
        #expect(try !BusTraceListing.isBusTrace(path: bench.scenario))
    }
}
