internal import NIC
internal import Yams

/// Reads NICs that stand on their own, and their links to hosts.
extension ScenarioReader {
    /// Most NICs of a world.
    private static let mostNICs = 64

    /// What stands in for a model that could not be read, so that the rest of the file is read without further ado.
    static var unreadableModel: DeviceModel {
        var model = DeviceModel(name: "", path: "")
        model.portCount = 4
        model.nic.capacity.virtualFunctionCount = 1000
        model.nic.capacity.subfunctionCount = 1000
        model.nic.capacity.hostLinkCount = 16
        model.nic.capacity.hasEmbeddedProcessors = true
        return model
    }

    /// The scenario's model, for a NIC that names none.
    mutating func sharedModel(_ root: DocumentReader.Fields<ScenarioKeys.Root>) -> DeviceModel {
        if let model = commonModel { return model }
        let model = reader.required(.model, of: root, "a scenario").flatMap { self.model($0) } ?? Self.unreadableModel
        commonModel = model
        return model
    }

    mutating func readNICs(
        _ node: Node, sharedModel root: DocumentReader.Fields<ScenarioKeys.Root>
    ) -> [FunctionGroup] {
        let items = reader.items(of: node, "NICs")
        if items.count > Self.mostNICs {
            reader.report(
                reader.location(of: node), found: "\(items.count) NICs", expected: "at most \(Self.mostNICs) NICs")
        }
        return items.prefix(Self.mostNICs).compactMap { readNIC($0, sharedModel: root) }
    }

    private mutating func readNIC(
        _ node: Node, sharedModel root: DocumentReader.Fields<ScenarioKeys.Root>
    ) -> FunctionGroup? {
        guard let fields = reader.fields(of: node, as: ScenarioKeys.NIC.self, "a NIC") else { return nil }
        let name = reader.required(.name, of: fields, "a NIC").flatMap { reader.name($0) }
        if let name { take(name.string, at: name.location) }
        let model = fields[.model].map { self.model($0) ?? Self.unreadableModel } ?? sharedModel(root)
        var nic = NICDescription(name: name?.string ?? "", model: model, location: fields.location)
        if let node = reader.required(.links, of: fields, "a NIC") { readLinks(node, of: &nic) }
        let index = document.nics.count
        document.nics.append(nic)
        guard let node = reader.required(.functions, of: fields, "a NIC") else { return nil }
        if case .sequence(let items) = node, items.isEmpty {
            reader.report(reader.location(of: node), found: "no function", expected: "at least one function")
        }
        return FunctionGroup(node: node, nic: index, host: nic.links.first?.host ?? 0, isOfNIC: true)
    }

    private mutating func readLinks(_ node: Node, of nic: inout NICDescription) {
        let items = reader.items(of: node, "hosts that the NIC is plugged into")
        if items.isEmpty, case .sequence = node {
            reader.report(reader.location(of: node), found: "no link", expected: "at least one link to a host")
        }
        for item in items {
            guard let link = readLink(item, of: nic) else { continue }
            nic.links.append(link)
        }
        let limit = nic.model.nic.capacity.hostLinkCount
        let count = nic.links.count { !$0.isEmbedded }
        if count > limit {
            reader.report(
                reader.location(of: node), found: "\(count) links to hosts",
                expected: "at most \(limit), as many as \(nic.model.name) has")
        }
    }

    private mutating func readLink(_ node: Node, of nic: NICDescription) -> NICDescription.LinkDescription? {
        var hostNode = node
        var isEmbedded = false
        if case .mapping = node {
            guard let fields = reader.fields(of: node, as: ScenarioKeys.Link.self, "a link"),
                let host = reader.required(.host, of: fields, "a link")
            else { return nil }
            hostNode = host
            if let node = fields[.embedded] {
                isEmbedded = reader.flag(node) ?? false
                if isEmbedded, !nic.model.nic.capacity.hasEmbeddedProcessors {
                    reader.report(
                        reader.location(of: node), found: "an embedded host of \(nic.model.name)",
                        expected: "a model with processors of its own, such as bluefield-2")
                }
            }
        }
        let names = document.hosts.map(\.name)
        guard let text = reader.choice(hostNode, among: names, "host"),
            let host = names.firstIndex(of: text.string)
        else { return nil }
        if let hypervisor = document.hosts[host].hypervisor {
            reader.report(
                text.location, found: "a link to the guest \"\(text.string)\"",
                expected: "a link to \(names[hypervisor]), and functions that are assigned to the guest")
            return nil
        }
        if nic.links.contains(where: { $0.host == host }) {
            reader.report(text.location, found: "\"\(text.string)\" a second time", expected: "each host once")
            return nil
        }
        return NICDescription.LinkDescription(host: host, isEmbedded: isEmbedded)
    }

    /// Gives the links of each host their buses: 3 for the first, and sixteen for each, so that all functions have room.
    mutating func numberBuses() {
        var next = Array(repeating: 3, count: document.hosts.count)
        for nic in document.nics.indices {
            for link in document.nics[nic].links.indices {
                let host = document.nics[nic].links[link].host
                document.nics[nic].links[link].bus = UInt8(truncatingIfNeeded: next[host])
                next[host] += 16
            }
        }
    }
}
