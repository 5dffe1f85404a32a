internal import Simulation
internal import Wire
internal import Yams

extension ScenarioReader {
    mutating func readHosts(_ node: Node, model: DeviceModel?) {
        let items = reader.items(of: node, "hosts")
        if items.isEmpty, case .sequence = node {
            reader.report(reader.location(of: node), found: "no host", expected: "at least one host")
        }
        if items.count > 16 {
            reader.report(reader.location(of: node), found: "\(items.count) hosts", expected: "at most 16 hosts")
        }
        for item in items { readHost(item, model: model) }
    }

    private mutating func readHost(_ node: Node, model shared: DeviceModel?) {
        guard let fields = reader.fields(of: node, as: ScenarioKeys.Host.self, "a host") else { return }
        let name = reader.required(.name, of: fields, "a host").flatMap { reader.name($0) }
        // A host whose model could not be read is still read to the end, for its other mistakes.
        let model = fields[.model].map { self.model($0) } ?? shared
        var host = HostDescription(name: name?.string ?? "", model: model ?? DeviceModel(name: "", path: ""))
        if let name { take(name.string, at: name.location) }
        if let node = fields[.memory] {
            let range: ClosedRange<UInt64> = (16 << 20)...(1 << 44)
            host.memoryByteCount = reader.quantity(node, Quantity.byteCount, in: range) ?? host.memoryByteCount
        }
        if let node = fields[.iommu], let keys = reader.fields(of: node, as: ScenarioKeys.IOMMU.self, "an IOMMU"),
            let page = keys[.page], let text = reader.choice(page, among: ["4KiB", "2MiB", "1GiB"], "page size")
        {
            host.iommuPageByteCount = ["4KiB": 4096, "2MiB": 2 << 20, "1GiB": 1 << 30][text.string] ?? 4096
        }
        if let node = fields[.software] { readSoftware(node, into: &host.software) }
        if let node = reader.required(.functions, of: fields, "a host") { readFunctions(node, into: &host) }
        document.hosts.append(host)
    }

    private mutating func readSoftware(_ node: Node, into costs: inout HostDescription.SoftwareCosts) {
        guard let fields = reader.fields(of: node, as: ScenarioKeys.Software.self, "software costs") else { return }
        for key in ScenarioKeys.Software.allCases {
            guard let duration = fields[key].flatMap({ reader.duration($0) }) else { continue }
            switch key {
            case .perPacketReceive: costs.perPacketReceive = duration
            case .perPacketTransmit: costs.perPacketTransmit = duration
            case .perInterrupt: costs.perInterrupt = duration
            case .perDoorbell: costs.perDoorbell = duration
            case .perCommand: costs.perCommand = duration
            }
        }
    }

    private mutating func readFunctions(_ node: Node, into host: inout HostDescription) {
        var forwards: [(function: Int, target: DocumentReader.Text)] = []
        for item in reader.items(of: node, "functions") {
            guard let fields = reader.fields(of: item, as: ScenarioKeys.Function.self, "a function") else { continue }
            let name = reader.required(.name, of: fields, "a function").flatMap { reader.name($0) }
            let netdev = reader.required(.netdev, of: fields, "a function").flatMap { reader.name($0) }
            let last = max(host.model.portCount, 1) - 1
            let port = fields[.port].flatMap { reader.integer($0, in: 0...last, "the port of \(host.model.name)") } ?? 0
            var function = HostDescription.FunctionDescription(
                name: name?.string ?? "", port: port, netdev: netdev?.string ?? "",
                mac: mac(fields[.mac], host: document.hosts.count, function: host.functions.count),
                location: fields.location)
            for text in [name, netdev].compactMap(\.self) { takePoint(text, of: host) }
            if let node = fields[.application] {
                function.application = application(node, of: function.netdev) {
                    forwards.append((host.functions.count, $0))
                }
            }
            host.functions.append(function)
        }
        if host.functions.isEmpty, case .sequence = node {
            reader.report(reader.location(of: node), found: "no function", expected: "at least one function")
        }
        let netdevs = host.functions.map(\.netdev)
        for (_, target) in forwards where !netdevs.contains(target.string) {
            reader.report(
                target.location, found: "the unknown netdev \"\(target.string)\"",
                expected: "a netdev of \(host.name): \(DocumentReader.list(netdevs))",
                suggestion: NearestName.of(target.string, among: netdevs))
        }
    }

    private mutating func takePoint(_ text: DocumentReader.Text, of host: HostDescription) {
        let string = text.string
        if string.first == "p", string.count > 1, string.dropFirst().allSatisfy(\.isNumber) {
            reader.report(
                text.location, found: "the name \"\(string)\"", expected: "another name: p0, p1 … are the NIC's ports")
        }
        take("\(host.name).\(string)", at: text.location)
    }

    /// The address in the file, or a locally administered one made from the two positions.
    private mutating func mac(_ node: Node?, host: Int, function: Int) -> MACAddress {
        let standard = MACAddress(2, 0, 0, UInt8(truncatingIfNeeded: host), UInt8(truncatingIfNeeded: function), 1)
        guard let node, let mac = reader.macAddress(node) else { return standard }
        if mac.isMulticast || mac == .zero {
            reader.report(
                reader.location(of: node), found: "a group's or no address", expected: "the address of one interface")
        }
        return mac
    }

    private mutating func application(
        _ node: Node, of netdev: String, forward: (DocumentReader.Text) -> Void
    ) -> HostDescription.Application {
        if case .scalar = node {
            guard let text = reader.choice(node, among: ["none", "sink", "forward", "reflect"], "application") else {
                return .none
            }
            return ["sink": .sink, "forward": .forward(netdev: netdev), "reflect": .reflect][text.string] ?? .none
        }
        guard let fields = reader.fields(of: node, as: ScenarioKeys.Application.self, "an application"),
            let kind = single(fields, among: ScenarioKeys.Application.allCases, "application"), let value = fields[kind]
        else { return .none }
        switch kind {
        case .none: return .none
        case .sink: return .sink
        case .reflect: return .reflect
        case .forward:
            guard let keys = reader.fields(of: value, as: ScenarioKeys.Forward.self, "forward"),
                let to = reader.required(.to, of: keys, "forward").flatMap({ reader.text($0, "a netdev") })
            else { return .forward(netdev: netdev) }
            forward(to)
            return .forward(netdev: to.string)
        case .generate: return .generate(generator(value, isApplication: true))
        case .replay: return replay(value).map { .replay($0) } ?? .none
        }
    }

    /// The only one of `keys` that a mapping has; reports none and several.
    mutating func single<Key: RawRepresentable & Hashable>(
        _ fields: DocumentReader.Fields<Key>, among keys: [Key], _ name: String
    ) -> Key? where Key.RawValue == String {
        let present = keys.filter { fields[$0] != nil }
        if present.count == 1 { return present[0] }
        let found = present.isEmpty ? "none" : DocumentReader.list(present.map(\.rawValue), "and")
        reader.report(
            fields.location, found: "\(found) in one \(name)",
            expected: "exactly one of \(DocumentReader.list(keys.map(\.rawValue)))")
        return nil
    }
}
