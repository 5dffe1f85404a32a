internal import Simulation

/// A run as the user asks for it on a command line.
package struct RunRequest: Sendable {
    /// Path of the scenario file.
    package var path: String
    /// `name=value` pairs that replace the scenario's parameters.
    package var settings: [String]
    /// `POINT=FILE` pairs: capture files of one point.
    package var captures: [String]
    /// A pcapng file of every point that the scenario captures (of every point there is when it names none).
    package var output: String?
    /// Replaces the scenario's seed.
    package var seed: UInt64?
    /// Keep the last events of the run.
    package var explains: Bool
    /// File for what crosses the buses.
    package var busTrace: String?

    package init(
        path: String, settings: [String] = [], captures: [String] = [], output: String? = nil, seed: UInt64? = nil,
        explains: Bool = false
    ) {
        self.path = path
        self.settings = settings
        self.captures = captures
        self.output = output
        self.seed = seed
        self.explains = explains
    }

    /// The scenario and the options of the run.
    ///
    /// - Throws: `ScenarioError` with every mistake in the scenario or in the request.
    package func resolve() throws(ScenarioError) -> (document: ScenarioDocument, options: RunOptions) {
        var mistakes: [Mistake] = []
        let pairs = Self.pairs(settings, "--set", "NAME=VALUE", &mistakes)
        let files = Self.pairs(captures, "--capture", "POINT=FILE", &mistakes)
        guard mistakes.isEmpty else { throw ScenarioError(mistakes) }
        var document = try ScenarioFile.load(
            path: path, settings: pairs.map { ScenarioDocument.Setting(name: $0.0, value: $0.1) })
        var options = RunOptions(seed: seed, explainsUpTo: explains ? .never : nil)
        options.busTrace = busTrace
        for (point, file) in files {
            if let mistake = document.addPoint(named: point, at: SourceLocation(file: "--capture")) {
                mistakes.append(mistake)
            }
            options.outputs.append(RunOptions.Output(points: [point], path: file))
        }
        if let output {
            if output.hasSuffix(".pcap") || output.hasSuffix(".pcap.zst") {
                mistakes.append(
                    Mistake(
                        SourceLocation(file: "--output"), found: "the classic pcap file \"\(output)\"",
                        expected: "a pcapng file (FILE.pcapng or FILE.pcapng.zst), which can hold many points"))
            }
            options.outputs.append(RunOptions.Output(points: document.combinedPoints, path: output))
        }
        let paths = options.outputs.map(\.path) + document.captures.compactMap(\.path)
        for (index, file) in paths.enumerated() where paths[..<index].contains(file) {
            mistakes.append(
                Mistake(
                    SourceLocation(file: index < files.count ? "--capture" : "--output"),
                    found: "the file \"\(file)\" twice", expected: "a file of its own for every capture"))
        }
        guard mistakes.isEmpty else { throw ScenarioError(mistakes) }
        return (document, options)
    }

    /// Splits `texts` at their first equals sign.
    private static func pairs(
        _ texts: [String], _ option: String, _ form: String, _ mistakes: inout [Mistake]
    ) -> [(String, String)] {
        texts.compactMap { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty { return (String(parts[0]), String(parts[1])) }
            mistakes.append(Mistake(SourceLocation(file: option), found: "\"\(text)\"", expected: form))
            return nil
        }
    }
}

extension ScenarioDocument {
    /// The points of the combined capture and of a golden trace: those that the scenario captures, each once, in its
    /// order; every point there is when it names none.
    package var combinedPoints: [String] {
        guard !captures.isEmpty else { return capturePoints }
        var seen: Set<String> = []
        return captures.map(\.point).filter { seen.insert($0).inserted }
    }
}
