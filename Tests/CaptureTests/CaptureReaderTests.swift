import Capture
import Foundation
import Simulation
import Testing

@Suite struct CaptureReaderTests {
    /// A little-endian microsecond pcap of one Ethernet frame of 60 bytes, of which 4 were kept.
    static let truncatedFrame =
        hex("d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000")
        + hex("05000000 07000000 04000000 3c000000 aabbccdd")

    @Test(.enabled(if: !Workbench.sharedCaptures.isEmpty, "skipped: ../shared/captures is absent"))
    func everySharedCaptureReadsToItsEnd() throws {
        for path in Workbench.sharedCaptures {
            var reader = try CaptureReader(path: path)
            var byteCount = 24
            while let frame = try reader.next() { byteCount += 16 + frame.capturedBytes.count }
            #expect(reader.frameCount > 0, "\(path)")
            #expect(byteCount == (try Data(contentsOf: URL(filePath: path)).count), "\(path)")
        }
    }

    @Test func aFrameCutShortHasBothLengths() throws {
        let bench = try Workbench()
        var reader = try CaptureReader(path: try bench.write(Self.truncatedFrame, to: "short.pcap"))
        let frame = try #require(try reader.next())
        #expect(frame.timestampNanoseconds == 5_000_007_000)
        #expect(Array(frame.capturedBytes) == [0xaa, 0xbb, 0xcc, 0xdd])
        #expect(frame.originalByteCount == 60)
        #expect(frame.isTruncated)
    }

    @Test func aDamagedFileGivesItsGoodFramesAndThenThePlaceOfTheDamage() throws {
        let bench = try Workbench()
        let path = try bench.write(Self.truncatedFrame + hex("06000000 00"), to: "damaged.pcap")
        var reader = try CaptureReader(path: path)
        #expect(try reader.next() != nil)
        let error = try #require(throws: CaptureError.self) { _ = try reader.next() }
        #expect(error.frameNumber == 2)
        #expect(error.byteOffset == 44)
        #expect(error.description.contains("truncated dump file"))
    }

    @Test func anotherLinkTypeIsNamed() throws {
        let bench = try Workbench()
        let path = try bench.write(
            hex("d4c3b2a1 0200 0400 00000000 00000000 00000400 69000000"), to: "wireless.pcap")
        let error = try #require(throws: CaptureError.self) { _ = try CaptureReader(path: path) }
        #expect(error.found == "frames of link type IEEE802_11 (802.11)")
        #expect(error.expected == "Ethernet frames (EN10MB)")
        _ = try CaptureReader(path: path, acceptsAnyLinkType: true)
    }

    @Test(arguments: [[], [0x1f, 0x8b, 8, 0], Array("not a capture, not at all".utf8)] as [[UInt8]])
    func whatIsNoCaptureIsRefused(bytes: [UInt8]) throws {
        let bench = try Workbench()
        let path = try bench.write(bytes, to: "x.pcap")
        let error = try #require(throws: CaptureError.self) { _ = try CaptureReader(path: path) }
        #expect(error.expected.contains("pcap or pcapng"))
    }

    @Test(arguments: ["one.pcap", "one.pcap.zst"])
    func libpcapReadsBackWhatThePcapWriterWrote(name: String) throws {
        let bench = try Workbench()
        var writer = try PcapWriter(path: bench.path(name), point: TapPoint(index: 3))
        let samples = (0..<4000).flatMap { _ in tenSamples() }
        try feed(samples) { header, bytes in try writer.append(header, bytes) }
        try writer.finish()
        #expect(writer.frameCount == 20_000)
        var reader = try CaptureReader(path: bench.path(name))
        for sample in samples where sample.point == 3 {
            let frame = try #require(try reader.next())
            guard Array(frame.capturedBytes) == sample.bytes, frame.timestampNanoseconds == sample.picoseconds / 1000
            else {
                Issue.record("frame \(reader.frameCount) differs")
                return
            }
        }
        #expect(try reader.next() == nil)
        if !name.hasSuffix(".zst") {
            #expect(
                try bench.bytes(name).prefix(24) == hex("4d3cb2a1 0200 0400 00000000 00000000 00000400 01000000")[...])
        }
    }

    @Test func libpcapReadsOurPcapng() throws {
        let bench = try Workbench()
        try writePcapng(tenSamples(), to: bench.path("ten.pcapng.zst"))
        var reader = try CaptureReader(path: bench.path("ten.pcapng.zst"))
        var times: [UInt64] = []
        while let frame = try reader.next() { times.append(frame.timestampNanoseconds) }
        #expect(times == tenSamples().map { $0.picoseconds / 1000 })
    }

    @Test func aMutatedTraceIsReadOrRefusedAndNeverMore() throws {
        let bench = try Workbench()
        try writePcapng(tenSamples(), to: bench.path("ten.pcapng"))
        let good = try bench.bytes("ten.pcapng")
        var random = SplitMix(seed: 1)
        var refused = 0
        for round in 0..<400 {
            var bytes = good
            if round % 4 == 0 { bytes.removeLast(Int(random.next(below: UInt64(good.count)))) }
            for _ in 0..<3 where !bytes.isEmpty {
                bytes[Int(random.next(below: UInt64(bytes.count)))] = UInt8(truncatingIfNeeded: random.next())
            }
            let path = try bench.write(bytes, to: "bad.pcapng")
            do {
                _ = try Trace(path: path).digest
            } catch {
                refused += 1
                #expect(error.file == path)
            }
        }
        #expect(refused > 100)
    }

    @Test func aTruncatedCompressedFileIsCalledTruncated() throws {
        let bench = try Workbench()
        try writePcapng(tenSamples(), to: bench.path("ten.pcapng.zst"))
        let path = try bench.write(Array(try bench.bytes("ten.pcapng.zst").dropLast(9)), to: "cut.zst")
        let error = try #require(throws: CaptureError.self) { _ = try Trace(path: path) }
        #expect(error.found == "compressed data that ends too early")
    }
}
