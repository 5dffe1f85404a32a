import Capture
import Foundation
import Simulation
import Testing

@Suite struct PcapngWriterTests {
    @Test func twoFramesMakeTheBytesTypedFromTheFormat() throws {
        let bench = try Workbench()
        try writePcapng(
            [
                Sample(picoseconds: 5_000_000_123_456, serial: 9, bytes: [1, 2, 3, 4, 5]),
                Sample(
                    picoseconds: 6_000_000_124_000, direction: .outbound, serial: 10, bytes: [6, 7, 8, 9],
                    dropped: .portDown),
            ], to: bench.path("two.pcapng"), points: [uplink])
        let section = """
            0a0d0d0a 3c000000 4d3c2b1a 0100 0000 ffffffffffffffff
            0100 0600 73656564 2037 0000  0400 0b00 6d6172746c657420302e3100  00000000 3c000000
            """
        let interface = """
            01000000 38000000 0100 0000 00000400
            0200 0600 75706c696e6b 0000  0300 0800 7468652077697265  0900 0100 09 000000  00000000 38000000
            """
        // 5,000,000,123 ns = 0x1_2a05_f27b, and 456 ps below them.
        let first = """
            06000000 4c000000 00000000 01000000 7bf2052a 05000000 05000000 0102030405 000000
            0200 0400 01000000  0500 0800 0900000000000000  ad0b 0800 d97e0000 c8010000  00000000 4c000000
            """
        // 6,000,000,124 ns = 0x1_65a0_bc7c; "dropped: port is down" is 21 bytes.
        let second = """
            06000000 58000000 00000000 01000000 7cbca065 04000000 04000000 06070809
            0100 1500 64726f707065643a20706f727420697320646f776e 000000
            0200 0400 02000000  0500 0800 0a00000000000000  00000000 58000000
            """
        let statistics = """
            05000000 34000000 00000000 01000000 7cbca065
            0400 0800 0200000000000000  0500 0800 0100000000000000  00000000 34000000
            """
        #expect(try bench.bytes("two.pcapng") == hex(section + interface + first + second + statistics))
    }

    @Test(.enabled(if: Workbench.hasTshark, "skipped: tshark is not installed"))
    func tsharkShowsPointsTimesDirectionsNumbersAndComments() throws {
        let bench = try Workbench()
        var samples = tenSamples()
        samples[3].dropped = .steeringMiss
        samples[9].picoseconds = 3_600_123_456_789_987
        try writePcapng(samples, to: bench.path("ten.pcapng"))
        let shown = try Workbench.run(
            "tshark",
            ["-r", bench.path("ten.pcapng"), "-T", "fields", "-E", "separator=|"]
                + ["frame.interface_name", "frame.time_epoch", "frame.packet_flags_direction", "frame.packet_id"]
                .flatMap { ["-e", $0] } + ["-e", "frame.comment", "-e", "frame.len"])
        let lines = shown.output.split(separator: "\n")
        #expect(shown.code == 0)
        #expect(lines.count == 10)
        #expect(lines.first == "uplink|0.000000001|0x00000001|1||54")
        #expect(lines.dropFirst(3).first == "pf0|0.000000004|0x00000002|4|dropped: no flow table entry matches|54")
        #expect(lines.last == "pf0|3600.123456789|0x00000002|10||54")
    }

    @Test(.enabled(if: Workbench.hasTshark, "skipped: capinfos is not installed"))
    func capinfosAgreesWithTheCounts() throws {
        let bench = try Workbench()
        try writePcapng(Array(tenSamples().prefix(7)), to: bench.path("seven.pcapng"))
        let output = try Workbench.run("capinfos", [bench.path("seven.pcapng")]).output
        #expect(output.contains("Number of packets:   7"))
        #expect(output.contains("Data size:           378 bytes"))
        #expect(output.contains("Name = uplink"))
        #expect(output.contains("Number of packets = 4"))
        #expect(output.contains("Number of packets = 3"))
        #expect(output.contains("Strict time order:   True"))
        #expect(output.contains("Capture application: martlet 0.1"))
    }

    @Test func aSnapshotLengthCutsFramesAndKeepsTheirLength() throws {
        let bench = try Workbench()
        try writePcapng(tenSamples(), to: bench.path("cut.pcapng"), snapshotByteCount: 21)
        var reader = try PcapngReader(path: bench.path("cut.pcapng"))
        let packet = try #require(try reader.next())
        #expect(packet.bytes.count == 21)
        #expect(packet.originalByteCount == 54)
    }

    @Test func ourReaderGivesBackEverythingToThePicosecond() throws {
        let bench = try Workbench()
        var samples = tenSamples()
        samples[4].dropped = .outOfReceiveBuffers
        try writePcapng(samples, to: bench.path("ten.pcapng.zst"))
        var reader = try PcapngReader(path: bench.path("ten.pcapng.zst"))
        for sample in samples {
            let packet = try #require(try reader.next())
            #expect(packet.time.picoseconds == sample.picoseconds)
            #expect(packet.direction == sample.direction)
            #expect(packet.serial == sample.serial)
            #expect(packet.interface == (sample.point == 0 ? 0 : 1))
            #expect(packet.comment == sample.dropped.map { "dropped: \($0.description)" })
            #expect(Array(packet.bytes) == sample.bytes)
        }
        #expect(try reader.next() == nil)
        #expect(reader.interfaces.map(\.name) == ["uplink", "pf0"])
        #expect(reader.interfaces.map(\.receivedCount) == [5, 5])
        #expect(reader.interfaces.map(\.droppedCount) == [1, 0])
        #expect(reader.comment == "seed 7")
        #expect(reader.application == "martlet 0.1")
    }

    @Test(.enabled(if: Workbench.hasZstd, "skipped: zstd is not installed"))
    func zstdAcceptsTheCompressedFileAndFindsThePlainOneInIt() throws {
        let bench = try Workbench()
        let samples = (0..<40).flatMap { _ in tenSamples() }
        try writePcapng(samples, to: bench.path("a.pcapng"))
        try writePcapng(samples, to: bench.path("b.pcapng.zst"))
        try writePcapng(samples, to: bench.path("c.pcapng.zst"))
        #expect(try Workbench.run("zstd", ["-t", bench.path("b.pcapng.zst")]).code == 0)
        #expect(try Workbench.run("zstd", ["-d", bench.path("b.pcapng.zst")]).code == 0)
        #expect(try bench.bytes("a.pcapng") == bench.bytes("b.pcapng"))
        #expect(try bench.bytes("b.pcapng.zst") == bench.bytes("c.pcapng.zst"))
    }

    @Test func moreThanTheBufferHoldsIsWrittenWhole() throws {
        let bench = try Workbench()
        let samples = (0..<300).map {
            Sample(picoseconds: $0, serial: $0, bytes: Array(repeating: UInt8(truncatingIfNeeded: $0), count: 9001))
        }
        try writePcapng(samples, to: bench.path("jumbo.pcapng"))
        let read = try Trace(path: bench.path("jumbo.pcapng"))
        #expect(read.digest == trace("", samples).digest)
    }

    @Test func aPathThatCannotBeWrittenIsNamed() throws {
        #expect {
            _ = try PcapngWriter(path: "/nonexistent/x.pcapng", points: [uplink])
        } throws: { error in
            "\(error)" == "/nonexistent/x.pcapng: found \"No such file or directory\"; "
                + "expected a file that can be written"
        }
    }
}
