internal import NIC
internal import Yams

/// Reads a device model: the file's sections, and the same sections where a scenario changes a few of its numbers.
struct ModelReader {
    var reader: DocumentReader
    private(set) var model: DeviceModel
    /// Where each number was stated, for mistakes that concern two of them.
    private var places: [String: SourceLocation] = [:]

    init(reader: DocumentReader, model: DeviceModel) {
        self.reader = reader
        self.model = model
    }

    /// Keys of a model file besides the sections of numbers.
    static let headings = ["description", "source"]

    /// Reads a whole file: its name and description, and its sections.
    mutating func readFile(_ node: Node) {
        if case .mapping(let mapping) = node, let text = mapping["description"] {
            model.summary = reader.text(text, "what the model is")?.string ?? ""
        }
        readSections(of: node)
    }

    /// Reads the sections of numbers in `node`, whose mapping may also have the keys `headings`.
    mutating func readSections(of node: Node, headings: [String] = headings) {
        let valid = headings + ModelKey.sections
        guard case .mapping(let mapping) = node else {
            reader.report(
                reader.location(of: node), found: reader.describe(node),
                expected: "a device model: a mapping with \(DocumentReader.list(valid))")
            return
        }
        let fileSource = mapping["source"].flatMap { reader.text($0, "where the numbers are from")?.string }
        for (keyNode, value) in mapping {
            let key = keyNode.string ?? ""
            if ModelKey.sections.contains(key) {
                readSection(key, value, source: fileSource)
            } else if !valid.contains(key), !YAMLText.isHidden(key) {
                reader.report(
                    reader.location(of: keyNode), found: "unknown key \"\(key)\"",
                    expected: "a key of a device model: \(DocumentReader.list(valid))",
                    suggestion: NearestName.of(key, among: valid))
            }
        }
        checkTogether(reader.location(of: node))
    }

    private mutating func readSection(_ section: String, _ node: Node, source: String?) {
        let keys = ModelKey.all.filter { $0.section == section }
        let valid = keys.map(\.key) + ["source"]
        guard case .mapping(let mapping) = node else {
            reader.report(
                reader.location(of: node), found: reader.describe(node),
                expected: "the section \(section): a mapping with \(DocumentReader.list(valid))")
            return
        }
        let source = mapping["source"].flatMap { reader.text($0, "where the numbers are from")?.string } ?? source
        for (keyNode, value) in mapping {
            let name = keyNode.string ?? ""
            if let key = keys.first(where: { $0.key == name }) {
                readNumber(key, value, source: source)
            } else if name != "source", !YAMLText.isHidden(name) {
                reader.report(
                    reader.location(of: keyNode), found: "unknown key \"\(name)\"",
                    expected: "a key of \(section): \(DocumentReader.list(valid))",
                    suggestion: NearestName.of(name, among: valid))
            }
        }
    }

    private enum NumberKey: String, CaseIterable { case value, source }

    private mutating func readNumber(_ key: ModelKey, _ node: Node, source: String?) {
        var source = source
        var valueNode = node
        if case .mapping = node {
            guard let fields = reader.fields(of: node, as: NumberKey.self, "a number with its source"),
                let value = reader.required(.value, of: fields, "a number with its source")
            else { return }
            valueNode = value
            if let own = fields[.source].flatMap({ reader.text($0, "where the number is from") }) {
                source = own.string
            }
        }
        let location = reader.location(of: valueNode)
        guard let source else {
            reader.report(
                location, found: "\(key.key) without a source",
                expected: "a source beside the number or in its section: a calibration row, a document or \"assumed\"")
            return
        }
        guard let value = value(of: valueNode, as: key) else { return }
        key.apply(&model, value)
        let name = "\(key.section).\(key.key)"
        places[name] = location
        model.numbers.removeAll { $0.name == name }
        model.numbers.append(DeviceModel.Number(name: name, text: valueNode.string ?? "", source: source))
    }

    private mutating func value(of node: Node, as key: ModelKey) -> UInt64? {
        switch key.kind {
        case .count(let range): return reader.integer(node, in: range, key.key)
        case .oneOf(let values):
            return reader.choice(node, among: values.map(String.init), key.key).flatMap { UInt64($0.string) }
        case .bytes(let range): return reader.quantity(node, Quantity.byteCount, in: range)
        case .powerOfTwoBytes(let range):
            guard let value = reader.quantity(node, Quantity.byteCount, in: range) else { return nil }
            if value.nonzeroBitCount == 1 { return value }
            reader.report(
                reader.location(of: node), found: "\"\(node.string ?? "")\"",
                expected: "\(key.key): a power of two from \(range.lowerBound)B to \(range.upperBound)B")
            return nil
        case .time(let range): return reader.quantity(node, Quantity.time, in: range)
        case .rate(let rates):
            guard let value = reader.quantity(node, Quantity.bitRate) else { return nil }
            if rates.contains(value) { return value }
            let names = rates.map { "\($0 / 1_000_000_000)Gbps" }
            reader.report(
                reader.location(of: node), found: "the \(key.key) \"\(node.string ?? "")\"",
                expected: DocumentReader.list(names), suggestion: NearestName.of(node.string ?? "", among: names))
            return nil
        case .percentage(let range): return reader.percentage(node, in: range)
        case .flag: return reader.flag(node).map { $0 ? 1 : 0 }
        }
    }

    /// Numbers that are possible each but not together.
    private mutating func checkTogether(_ whole: SourceLocation) {
        let pcie = model.nic.pcie
        func place(_ names: String...) -> SourceLocation { names.compactMap { places[$0] }.first ?? whole }
        if pcie.readCompletionByteCount > pcie.maxPayloadByteCount {
            reader.report(
                place("pcie.read-completion-size", "pcie.max-payload"),
                found: "completions of \(pcie.readCompletionByteCount)B",
                expected: "a read-completion-size of at most max-payload, \(pcie.maxPayloadByteCount)B")
        }
        if pcie.readCompletionByteCount % pcie.readCompletionBoundary != 0 {
            reader.report(
                place("pcie.read-completion-size", "pcie.read-completion-boundary"),
                found: "completions of \(pcie.readCompletionByteCount)B",
                expected: "a multiple of read-completion-boundary, \(pcie.readCompletionBoundary)B")
        }
        if pcie.translationEntryCount % pcie.translationWayCount != 0 {
            reader.report(
                place("pcie.translation-entries", "pcie.translation-ways"),
                found: "\(pcie.translationEntryCount) translation entries",
                expected: "a multiple of translation-ways, \(pcie.translationWayCount)")
        }
        checkPosted(pcie, place("pcie.posted-data-credits", "pcie.max-payload"))
        checkBuffers(place("ports.receive-buffer", "ports.send-buffer", "ports.longest-frame"))
    }

    private mutating func checkPosted(_ pcie: PCIeParameters, _ place: SourceLocation) {
        let needed = (pcie.maxPayloadByteCount + 15) / 16
        if pcie.postedCredits.data != 0, pcie.postedCredits.data < needed {
            reader.report(
                place, found: "\(pcie.postedCredits.data) posted data credits",
                expected: "at least \(needed), for one packet of max-payload, or 0 for no limit")
        }
        let complete = (pcie.readCompletionByteCount + 15) / 16
        if pcie.completionCredits.data != 0, pcie.completionCredits.data < complete {
            reader.report(
                place, found: "\(pcie.completionCredits.data) completion data credits",
                expected: "at least \(complete), for one completion, or 0 for no limit")
        }
    }

    private mutating func checkBuffers(_ place: SourceLocation) {
        let smallest = min(model.nic.receiveBufferByteCount, model.nic.sendBufferByteCount)
        if smallest < Int(model.nic.maximumMTU) {
            reader.report(
                place, found: "a port buffer of \(smallest)B",
                expected: "room for a frame of longest-frame, \(model.nic.maximumMTU)B")
        }
        if model.nic.defaultMTU > model.nic.maximumMTU {
            reader.report(
                place, found: "a default-longest-frame of \(model.nic.defaultMTU)B",
                expected: "at most longest-frame, \(model.nic.maximumMTU)B")
        }
    }
}
