import Capture
import Foundation
import Simulation

/// A folder for one test's files, removed with it, and the outside tools that judge them.
final class Workbench {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "martlet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: folder.appending(path: name))
        return path(name)
    }

    /// Where a tool is installed; `nil` when it is not.
    static func tool(_ name: String) -> String? {
        ["/usr/bin/\(name)", "/usr/local/bin/\(name)"].first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Standard output and exit code of an installed tool.
    static func run(_ name: String, _ arguments: [String]) throws -> (output: String, code: Int32) {
        let process = Process()
        process.executableURL = URL(filePath: tool(name) ?? "/usr/bin/\(name)")
        process.arguments = arguments
        process.environment = ["TZ": "UTC", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: output, as: UTF8.self), process.terminationStatus)
    }

    static let hasTshark = tool("tshark") != nil && tool("capinfos") != nil
    static let hasZstd = tool("zstd") != nil

    /// The captures that lie beside the repository, where they do.
    static let sharedCaptures: [String] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        for place in ["shared/captures", "../shared/captures"] {
            let captures = folder.appending(path: place).standardized
            let names = (try? FileManager.default.contentsOfDirectory(atPath: captures.path)) ?? []
            let found = names.filter { $0.hasSuffix(".pcap") }.sorted().map { captures.appending(path: $0).path }
            if !found.isEmpty { return found }
        }
        return []
    }()
}

/// A frame as a test wants it captured.
struct Sample {
    var picoseconds: UInt64
    var point: UInt8 = 0
    var direction: TapDirection = .inbound
    var serial: UInt64
    var bytes: [UInt8]
    var dropped: DropReason?
}

let uplink = CapturePointDescription(point: TapPoint(index: 0), name: "uplink", summary: "the wire")
let function = CapturePointDescription(point: TapPoint(index: 3), name: "pf0")

/// Hands `samples` to `body` as a capture point's log does.
func feed(_ samples: [Sample], to body: (TapLog.Header, UnsafeRawBufferPointer) throws -> Void) rethrows {
    var log = TapLog()
    log.enabledPoints = TapPointSet((0...255).map { TapPoint(index: $0) })
    for sample in samples {
        sample.bytes.withUnsafeBytes {
            log.record(
                $0, serial: sample.serial, at: TapPoint(index: sample.point), sample.direction,
                time: SimTime(picoseconds: sample.picoseconds), dropped: sample.dropped)
        }
    }
    try log.drain { (header, bytes) throws in try body(header, bytes) }
}

func writePcapng(
    _ samples: [Sample], to path: String, points: [CapturePointDescription] = [uplink, function],
    snapshotByteCount: Int = PcapngWriter.longestSnapshot
) throws {
    var writer = try PcapngWriter(
        path: path, points: points, application: "martlet 0.1", comment: "seed 7", snapshotByteCount: snapshotByteCount)
    try feed(samples) { header, bytes in try writer.append(header, bytes) }
    try writer.finish()
}

func trace(_ name: String, _ samples: [Sample]) -> Trace {
    var trace = Trace(name: name, points: [uplink, function])
    feed(samples) { header, bytes in trace.append(header, bytes) }
    return trace
}

/// Bytes typed as hexadecimal digits, blanks anywhere.
func hex(_ text: String) -> [UInt8] {
    let digits = text.compactMap { $0.hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// 10.0.0.1:443 → 10.0.0.2:55012, SYN, no payload; the checksum of the TCP header is not right.
func synFrame(ttl: UInt8 = 64, id: UInt8 = 1) -> [UInt8] {
    var frame = hex("02 00 00 00 00 02 02 00 00 00 00 01 08 00")
    frame += hex("45 00 00 28 00 01 40 00 40 06 00 00 0a 00 00 01 0a 00 00 02")
    frame += hex("01 bb d6 e4 00 00 00 01 00 00 00 00 50 02 ff ff 12 34 00 00")
    frame[19] = id
    frame[22] = ttl
    return frame
}

/// Ten frames alternating between both points, 1,234 ps apart, all different.
func tenSamples() -> [Sample] {
    var samples: [Sample] = []
    for number in 0..<UInt64(10) {
        let isEven = number % 2 == 0
        samples.append(
            Sample(
                picoseconds: 1000 + number * 1234, point: isEven ? 0 : 3, direction: isEven ? .inbound : .outbound,
                serial: number + 1, bytes: synFrame(id: UInt8(number))))
    }
    return samples
}
