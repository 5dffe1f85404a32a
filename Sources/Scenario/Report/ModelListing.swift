/// What `martlet models` prints about device models.
package enum ModelListing {
    /// Every model below `root`, the folder that holds `Models`; sorted by name.
    package static func all(root: String) throws(ScenarioError) -> [DeviceModel] {
        let folder = place(root)
        let paths = ScenarioFile.modelPaths(in: folder)
        guard !paths.isEmpty else {
            throw ScenarioError([
                Mistake(SourceLocation(file: folder), found: "no device model", expected: "files NAME.yaml")
            ])
        }
        var models: [DeviceModel] = []
        for path in paths { models.append(try ScenarioFile.loadModel(path: path)) }
        return models
    }

    /// The model `name` below `root`.
    package static func find(_ name: String, root: String) throws(ScenarioError) -> DeviceModel {
        let folder = place(root)
        let path = "\(folder)/\(name).yaml"
        let paths = ScenarioFile.modelPaths(in: folder)
        guard paths.contains(path) else {
            let names = paths.map { String($0.dropFirst(folder.count + 1).dropLast(5)) } + ["pcie"]
            throw ScenarioError([
                Mistake(
                    SourceLocation(file: folder), found: "no model \"\(name)\"",
                    expected: "one of \(names.joined(separator: ", "))", suggestion: NearestName.of(name, among: names))
            ])
        }
        return try ScenarioFile.loadModel(path: path)
    }

    private static func place(_ root: String) -> String { root == "." ? "Models" : root + "/Models" }

    /// A line for each model.
    package static func text(_ models: [DeviceModel]) -> String {
        let width = (models.map(\.name.count).max() ?? 0) + 2
        return models.map { model in
            padded(model.name, width) + "\(portText(model))\(model.summary.isEmpty ? "" : ", ")\(model.summary)\n"
        }.joined()
    }

    /// Every number of a model with its source.
    package static func text(_ model: DeviceModel) -> String {
        var text = "\(model.name): \(portText(model)) (\(model.path))\n"
        if !model.summary.isEmpty { text += model.summary + "\n" }
        text += "\n"
        let nameWidth = (model.numbers.map(\.name.count).max() ?? 0) + 2
        let valueWidth = (model.numbers.map(\.text.count).max() ?? 0) + 2
        for number in model.numbers {
            text += padded(number.name, nameWidth) + padded(number.text, valueWidth) + number.source + "\n"
        }
        return text
    }

    private static func portText(_ model: DeviceModel) -> String {
        let speed = decimal(model.portBitsPerSecond / 1_000_000, decimals: 0)
        return "\(model.portCount) port\(model.portCount == 1 ? "" : "s") of \(speed) Gb/s"
    }

    package static func json(_ models: [DeviceModel]) -> JSONValue {
        .object(["models": .array(models.map { head(of: $0) }.map { .object($0) })])
    }

    package static func json(_ model: DeviceModel) -> JSONValue {
        var members = head(of: model)
        members["numbers"] = .array(
            model.numbers.map {
                .object(["name": .string($0.name), "value": .string($0.text), "source": .string($0.source)])
            })
        return .object(members)
    }

    private static func head(of model: DeviceModel) -> [String: JSONValue] {
        [
            "name": .string(model.name), "path": .string(model.path), "summary": .string(model.summary),
            "ports": .integer(UInt64(model.portCount)), "port_bits_per_second": .integer(model.portBitsPerSecond),
        ]
    }
}
