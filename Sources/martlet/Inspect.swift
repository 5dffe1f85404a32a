import ArgumentParser
import Capture
import Scenario

/// `martlet inspect`.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what a capture or a bus trace holds.",
        discussion: """
            Reads Martlet's own pcapng files completely, and whatever else libpcap reads; plain or compressed with zstd.
            Prints the capture points with their counts, then a line for each frame: number, time in seconds, point,
            direction, contents, comment.

            Examples:
              martlet inspect output/forward.pcapng --limit 10
              martlet inspect Traces/forward.pcapng.zst --point w0 --filter "tcp port 80" --hex
              martlet inspect reset.bus.zst --kind command --kind doorbell
              martlet inspect today.bus --compare yesterday.bus --ignore-time

            A bus trace is what `run`, `serve` and `replay` write with --bus. Its kinds are
            \(BusTraceText.kinds.joined(separator: ", ")).
            With --compare the exit code is 0 when both are the same and 1 when they are not.
            """)

    @Argument(help: "The capture or bus trace.", completion: .file())
    var file: String
    @Option(help: ArgumentHelp("Only frames that match, as in man pcap-filter.", valueName: "expression"))
    var filter: String?
    @Option(help: "Only frames at this capture point.")
    var point: String?
    @Option(help: "Of a bus trace: only lines of this kind; may be repeated.")
    var kind: [String] = []
    @Option(help: ArgumentHelp("Of a bus trace: only this function's lines (h0.pf0).", valueName: "host.function"))
    var function: String?
    @Option(
        help: ArgumentHelp("Of a bus trace: print the first line that differs from another's.", valueName: "file"),
        completion: .file())
    var compare: String?
    @Flag(help: "With --compare: times may differ.")
    var ignoreTime = false
    @Option(help: "Print at most so many frames or lines.")
    var limit: Int?
    @Flag(help: "Also print the bytes of each frame.")
    var hex = false
    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative") }
    }

    func run() throws {
        if try BusTraceListing.isBusTrace(path: file) {
            let listing = try BusTraceListing(path: file, kinds: kind, function: function, limit: limit)
            guard let compare else { return try listing.print { print($0) } }
            let same = try listing.compare(with: compare, ignoringTime: ignoreTime) { print($0) }
            if !same { throw ExitCode(1) }
            return
        }
        if !kind.isEmpty || function != nil || compare != nil {
            throw InputError(text: "\(file) is not a bus trace, which --kind, --function and --compare are for")
        }
        let listing = CaptureListing(path: file, filter: filter, point: point, limit: limit, showsBytes: hex)
        if json { try listing.printJSON { print($0, terminator: "") } } else { try listing.printText { print($0) } }
    }
}
