internal import Capture
internal import Foundation

/// A folder of golden traces: for every recorded run `NAME.pcapng.zst` and `NAME.json`.
package struct GoldenTraceFolder: Sendable {
    package let path: String

    /// The folder at `path`, which need not exist before something is recorded.
    package init(path: String) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// One golden trace of a folder.
    package struct Entry: Sendable, Equatable {
        package var folder: String
        package var name: String
        package var captureFile: String { "\(folder)/\(name).pcapng.zst" }
        package var describingFile: String { "\(folder)/\(name).json" }
    }

    /// Every golden trace in the folder, sorted by name.
    package var entries: [Entry] {
        let files = FilePlace.names(in: path)
        let names = files.compactMap { $0.hasSuffix(".json") ? String($0.dropLast(5)) : nil }
        let captures = files.compactMap { $0.hasSuffix(".pcapng.zst") ? String($0.dropLast(11)) : nil }
        return Set(names + captures).sorted().map { Entry(folder: path, name: $0) }
    }

    /// The golden traces that `paths` name: folders, or either file of a trace.
    ///
    /// - Throws: `ScenarioError` when a path leads to none.
    package static func entries(at paths: [String]) throws(ScenarioError) -> [Entry] {
        var entries: [Entry] = []
        var mistakes: [Mistake] = []
        for path in paths {
            let found = FilePlace.isFile(path) ? entry(ofFile: path).map { [$0] } ?? [] : Self(path: path).entries
            if found.isEmpty {
                mistakes.append(
                    Mistake(
                        SourceLocation(file: path), found: "no golden trace",
                        expected: "a folder or a file that martlet record has written"))
            }
            entries += found
        }
        guard mistakes.isEmpty else { throw ScenarioError(mistakes) }
        return entries
    }

    private static func entry(ofFile path: String) -> Entry? {
        let folder = (path as NSString).deletingLastPathComponent
        let file = (path as NSString).lastPathComponent
        for ending in [".pcapng.zst", ".json"] where file.hasSuffix(ending) && file.count > ending.count {
            return Entry(folder: folder.isEmpty ? "." : folder, name: String(file.dropLast(ending.count)))
        }
        return nil
    }

    /// Where the scenario of a trace in `folder` is: from the current folder, or from the one that holds `folder`.
    static func scenarioPath(_ scenario: String, from folder: String) -> String {
        if scenario.hasPrefix("/") || FilePlace.isFile(scenario) { return scenario }
        let parent = (folder as NSString).deletingLastPathComponent
        let other = parent.isEmpty ? "../" + scenario : "\(parent)/\(scenario)"
        return FilePlace.isFile(other) ? other : scenario
    }

    /// Runs a scenario and keeps its capture and its counts.
    ///
    /// Nothing is kept of a run that has not passed.
    ///
    /// - Parameter name: the trace's name; by default the scenario file's without its extension.
    package func record(
        _ request: RunRequest, name: String? = nil, progress: (RunProgress) -> Void = { _ in }
    ) throws(ScenarioError) -> (entry: Entry, result: RunResult) {
        var (document, options) = try request.resolve()
        let file = (request.path as NSString).lastPathComponent as NSString
        let entry = Entry(folder: path, name: name ?? file.deletingPathExtension)
        try makeFolder()
        let temporary = "\(path)/.\(entry.name).partial.pcapng.zst"
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        options.writesScenarioCaptures = false
        options.outputs = [RunOptions.Output(points: document.combinedPoints, path: temporary)]
        let result = try runScenario(document, options: options, progress: progress)
        guard result.passed else { return (entry, result) }
        let trace = try Self.read(temporary)
        var settings: [String: String] = [:]
        for setting in request.settings {
            let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            settings[parts[0]] = parts[1]
        }
        let golden = GoldenTrace(
            of: result, scenario: request.path, settings: settings, frames: trace.records.count, digest: trace.digest)
        guard rename(temporary, entry.captureFile) == 0,
            (try? golden.text.write(toFile: entry.describingFile, atomically: true, encoding: .utf8)) != nil
        else { throw GoldenTrace.mistake(path, found: "a folder that cannot be written", expected: "one that can") }
        return (entry, result)
    }

    /// Records the run of `entry` again: the same scenario, settings and seed.
    package func request(toRecordAgain entry: Entry) throws(ScenarioError) -> RunRequest {
        let golden = try GoldenTrace(path: entry.describingFile)
        return RunRequest(
            path: Self.scenarioPath(golden.scenario, from: entry.folder),
            settings: golden.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }, seed: golden.seed)
    }

    private func makeFolder() throws(ScenarioError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw GoldenTrace.mistake(path, found: "no folder", expected: "a folder for golden traces")
        }
    }

    /// The trace at `path`, its mistakes as the user's.
    static func read(_ path: String) throws(ScenarioError) -> Trace {
        do throws(CaptureError) {
            return try Trace(path: path)
        } catch {
            var found = error.found
            if let frame = error.frameNumber { found += " at frame \(frame)" }
            throw GoldenTrace.mistake(path, found: found, expected: error.expected)
        }
    }
}
