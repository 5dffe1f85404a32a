internal import Foundation
internal import Yams

/// Reading of scenario and model files.
package enum ScenarioFile {
    /// Reads and validates the scenario at `path`; `settings` (from `--set`) replace the defaults of its parameters.
    ///
    /// - Throws: `ScenarioError` with every mistake of the file, of the model files it names and of `settings`.
    package static func load(
        path: String, settings: [ScenarioDocument.Setting] = []
    ) throws(ScenarioError) -> ScenarioDocument {
        try read(YAMLText(path: path, name: path), name: path, settings: settings)
    }

    /// Validates `text` as if it were the file `name`.
    package static func parse(
        _ text: String, name: String, settings: [ScenarioDocument.Setting] = []
    ) throws(ScenarioError) -> ScenarioDocument {
        try read(YAMLText(text: text, name: name), name: name, settings: settings)
    }

    private static func read(
        _ text: YAMLText, name: String, settings: [ScenarioDocument.Setting]
    ) throws(ScenarioError) -> ScenarioDocument {
        var reader = ScenarioReader(file: name, overrides: settings)
        if let root = text.root { reader.read(root) }
        let mistakes = sorted(text.mistakes + reader.reader.mistakes)
        guard mistakes.isEmpty else { throw ScenarioError(mistakes) }
        return reader.document
    }

    /// Reads and validates the device model at `path`.
    ///
    /// - Throws: `ScenarioError` with every mistake of the file.
    package static func loadModel(path: String) throws(ScenarioError) -> DeviceModel {
        let text = YAMLText(path: path, name: path)
        return try readModel(text, path: path)
    }

    /// Validates `text` as if it were the device model `path`.
    package static func parseModel(_ text: String, path: String) throws(ScenarioError) -> DeviceModel {
        try readModel(YAMLText(text: text, name: path), path: path)
    }

    private static func readModel(_ text: YAMLText, path: String) throws(ScenarioError) -> DeviceModel {
        let file = (path as NSString).lastPathComponent as NSString
        let model = DeviceModel(name: file.deletingPathExtension, path: path)
        var reader = ModelReader(reader: DocumentReader(file: path), model: model)
        if let root = text.root { reader.readFile(root) }
        let mistakes = sorted(text.mistakes + reader.reader.mistakes)
        guard mistakes.isEmpty else { throw ScenarioError(mistakes) }
        return reader.model
    }

    /// Paths of the device models in `folder`, sorted.
    package static func modelPaths(in folder: String) -> [String] {
        FilePlace.names(in: folder).filter { $0.hasSuffix(".yaml") }.map { folder + "/" + $0 }
    }

    /// By line and column; mistakes of other files (models, `--set`) keep their order and come first.
    private static func sorted(_ mistakes: [Mistake]) -> [Mistake] {
        var seen: Set<Mistake> = []
        let single = mistakes.filter { seen.insert($0).inserted }
        return single.enumerated().sorted { left, right in
            let (a, b) = (left.element.location, right.element.location)
            if a.file != b.file { return left.offset < right.offset }
            return (a.line, a.column, left.offset) < (b.line, b.column, right.offset)
        }.map(\.element)
    }
}
