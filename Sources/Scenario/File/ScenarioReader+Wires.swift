internal import Simulation
internal import Yams

extension ScenarioReader {
    /// Time of light in a metre of fibre or copper: two thirds of that in vacuum.
    private static let picosecondsPerMetre: UInt64 = 5000

    mutating func readWires(_ node: Node) {
        var used: [String: SourceLocation] = [:]
        for item in reader.items(of: node, "wires") {
            guard let fields = reader.fields(of: item, as: ScenarioKeys.Wire.self, "a wire") else { continue }
            let name = reader.required(.name, of: fields, "a wire").flatMap { reader.name($0) }
            if let name { take(name.string, at: name.location) }
            let ends = reader.required(.between, of: fields, "a wire").map { readEnds($0, used: &used) } ?? []
            let propagation = propagation(fields)
            // A wire with a wrong end keeps its name, so that what names it is not reported as well.
            let speed = ends.count == 2 ? speed(ends, fields.location) : nil
            guard let name else { continue }
            document.wires.append(
                WireDescription(
                    name: name.string, first: ends.first ?? .traffic(0), second: ends.last ?? .traffic(0),
                    propagation: propagation, bitsPerSecond: speed ?? 0))
        }
        for endpoint in document.traffic where !endpoint.name.isEmpty && used[endpoint.name] == nil {
            reader.report(
                endpoint.location, found: "the traffic endpoint \"\(endpoint.name)\" at the end of no wire",
                expected: "a wire between a NIC port and \(endpoint.name)")
        }
    }

    private mutating func propagation(_ fields: DocumentReader.Fields<ScenarioKeys.Wire>) -> SimDuration {
        if let length = fields[.length] {
            if let propagation = fields[.propagation] {
                reader.report(
                    reader.location(of: propagation), found: "both length and propagation", expected: "one of them")
            }
            let millimetres = reader.quantity(length, Quantity.length, in: 0...100_000_000) ?? 0
            return .picoseconds(millimetres * Self.picosecondsPerMetre / 1000)
        }
        guard let node = fields[.propagation] else { return .nanoseconds(10) }
        return reader.duration(node) ?? .zero
    }

    private mutating func readEnds(_ node: Node, used: inout [String: SourceLocation]) -> [WireDescription.End] {
        let items = reader.items(of: node, "the two ends of a wire")
        if case .sequence = node, items.count != 2 {
            reader.report(
                reader.location(of: node), found: "\(items.count) ends", expected: "the two ends of a wire")
        }
        var ends: [WireDescription.End] = []
        for item in items {
            guard let text = reader.text(item, "an end of a wire: NIC.pN or a traffic endpoint") else { continue }
            if let other = used[text.string] {
                reader.report(
                    text.location, found: "\"\(text.string)\", which line \(other.line) has plugged in",
                    expected: "an end that is free")
            }
            used[text.string] = text.location
            if let end = end(text) { ends.append(end) }
        }
        return ends
    }

    private mutating func end(_ text: DocumentReader.Text) -> WireDescription.End? {
        if let index = document.traffic.firstIndex(where: { $0.name == text.string }) { return .traffic(index) }
        var valid: [String] = []
        for (nic, description) in document.nics.enumerated() {
            for port in 0..<description.model.portCount {
                let name = "\(description.name).p\(port)"
                if name == text.string { return .port(nic: nic, port: port) }
                valid.append(name)
            }
        }
        valid += document.traffic.map(\.name)
        reader.report(
            text.location, found: "the unknown end \"\(text.string)\"", expected: DocumentReader.list(valid),
            suggestion: NearestName.of(text.string, among: valid))
        return nil
    }

    private mutating func speed(_ ends: [WireDescription.End], _ location: SourceLocation) -> UInt64? {
        let speeds = ends.compactMap { end -> UInt64? in
            guard case .port(let nic, _) = end else { return nil }
            return document.nics[nic].model.portBitsPerSecond
        }
        guard let first = speeds.first else {
            reader.report(location, found: "a wire between two traffic endpoints", expected: "a NIC port at one end")
            return nil
        }
        if let other = speeds.last, other != first {
            reader.report(
                location, found: "ports of \(first / 1_000_000_000)Gbps and \(other / 1_000_000_000)Gbps",
                expected: "two ports of one speed")
        }
        return first
    }
}
