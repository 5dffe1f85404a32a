import Capture
import Simulation

/// Small captures of every format we write, for the fuzzer to begin with: from nothing it would not find a header.
enum Seeds {
    /// Writes them into `folder`, which must exist.
    static func write(to folder: String) {
        let points = [
            CapturePointDescription(
                point: TapPoint(index: 0), name: "w0", summary: "a wire", bitsPerSecond: 1_000_000_000),
            CapturePointDescription(point: TapPoint(index: 1), name: "pf0"),
        ]
        do throws(CaptureError) {
            for suffix in ["", ".zst"] {
                var many = try PcapngWriter(path: "\(folder)/seed.pcapng\(suffix)", points: points, comment: "seed 1")
                try feed { header, bytes throws(CaptureError) in try many.append(header, bytes) }
                try many.finish()
                var one = try PcapWriter(path: "\(folder)/seed.pcap\(suffix)", point: points[0].point)
                try feed { header, bytes throws(CaptureError) in try one.append(header, bytes) }
                try one.finish()
            }
        } catch {
            fatalError("cannot write seeds into \(folder): \(error)")
        }
    }

    /// Three frames: one that came in, one that went out, one that was dropped.
    private static func feed(
        _ body: (TapLog.Header, UnsafeRawBufferPointer) throws(CaptureError) -> Void
    ) throws(CaptureError) {
        var log = TapLog()
        log.enabledPoints = TapPointSet((0...255).map { TapPoint(index: $0) })
        for number in 0..<3 as Range<UInt8> {
            let bytes: [UInt8] = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xb5, number, 1, 2, 3]
            bytes.withUnsafeBytes {
                log.record(
                    $0, serial: UInt64(number), at: TapPoint(index: number & 1), number == 1 ? .outbound : .inbound,
                    time: SimTime(picoseconds: UInt64(number) * 1_000_001), dropped: number == 2 ? .steeringMiss : nil)
            }
        }
        try log.drain { header, bytes throws(CaptureError) in try body(header, bytes) }
    }
}
