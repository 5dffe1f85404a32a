/// Finding functions and netdevs, by name and otherwise.
extension ScenarioDocument {
    /// Most functions in one world: a function's number has 16 bits, and one number is for none.
    package static let mostFunctions = 65_535

    /// The physical functions whose drivers run on a host, in the order of their NICs and numbers.
    package func physicalFunctions(of host: Int) -> [PhysicalFunctionDescription] {
        nics.flatMap { $0.functions.filter { $0.host == host } }
    }

    /// A function's name: that of its NIC, its physical function and what it is of that: `h0.pf0`, `n0.pf0vf2`.
    package func name(of function: FunctionReference) -> String {
        let nic = nics[function.nic]
        return "\(nic.name).\(nic.functions[function.physical].name)\(function.child?.suffix ?? "")"
    }

    /// The host whose driver a function has, and the name of the netdev there.
    package func driver(of function: FunctionReference) -> (host: Int, netdev: String) {
        let physical = nics[function.nic].functions[function.physical]
        guard let child = function.child.map({ physical.child($0) }) else { return (physical.host, physical.netdev) }
        return (child.host, child.netdev)
    }

    /// The function of that name, be it a physical one, a virtual one or a subfunction that can come into being.
    package func function(named name: String) -> FunctionReference? {
        let parts = name.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let nic = nics.firstIndex(where: { $0.name == parts[0] }) else { return nil }
        return function(named: parts[1], in: nic)
    }

    /// The function that the NIC calls so: `pf0`, `pf0vf2`, `pf0sf88`.
    func function(named name: some StringProtocol, in nic: Int) -> FunctionReference? {
        if let physical = nics[nic].functions.first(where: { $0.name == name }) { return physical.reference }
        guard let (parent, child) = Self.splitChildName(name),
            let physical = nics[nic].functions.first(where: { $0.name == parent }), Self.isPossible(child, of: physical)
        else { return nil }
        return FunctionReference(nic: nic, physical: physical.reference.physical, child: child)
    }

    /// Whether a physical function offers that child.
    static func isPossible(_ child: FunctionReference.Child, of physical: PhysicalFunctionDescription) -> Bool {
        switch child {
        case .virtual(let number): number < physical.virtualFunctionCount
        case .sub: physical.subfunctionCount > 0
        }
    }

    /// `pf0vf2` as `pf0` and virtual function 2; `nil` when the name is not one of a child.
    static func splitChildName(_ name: some StringProtocol) -> (parent: String, child: FunctionReference.Child)? {
        guard let (number, rest) = splitNumber(name), rest.count > 2 else { return nil }
        switch rest.suffix(2) {
        case "vf": return (String(rest.dropLast(2)), .virtual(number))
        case "sf": return (String(rest.dropLast(2)), .sub(number))
        default: return nil
        }
    }

    /// The decimal number at the end of a name and what precedes it; none with a leading zero or beyond 32 bits.
    private static func splitNumber(_ name: some StringProtocol) -> (number: Int, rest: String)? {
        let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }
        let text = String(digits.reversed())
        guard !text.isEmpty, text.count <= 10, text.count == 1 || text.first != "0", let number = UInt32(text) else {
            return nil
        }
        return (Int(number), String(name.dropLast(text.count)))
    }

    // MARK: Netdevs

    /// `HOST.NETDEV` in its two parts, when there is such a host; the netdev need not exist.
    func netdev(named name: String) -> (host: Int, netdev: String)? {
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let host = hosts.firstIndex(where: { $0.name == parts[0] }) else { return nil }
        return (host, String(parts[1]))
    }

    /// The function whose driver makes the netdev of that name on a host, now or once the function has come into being.
    package func function(ofNetdev name: String, on host: Int) -> FunctionReference? {
        for nic in nics {
            for physical in nic.functions {
                if physical.host == host, physical.netdev == name { return physical.reference }
                var reference = physical.reference
                if let child = physical.declaredChildren.first(where: { $0.host == host && $0.netdev == name }) {
                    reference.child = child.child
                    return reference
                }
            }
        }
        return unmentionedFunction(ofNetdev: name, on: host)
    }

    /// The virtual function or subfunction that the scenario does not mention and whose netdev has that name.
    func unmentionedFunction(ofNetdev name: String, on host: Int) -> FunctionReference? {
        guard let (number, rest) = Self.splitNumber(name), let kind = rest.last, kind == "v" || kind == "s" else {
            return nil
        }
        let child: FunctionReference.Child = kind == "v" ? .virtual(number) : .sub(number)
        for nic in nics {
            for physical in nic.functions
            where physical.host == host && physical.netdev == rest.dropLast() && Self.isPossible(child, of: physical)
                && !physical.declaredChildren.contains(where: { $0.child == child })
            {
                var reference = physical.reference
                reference.child = child
                return reference
            }
        }
        return nil
    }

    /// The names of a host's netdevs that the scenario declares: of physical functions, then of others.
    func declaredNetdevs(of host: Int) -> [String] {
        let functions = nics.flatMap(\.functions)
        return functions.filter { $0.host == host }.map(\.netdev)
            + functions.flatMap { $0.declaredChildren.filter { $0.host == host }.map(\.netdev) }
    }

    /// The mistake in naming a netdev of a host, if there can be none of that name.
    func mistake(inNetdev name: String, of host: Int, at location: SourceLocation) -> Mistake? {
        if function(ofNetdev: name, on: host) != nil { return nil }
        let valid = declaredNetdevs(of: host)
        return Mistake(
            location, found: "the unknown netdev \"\(name)\"",
            expected: "a netdev of \(hosts[host].name): \(DocumentReader.list(valid))",
            suggestion: NearestName.of(name, among: valid))
    }

    // MARK: Sources of traffic

    /// The names of what sends or receives frames, as far as they are declared: traffic endpoints, then applications by
    /// their netdev.
    package var trafficNames: [String] {
        traffic.map(\.name)
            + hosts.indices.flatMap { host in declaredNetdevs(of: host).map { "\(hosts[host].name).\($0)" } }
    }

    /// The traffic endpoint, or the application on a netdev, of that name.
    func source(named name: String) -> ScenarioStep.Source? {
        if let index = traffic.firstIndex(where: { $0.name == name }) { return .traffic(index) }
        guard let (host, netdev) = netdev(named: name), function(ofNetdev: netdev, on: host) != nil else { return nil }
        return .application(host: host, netdev: netdev)
    }
}
