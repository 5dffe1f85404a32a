internal import Foundation
internal import Simulation
internal import Yams

/// Reads a scenario's nodes into a `ScenarioDocument`: parameters and models first, then what exists (hosts and NICs,
/// traffic, wires), then what names it (captures, steps, expectations).
struct ScenarioReader {
    var reader: DocumentReader
    var document = ScenarioDocument()
    /// What has already been given the name, and where.
    private var takenNames: [String: SourceLocation] = [:]
    /// The scenario's model, once it has been asked for.
    var commonModel: DeviceModel?
    /// Netdevs that have been given names, and the hosts that these are on.
    var netdevs: [(host: Int, name: DocumentReader.Text)] = []
    /// Netdevs that applications forward to, and the hosts that these are on.
    var forwardTargets: [(host: Int, target: DocumentReader.Text)] = []
    private let overrides: [ScenarioDocument.Setting]
    /// Models read so far by path; `nil` for one that could not be read.
    private var models: [String: DeviceModel?] = [:]

    init(file: String, overrides: [ScenarioDocument.Setting]) {
        reader = DocumentReader(file: file)
        document.path = file
        self.overrides = overrides
    }

    /// Reads the whole file.
    mutating func read(_ root: Node) {
        let fields = reader.fields(of: root, as: ScenarioKeys.Root.self, "a scenario")
        guard let fields else { return }
        readSettings(fields[.set])
        if let node = reader.required(.name, of: fields, "a scenario") {
            document.name = reader.name(node)?.string ?? ""
        }
        if let node = fields[.description] {
            document.summary = reader.text(node, "what the scenario shows")?.string ?? ""
        }
        if let node = fields[.seed] { document.seed = reader.integer(node, in: 0...UInt64.max, "the seed") ?? 1 }
        if fields[.model] != nil { _ = sharedModel(fields) }
        readMachines(fields)
        if let node = fields[.traffic] { readTraffic(node) }
        if let node = fields[.wires] { readWires(node) }
        checkPoints(fields.location)
        if let node = fields[.captures] {
            readCaptures(node)
        } else {
            document.captures = document.capturePoints.map { ScenarioDocument.CaptureRequest(point: $0) }
        }
        if let node = fields[.steps] { readSteps(node) }
        if let node = fields[.expect] { readExpectations(node) }
    }

    // MARK: Parameters

    private mutating func readSettings(_ node: Node?) {
        var settings: [ScenarioDocument.Setting] = []
        if let node {
            if case .mapping(let mapping) = node {
                for (keyNode, value) in mapping where !YAMLText.isHidden(keyNode.string ?? "") {
                    guard let name = reader.name(keyNode), let text = reader.text(value, "a parameter's value") else {
                        continue
                    }
                    settings.append(ScenarioDocument.Setting(name: name.string, value: text.string))
                }
            } else {
                reader.report(
                    reader.location(of: node), found: reader.describe(node),
                    expected: "a mapping of parameters to values")
            }
        }
        for override in overrides {
            if let index = settings.firstIndex(where: { $0.name == override.name }) {
                settings[index].value = override.value
            } else {
                let names = settings.map(\.name)
                reader.report(
                    SourceLocation(file: "--set \(override.name)=\(override.value)"),
                    found: "unknown parameter \"\(override.name)\"",
                    expected: names.isEmpty
                        ? "no --set: \(document.path) has no parameters" : DocumentReader.list(names),
                    suggestion: NearestName.of(override.name, among: names))
            }
        }
        document.settings = settings
        reader.settings = settings
    }

    // MARK: Names

    /// Takes a name that nothing else may have; reports it when something does.
    mutating func take(_ name: String, at location: SourceLocation, expected: String = "a name of its own") {
        if let other = takenNames[name] {
            reader.report(location, found: "the name \"\(name)\", which line \(other.line) uses", expected: expected)
        } else {
            takenNames[name] = location
        }
    }

    private mutating func checkPoints(_ location: SourceLocation) {
        let count = document.capturePoints.count
        if count > ScenarioDocument.mostCapturePoints {
            reader.report(
                location, found: "\(count) wires, ports, functions and netdevs",
                expected: "at most \(ScenarioDocument.mostCapturePoints), the number of capture points")
        }
    }

    // MARK: Models

    private enum ModelKeys: String, CaseIterable { case base }

    /// A model's name or path, or a mapping with `base` and sections that replace some of its numbers.
    mutating func model(_ node: Node) -> DeviceModel? {
        guard case .mapping(let mapping) = node else { return namedModel(node) }
        guard let base = mapping["base"] else {
            reader.report(
                reader.location(of: node), found: "a model without \"base\"",
                expected: "the key \"base\" with a model's name, and the sections that differ")
            return nil
        }
        guard let model = namedModel(base) else { return nil }
        var modelReader = ModelReader(reader: reader, model: model)
        modelReader.readSections(of: node, headings: ["base", "source"])
        reader = modelReader.reader
        return modelReader.model
    }

    private mutating func namedModel(_ node: Node) -> DeviceModel? {
        guard let text = reader.text(node, "the name of a device model") else { return nil }
        let isPath = text.string.contains("/") || text.string.hasSuffix(".yaml")
        let folders = ["Models", FilePlace.project(of: document.path) + "Models"]
        let paths =
            isPath
            ? [text.string, FilePlace.project(of: document.path) + text.string]
            : folders.map { "\($0)/\(text.string).yaml" }
        guard let path = paths.first(where: FilePlace.isFile) else {
            let names = folders.flatMap(FilePlace.names).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
            let valid = names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            reader.report(
                text.location, found: "the unknown device model \"\(text.string)\"",
                expected: valid.isEmpty ? "a file in Models/" : DocumentReader.list(valid),
                suggestion: NearestName.of(text.string, among: valid))
            return nil
        }
        if let known = models[path] { return known }
        do {
            let model = try ScenarioFile.loadModel(path: path)
            models[path] = model
            return model
        } catch {
            for mistake in error.mistakes { reader.report(mistake) }
            models[path] = .some(nil)
            return nil
        }
    }
}
