internal import NIC
internal import Wire
internal import Yams

/// Reads functions: physical ones, and what is said of virtual ones and subfunctions.
extension ScenarioReader {
    /// A list of functions: a host's own or a NIC's.
    struct FunctionGroup {
        var node: Node
        /// Position of the NIC whose physical functions are in it; `nil` when there can be none.
        var nic: Int?
        /// The host whose drivers its functions have unless they say otherwise.
        var host: Int
        /// Whether it is the NIC's list, where a virtual function stays with its physical function.
        var isOfNIC = false
    }

    /// A function that is yet to be read.
    struct FunctionItem {
        var fields: DocumentReader.Fields<ScenarioKeys.Function>
        /// `nil` when it has none or a wrong one.
        var name: DocumentReader.Text?
        /// Whether the name is that of a virtual function or subfunction: `pf0vf1`, `n0.pf0sf88`.
        var isChild: Bool
    }

    /// Whether there is a physical function in a list; says nothing of mistakes.
    func hasPhysicalFunctions(_ node: Node) -> Bool {
        guard case .sequence(let items) = node else { return false }
        return items.contains { item in
            guard case .mapping(let mapping) = item, let name = mapping["name"]?.string else { return true }
            return !Self.isChildName(name)
        }
    }

    private static func isChildName(_ name: String) -> Bool {
        name.contains(".") || ScenarioDocument.splitChildName(name) != nil
    }

    mutating func functionItems(_ group: FunctionGroup) -> [FunctionItem] {
        var items: [FunctionItem] = []
        for node in reader.items(of: group.node, "functions") {
            guard let fields = reader.fields(of: node, as: ScenarioKeys.Function.self, "a function") else { continue }
            let node = reader.required(.name, of: fields, "a function")
            var item = FunctionItem(fields: fields, isChild: false)
            if let node, let text = node.string, text.contains(".") {
                item.name = reader.text(node, "the name of a function")
            } else if let node {
                item.name = reader.name(node)
            }
            if let name = item.name?.string { item.isChild = Self.isChildName(name) }
            items.append(item)
        }
        return items
    }

    // MARK: Physical functions

    mutating func readPhysicalFunctions(_ items: [FunctionItem], of group: FunctionGroup) {
        for item in items where !item.isChild {
            guard let nic = group.nic else {
                let host = document.hosts[group.host].name
                reader.report(
                    item.name?.location ?? item.fields.location,
                    found: "the physical function \"\(item.name?.string ?? "")\" in the guest \(host)",
                    expected: "a virtual function such as pf0vf0, or \"host: \(host)\" where the function is")
                continue
            }
            readPhysicalFunction(item, of: nic, group)
        }
    }

    private mutating func readPhysicalFunction(_ item: FunctionItem, of nic: Int, _ group: FunctionGroup) {
        let fields = item.fields
        let model = document.nics[nic].model
        let netdev = reader.required(.netdev, of: fields, "a function").flatMap { reader.name($0) }
        let last = max(model.portCount, 1) - 1
        let port = fields[.port].flatMap { reader.integer($0, in: 0...last, "the port of \(model.name)") } ?? 0
        let reference = FunctionReference(nic: nic, physical: document.nics[nic].functions.count)
        let standard = MACAddress(
            2, 0, 0, UInt8(truncatingIfNeeded: nic), UInt8(truncatingIfNeeded: reference.physical), 1)
        let links = document.nics[nic].links
        let host = assignedHost(fields, of: links.map(\.host), otherwise: group.host)
        var function = PhysicalFunctionDescription(
            reference, name: item.name?.string ?? "", port: port, host: host, netdev: netdev?.string ?? "",
            mac: mac(fields[.mac]) ?? standard, location: fields.location)
        let root = document.hosts[host].hypervisor ?? host
        function.link = links.firstIndex { $0.host == root } ?? 0
        // The NIC's own processors have no virtual functions of their own.
        let isEmbedded = function.link < links.count && links[function.link].isEmbedded
        let mostVirtualFunctions = isEmbedded ? 0 : model.nic.capacity.virtualFunctionCount
        function.virtualFunctionCount = limit(fields[.vfs], mostVirtualFunctions, "virtual functions", model)
        function.subfunctionCount = limit(fields[.sfs], model.nic.capacity.subfunctionCount, "subfunctions", model)
        if let name = item.name { takeFunction(name, of: nic) }
        if let netdev { takeNetdev(netdev, of: host) }
        document.nics[nic].functions.append(function)
        if let node = fields[.application] { readApplication(node, on: function.netdev, of: host) }
    }

    private mutating func limit(_ node: Node?, _ most: Int, _ name: String, _ model: DeviceModel) -> Int {
        guard let node else { return 0 }
        return reader.integer(node, in: 0...most, "the \(name) of \(model.name)") ?? most
    }

    /// The host that a function is assigned to: one of `roots` or a guest of one.
    private mutating func assignedHost(
        _ fields: DocumentReader.Fields<ScenarioKeys.Function>, of roots: [Int], otherwise standard: Int
    ) -> Int {
        guard let node = fields[.host] else { return standard }
        let valid = hosts(of: roots).map { document.hosts[$0].name }
        guard let text = reader.choice(node, among: valid, "host") else { return standard }
        return document.hosts.firstIndex { $0.name == text.string } ?? standard
    }

    /// Some hosts and all their guests.
    private func hosts(of roots: [Int]) -> [Int] {
        document.hosts.indices.filter { roots.contains(document.hosts[$0].hypervisor ?? $0) }
    }

    private mutating func takeFunction(_ text: DocumentReader.Text, of nic: Int) {
        refusePortName(text)
        take("\(document.nics[nic].name).\(text.string)", at: text.location)
    }

    private mutating func takeNetdev(_ text: DocumentReader.Text, of host: Int) {
        let name = document.hosts[host].name
        if document.nics.contains(where: { $0.name == name }) { refusePortName(text) }
        take("\(name).\(text.string)", at: text.location)
        netdevs.append((host, text))
    }

    /// No netdev may have the name that another gets when its function comes into being.
    mutating func checkNetdevNames() {
        for (host, text) in netdevs {
            guard let other = document.unmentionedFunction(ofNetdev: text.string, on: host) else { continue }
            reader.report(
                text.location,
                found: "the netdev \"\(text.string)\" of \(document.hosts[host].name), which is that of "
                    + "\(document.name(of: other)) as well",
                expected: "a name of its own")
        }
    }

    private mutating func refusePortName(_ text: DocumentReader.Text) {
        guard text.string.first == "p", text.string.count > 1, text.string.dropFirst().allSatisfy(\.isNumber) else {
            return
        }
        reader.report(
            text.location, found: "the name \"\(text.string)\"",
            expected: "another name: p0, p1 … are the NIC's ports")
    }

    /// The address of one interface.
    private mutating func mac(_ node: Node?) -> MACAddress? {
        guard let node, let mac = reader.macAddress(node) else { return nil }
        if mac.isMulticast || mac == .zero {
            reader.report(
                reader.location(of: node), found: "a group's or no address", expected: "the address of one interface")
        }
        return mac
    }

    // MARK: Virtual functions and subfunctions

    mutating func readChildFunctions(_ items: [FunctionItem], of group: FunctionGroup) {
        for item in items where item.isChild {
            guard let name = item.name, let reference = childReference(name, of: group),
                let child = reference.child
            else { continue }
            let fields = item.fields
            for key in [ScenarioKeys.Function.port, .vfs, .sfs] {
                guard let node = fields[key] else { continue }
                reader.report(
                    reader.location(of: node), found: "\"\(key.rawValue)\" of \(name.string)",
                    expected: "it beside a physical function")
            }
            let parent = document.nics[reference.nic].functions[reference.physical]
            var description = parent.child(child)
            description.location = fields.location
            description.host = childHost(item, isSubfunction: child.isSubfunction, of: parent, group)
            if let mac = mac(fields[.mac]) { description.mac = mac }
            let netdev = fields[.netdev].flatMap { reader.name($0) }
            if let netdev { description.netdev = netdev.string }
            take(document.name(of: reference), at: name.location)
            takeNetdev(
                netdev ?? DocumentReader.Text(string: description.netdev, location: name.location),
                of: description.host)
            document.nics[reference.nic].functions[reference.physical].declaredChildren.append(description)
            if let node = fields[.application] {
                readApplication(node, on: description.netdev, of: description.host)
            }
        }
    }

    /// The host that drives a child: that of its physical function's link or a guest of that.
    private mutating func childHost(
        _ item: FunctionItem, isSubfunction: Bool, of parent: PhysicalFunctionDescription, _ group: FunctionGroup
    ) -> Int {
        let roots = [document.hosts[parent.host].hypervisor ?? parent.host]
        let host = assignedHost(item.fields, of: roots, otherwise: group.isOfNIC ? parent.host : group.host)
        let valid = hosts(of: roots)
        if let name = item.name, !valid.contains(host) {
            reader.report(
                name.location, found: "\"\(name.string)\" in \(document.hosts[host].name)",
                expected: "it in \(DocumentReader.list(valid.map { document.hosts[$0].name })), where its physical "
                    + "function is")
        } else if let name = item.name, isSubfunction, host != parent.host {
            reader.report(
                name.location, found: "the subfunction \"\(name.string)\" in \(document.hosts[host].name)",
                expected: "it in \(document.hosts[parent.host].name): a subfunction is driven where its physical "
                    + "function is")
        }
        return host
    }

    /// The function that a child's name means, in the list of its NIC, its host or its guest.
    private mutating func childReference(
        _ name: DocumentReader.Text, of group: FunctionGroup
    ) -> FunctionReference? {
        let root = document.hosts[group.host].hypervisor ?? group.host
        let rootName = document.hosts[root].name
        let own = group.nic ?? document.nics.firstIndex { $0.name == rootName }
        let full = name.string.contains(".") ? name.string : own.map { "\(document.nics[$0].name).\(name.string)" }
        guard let full else {
            reader.report(
                name.location, found: "\"\(name.string)\" in a host without a NIC of its own",
                expected: "the NIC's name before it, such as \(document.nics.first?.name ?? "n0").\(name.string)")
            return nil
        }
        if let reference = document.function(named: full), reference.child != nil { return reference }
        let parents = document.nics.flatMap { nic in nic.functions.map { "\(nic.name).\($0.name)" } }
        guard let (parent, child) = ScenarioDocument.splitChildName(full) else {
            reader.report(
                name.location, found: "the function \"\(name.string)\"",
                expected: "a virtual function or subfunction such as \(parents.first ?? "pf0")vf0")
            return nil
        }
        guard parents.contains(parent), let physical = document.function(named: parent) else {
            reader.report(
                name.location, found: "\"\(name.string)\" of the unknown function \"\(parent)\"",
                expected: DocumentReader.list(parents), suggestion: NearestName.of(parent, among: parents))
            return nil
        }
        let function = document.nics[physical.nic].functions[physical.physical]
        let expected =
            switch child {
            case .virtual where function.virtualFunctionCount > 0:
                "a virtual function of \(parent): vf0 to vf\(function.virtualFunctionCount - 1)"
            case .virtual: "\"vfs: N\" beside \(parent), which offers no virtual functions without it"
            case .sub: "\"sfs: N\" beside \(parent), which offers no subfunctions without it"
            }
        reader.report(name.location, found: "\"\(name.string)\"", expected: expected)
        return nil
    }
}
