internal import Simulation
internal import Yams

/// Reads hosts: what each is, but for its functions and applications.
extension ScenarioReader {
    /// Most hosts of a world.
    private static let mostHosts = 64

    /// A host that has been read, and the nodes that can only be read once all hosts and NICs are known.
    struct PendingHost {
        var fields: DocumentReader.Fields<ScenarioKeys.Host>
        /// The model of the NIC that its own functions make.
        var model: DeviceModel?
    }

    /// Reads everything that frames pass between wires and applications.
    mutating func readMachines(_ fields: DocumentReader.Fields<ScenarioKeys.Root>) {
        guard let node = reader.required(.hosts, of: fields, "a scenario") else { return }
        let hosts = readHosts(node)
        resolveGuests(hosts)
        var groups = hosts.indices.compactMap { ownFunctions(of: $0, hosts[$0], sharedModel: fields) }
        if let node = fields[.nics] { groups += readNICs(node, sharedModel: fields) }
        let pending = groups.map { (group: $0, items: functionItems($0)) }
        for (group, items) in pending { readPhysicalFunctions(items, of: group) }
        for (group, items) in pending { readChildFunctions(items, of: group) }
        checkNetdevNames()
        numberBuses()
        for host in hosts.indices {
            if let node = hosts[host].fields[.applications] { readApplications(node, of: host) }
        }
        checkApplications()
        checkMachines(hosts, fields.location)
    }

    private mutating func readHosts(_ node: Node) -> [PendingHost] {
        let items = reader.items(of: node, "hosts")
        if items.isEmpty, case .sequence = node {
            reader.report(reader.location(of: node), found: "no host", expected: "at least one host")
        }
        if items.count > Self.mostHosts {
            reader.report(
                reader.location(of: node), found: "\(items.count) hosts", expected: "at most \(Self.mostHosts) hosts")
        }
        return items.prefix(Self.mostHosts).compactMap { readHost($0) }
    }

    private mutating func readHost(_ node: Node) -> PendingHost? {
        guard let fields = reader.fields(of: node, as: ScenarioKeys.Host.self, "a host") else { return nil }
        let name = reader.required(.name, of: fields, "a host").flatMap { reader.name($0) }
        // A host whose model could not be read is still read to the end, for its other mistakes.
        let model = fields[.model].map { self.model($0) ?? Self.unreadableModel }
        var host = HostDescription(name: name?.string ?? "", location: fields.location)
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
        if let node = fields[.processors] {
            host.processorCount = reader.integer(node, in: 1...256, "processors") ?? host.processorCount
        }
        if let node = fields[.software] { readSoftware(node, into: &host.software) }
        document.hosts.append(host)
        return PendingHost(fields: fields, model: model)
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

    private mutating func resolveGuests(_ hosts: [PendingHost]) {
        let names = document.hosts.map(\.name)
        // A guest of nobody goes on as one of this host, so that its functions are not reported as well.
        let standard = hosts.firstIndex { $0.fields[.guestOf] == nil }
        for index in hosts.indices {
            guard let node = hosts[index].fields[.guestOf] else { continue }
            document.hosts[index].hypervisor = standard
            if let model = hosts[index].fields[.model] {
                reader.report(
                    reader.location(of: model), found: "a model in a guest",
                    expected: "none: a guest has functions of its host's NICs")
            }
            guard let text = reader.choice(node, among: names, "host"),
                let hypervisor = names.firstIndex(of: text.string)
            else { continue }
            if hosts[hypervisor].fields[.guestOf] == nil {
                document.hosts[index].hypervisor = hypervisor
            } else {
                reader.report(
                    text.location, found: "the guest \"\(text.string)\"",
                    expected: "a host that is no guest: guests have none of their own")
            }
        }
    }

    /// The functions of a host's own list, and the NIC that they make if there are physical ones among them.
    private mutating func ownFunctions(
        of host: Int, _ pending: PendingHost, sharedModel: DocumentReader.Fields<ScenarioKeys.Root>
    ) -> FunctionGroup? {
        guard let node = pending.fields[.functions] else { return nil }
        let description = document.hosts[host]
        if case .sequence(let items) = node, items.isEmpty {
            reader.report(reader.location(of: node), found: "no function", expected: "at least one function")
            return nil
        }
        var group = FunctionGroup(node: node, host: host)
        guard pending.fields[.guestOf] == nil, hasPhysicalFunctions(node) else { return group }
        var nic = NICDescription(
            name: description.name, model: pending.model ?? self.sharedModel(sharedModel),
            location: description.location)
        nic.links = [NICDescription.LinkDescription(host: host)]
        group.nic = document.nics.count
        document.nics.append(nic)
        return group
    }

    /// Every host needs something to send and receive with, and a world has room for so many functions.
    private mutating func checkMachines(_ hosts: [PendingHost], _ whole: SourceLocation) {
        for (index, host) in document.hosts.enumerated() {
            let isUsed = document.nics.contains { nic in
                nic.links.contains { $0.host == index }
                    || nic.functions.contains { function in
                        function.host == index || function.declaredChildren.contains { $0.host == index }
                    }
            }
            if isUsed || hosts[index].fields[.functions] != nil { continue }
            reader.report(
                host.location, found: "the host \"\(host.name)\" without a function",
                expected: "the key \"functions\", or a NIC that names it among its links or functions")
        }
        let count = document.nics.reduce(0) { $0 + $1.functionCount }
        if count > ScenarioDocument.mostFunctions {
            reader.report(
                document.nics.last?.location ?? whole,
                found: "room for \(count) functions, virtual functions and subfunctions",
                expected: "at most \(ScenarioDocument.mostFunctions) in a world: fewer \"vfs\" or \"sfs\"")
        }
    }
}
