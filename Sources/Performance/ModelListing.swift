internal import NIC
package import Scenario

/// What `martlet models` prints about the files of a folder `Models`.
package struct ModelListing: Sendable {
    /// A model by what it is for.
    package enum Model: Sendable {
        /// A NIC that scenarios can use.
        case nic(DeviceModel)
        /// The PCIe side of a device that somebody measured; what the PCIe model is calibrated with.
        case attachment(PCIeAttachmentDescription)

        package var name: String {
            switch self {
            case .nic(let model): model.name
            case .attachment(let model): model.name
            }
        }
    }

    /// Every model, those that scenarios can use first, each kind sorted by name.
    package let models: [Model]

    /// Reads every model below `root`, the folder that holds `Models`.
    ///
    /// - Throws: `ScenarioError` with every mistake of a file that is neither kind of model.
    package init(root: String) throws(ScenarioError) {
        let folder = root == "." ? "Models" : root + "/Models"
        let paths = ScenarioFile.modelPaths(in: folder)
        guard !paths.isEmpty else {
            throw ScenarioError([
                Mistake(SourceLocation(file: folder), found: "no device model", expected: "files NAME.yaml")
            ])
        }
        var nics: [Model] = []
        var attachments: [Model] = []
        for path in paths {
            do throws(ScenarioError) {
                nics.append(.nic(try ScenarioFile.loadModel(path: path)))
            } catch {
                let name = String(path.dropFirst(folder.count + 1).dropLast(5))
                guard let attachment = PCIeAttachmentDescription(named: name, root: root) else { throw error }
                attachments.append(.attachment(attachment))
            }
        }
        models = nics + attachments
    }

    /// The model `name`.
    ///
    /// - Throws: `ScenarioError` that names the nearest one when there is none.
    package func model(_ name: String) throws(ScenarioError) -> Model {
        if let model = models.first(where: { $0.name == name }) { return model }
        let names = models.map(\.name) + ["pcie"]
        throw ScenarioError([
            Mistake(
                SourceLocation(file: "Models"), found: "no model \"\(name)\"",
                expected: "one of \(names.joined(separator: ", "))", suggestion: NearestName.of(name, among: names))
        ])
    }
}

extension ModelListing {
    /// A line for each model.
    package var text: String {
        let width = (models.map(\.name.count).max() ?? 0) + 2
        return models.map { model in
            let space = String(repeating: " ", count: width - model.name.count)
            return model.name + space + model.summary + "\n"
        }.joined()
    }

    package var json: JSONValue { .object(["models": .array(models.map { .object($0.head) })]) }
}

extension ModelListing.Model {
    /// What it is, in a line.
    package var summary: String {
        switch self {
        case .nic(let model): model.summary.isEmpty ? portText : model.summary
        case .attachment(let model): "PCIe attachment for calibration: \(model.summary)"
        }
    }

    private var portText: String {
        guard case .nic(let model) = self else { return "" }
        let speed = model.portBitsPerSecond / 1_000_000_000
        return "\(model.portCount) port\(model.portCount == 1 ? "" : "s") of \(speed) Gb/s"
    }

    private var numbers: [DeviceModel.Number] {
        switch self {
        case .nic(let model): model.numbers
        case .attachment(let model): model.numbers
        }
    }

    /// Every number of the model with its source.
    package var text: String {
        var text = "\(name): \(summary)\n\n"
        let nameWidth = (numbers.map(\.name.count).max() ?? 0) + 2
        let valueWidth = (numbers.map(\.text.count).max() ?? 0) + 2
        for number in numbers {
            text += number.name + String(repeating: " ", count: nameWidth - number.name.count)
            text += number.text + String(repeating: " ", count: valueWidth - number.text.count) + number.source + "\n"
        }
        return text
    }

    package var json: JSONValue {
        var members = head
        members["numbers"] = .array(
            numbers.map {
                .object(["name": .string($0.name), "value": .string($0.text), "source": .string($0.source)])
            })
        return .object(members)
    }

    fileprivate var head: [String: JSONValue] {
        var members: [String: JSONValue] = ["name": .string(name), "summary": .string(summary)]
        switch self {
        case .nic(let model):
            members["kind"] = .string("nic")
            members["ports"] = .integer(UInt64(model.portCount))
            members["port_bits_per_second"] = .integer(model.portBitsPerSecond)
            members["virtual_functions"] = .integer(UInt64(model.nic.capacity.virtualFunctionCount))
            members["subfunctions"] = .integer(UInt64(model.nic.capacity.subfunctionCount))
            members["embedded_processors"] = .flag(model.nic.capacity.hasEmbeddedProcessors)
        case .attachment: members["kind"] = .string("pcie-attachment")
        }
        return members
    }
}
