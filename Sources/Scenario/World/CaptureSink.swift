import BasicContainers
import Capture
import Simulation

/// Where captured frames go: files, and the counters of the scenario's expectations.
///
/// A class, because it holds files that are closed once; it is entered once for every half megabyte of frames.
final class CaptureSink {
    private var files = CaptureFiles()

    /// Creates the files of `outputs`.
    func open(
        outputs: [RunOptions.Output], counters: [FrameCounter], points: [PointName], rates: [UInt64], comment: String
    ) throws(CaptureError) {
        try files.open(outputs: outputs, counters: counters, points: points, rates: rates, comment: comment)
    }

    /// The points whose frames somebody wants.
    static func wantedPoints(
        outputs: [RunOptions.Output], counters: [FrameCounter], points: [PointName]
    ) -> TapPointSet {
        TapPointSet(
            points.filter { point in
                outputs.contains { $0.points.contains(point.name) }
                    || counters.contains { $0.selection.point == point.name }
            }.map(\.point))
    }

    /// Moves everything `log` holds to the files and counters.
    func take(from log: inout TapLog) throws(CaptureError) { try files.take(from: &log) }

    /// Ends the files and says which there are.
    func finish() throws(CaptureError) -> [RunResult.CaptureFile] { try files.finish() }

    /// The counters as they are now, in the order they were given.
    var frameCounters: [FrameCounter] { files.frameCounters }
}

/// The files and counters themselves.
private struct CaptureFiles: ~Copyable {
    private var pcapngFiles = UniqueArray<PcapngFile>()
    private var pcapFiles = UniqueArray<PcapFile>()
    private var counters: [PointCounter] = []

    private struct PcapngFile: ~Copyable {
        var path: String
        var writer: PcapngWriter
    }
    private struct PcapFile: ~Copyable {
        var path: String
        var point: TapPoint
        var writer: PcapWriter
    }
    private struct PointCounter {
        var counter: FrameCounter
        var point: TapPoint
        /// Position of its filter; `nil` when every frame counts.
        var filter: Int?
    }
    private var filters = UniqueArray<CaptureFilter>()

    init() {}

    /// Creates the files of `outputs`.
    mutating func open(
        outputs: [RunOptions.Output], counters: [FrameCounter], points: [PointName], rates: [UInt64], comment: String
    ) throws(CaptureError) {
        for counter in counters {
            guard let point = points.first(where: { $0.name == counter.selection.point })?.point else {
                preconditionFailure("an expectation of a point that does not exist")
            }
            var filter: Int?
            if let expression = counter.selection.filter {
                filter = filters.count
                filters.append(try CaptureFilter(expression))
            }
            self.counters.append(PointCounter(counter: counter, point: point, filter: filter))
        }
        for output in outputs {
            let chosen = output.points.compactMap { name in points.first { $0.name == name } }
            if output.path.hasSuffix(".pcap") || output.path.hasSuffix(".pcap.zst") {
                guard let point = chosen.first else { continue }
                let writer = try PcapWriter(path: output.path, point: point.point)
                pcapFiles.append(PcapFile(path: output.path, point: point.point, writer: writer))
            } else {
                let descriptions = chosen.map { point in
                    CapturePointDescription(
                        point: point.point, name: point.name, summary: point.kind.rawValue,
                        bitsPerSecond: rates[Int(point.point.index)])
                }
                let writer = try PcapngWriter(path: output.path, points: descriptions, comment: comment)
                pcapngFiles.append(PcapngFile(path: output.path, writer: writer))
            }
        }
    }

    /// Moves everything `log` holds to the files and counters.
    mutating func take(from log: inout TapLog) throws(CaptureError) {
        try log.drain { (header, bytes) throws(CaptureError) in
            for index in pcapngFiles.indices { try pcapngFiles[index].writer.append(header, bytes) }
            for index in pcapFiles.indices where pcapFiles[index].point == header.point {
                try pcapFiles[index].writer.append(header, bytes)
            }
            for index in counters.indices where counters[index].point == header.point {
                let length = Int(header.originalByteCount)
                if let filter = counters[index].filter,
                    !filters[filter].matches(bytes, originalByteCount: length)
                {
                    continue
                }
                counters[index].counter.count(header)
            }
        }
    }

    /// Ends the files and says which there are.
    mutating func finish() throws(CaptureError) -> [RunResult.CaptureFile] {
        var files: [RunResult.CaptureFile] = []
        for index in pcapngFiles.indices {
            try pcapngFiles[index].writer.finish()
            files.append(.init(path: pcapngFiles[index].path, frames: pcapngFiles[index].writer.frameCount))
        }
        for index in pcapFiles.indices {
            try pcapFiles[index].writer.finish()
            files.append(.init(path: pcapFiles[index].path, frames: pcapFiles[index].writer.frameCount))
        }
        return files
    }

    /// The counters as they are now, in the order they were given.
    var frameCounters: [FrameCounter] { counters.map(\.counter) }
}
