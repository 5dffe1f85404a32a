import ArgumentParser
import Capture
import Scenario

/// `martlet inspect`.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what a capture holds.",
        discussion: """
            Reads Martlet's own pcapng files completely, and whatever else libpcap reads; plain or compressed with zstd.
            Prints the capture points with their counts, then a line for each frame: number, time in seconds, point,
            direction, contents, comment.

            Examples:
              martlet inspect output/forward.pcapng --limit 10
              martlet inspect Traces/forward.pcapng.zst --point w0 --filter "tcp port 80" --hex
            """)

    @Argument(help: "The capture file.", completion: .file())
    var file: String
    @Option(help: ArgumentHelp("Only frames that match, as in man pcap-filter.", valueName: "expression"))
    var filter: String?
    @Option(help: "Only frames at this capture point.")
    var point: String?
    @Option(help: "Print at most so many frames.")
    var limit: Int?
    @Flag(help: "Also print the bytes of each frame.")
    var hex = false
    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit must not be negative") }
    }

    func run() throws {
        let listing = CaptureListing(path: file, filter: filter, point: point, limit: limit, showsBytes: hex)
        if json { try listing.printJSON { print($0, terminator: "") } } else { try listing.printText { print($0) } }
    }
}
