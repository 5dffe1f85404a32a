import Foundation
import Scenario

/// A temporary project: a folder with a scenario, the repository's device models and a folder for golden traces.
final class ReportWorkbench {
    let root: String
    var scenario: String { root + "/Scenarios/small.yaml" }
    var traces: String { root + "/Traces" }

    /// The folder that holds this package.
    static let package: String = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.path
    }()

    /// Twenty frames of 64 bytes come in at a wire and are forwarded.
    static let text = """
        name: small
        model: connectx-6dx
        seed: 5
        set: { count: 20 }
        hosts:
          - name: h0
            functions:
              - { name: pf0, port: 0, netdev: eth0, mac: "02:00:00:00:00:01", application: forward }
        traffic:
          - name: gen0
            generate: { sizes: 64, flows: 4, rate: 1Gbps, count: "${count}", destination: "02:00:00:00:00:01" }
        wires:
          - { name: w0, between: [h0.p0, gen0], length: 2m }
        captures: [w0, h0.eth0]
        steps:
          - run: ip link set dev eth0 up
          - start: gen0
          - wait: { traffic: gen0 }
          - wait: idle
        expect:
          - counter: { name: h0.eth0.rx_packets, value: 20 }
        """

    init() throws {
        let files = FileManager.default
        root = files.temporaryDirectory.path + "/martlet-report-" + UUID().uuidString
        try files.createDirectory(atPath: root + "/Scenarios", withIntermediateDirectories: true)
        try files.createSymbolicLink(atPath: root + "/Models", withDestinationPath: Self.package + "/Models")
        try Self.text.write(toFile: scenario, atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func text(of file: String) throws -> String { try String(contentsOfFile: file, encoding: .utf8) }

    /// Writes `file` again with every `old` replaced by `new`.
    func replace(_ old: String, with new: String, in file: String) throws {
        let text = try text(of: file)
        precondition(text.contains(old), "\(file) does not contain \(old)")
        try text.replacingOccurrences(of: old, with: new).write(toFile: file, atomically: true, encoding: .utf8)
    }
}
