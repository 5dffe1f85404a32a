internal import Simulation
internal import Yams

/// Reads what runs on netdevs.
extension ScenarioReader {
    /// The section `applications` of a host: netdevs' names, or patterns such as `eth0s*`, and what runs on them.
    mutating func readApplications(_ node: Node, of host: Int) {
        guard case .mapping(let mapping) = node else {
            reader.report(
                reader.location(of: node), found: reader.describe(node),
                expected: "a mapping of netdevs to applications, such as eth0v*: reflect")
            return
        }
        for (keyNode, value) in mapping where !YAMLText.isHidden(keyNode.string ?? "") {
            guard let text = reader.text(keyNode, "the name of a netdev, or a pattern such as eth0v*") else { continue }
            let pattern = NetdevPattern(text.string)
            if pattern.isPlural {
                if !canMatch(pattern, of: host) {
                    let valid = document.declaredNetdevs(of: host).flatMap { [$0, $0 + "v*", $0 + "s*"] }
                    reader.report(
                        text.location, found: "the pattern \"\(text.string)\", which no netdev can have as its name",
                        expected: "one for netdevs of \(document.hosts[host].name)",
                        suggestion: NearestName.of(text.string, among: valid))
                    continue
                }
            } else if let mistake = document.mistake(inNetdev: text.string, of: host, at: text.location) {
                reader.report(mistake)
                continue
            }
            readApplication(value, on: text.string, of: host, at: text.location)
        }
    }

    private func canMatch(_ pattern: NetdevPattern, of host: Int) -> Bool {
        guard pattern.text.count(where: { $0 == "*" }) == 1 else { return false }
        if document.declaredNetdevs(of: host).contains(where: pattern.matches) { return true }
        // No physical function has more virtual ones; any number will do for a subfunction.
        return (0...1024).contains { number in
            document.function(ofNetdev: pattern.text.replacing("*", with: "\(number)"), on: host) != nil
        }
    }

    /// What runs on the netdevs of that name or pattern.
    mutating func readApplication(
        _ node: Node, on netdevs: String, of host: Int, at location: SourceLocation? = nil
    ) {
        let location = location ?? reader.location(of: node)
        let pattern = NetdevPattern(netdevs)
        if let other = document.hosts[host].applications.first(where: { $0.netdevs == pattern }) {
            reader.report(
                location, found: "a second application on \"\(netdevs)\" (line \(other.location.line) has one)",
                expected: "one application on a netdev")
            return
        }
        var description = ApplicationDescription(netdevs: pattern, application: .none, location: location)
        description.application = application(node, of: host)
        document.hosts[host].applications.append(description)
    }

    private mutating func application(_ node: Node, of host: Int) -> HostDescription.Application {
        if case .scalar = node {
            guard let text = reader.choice(node, among: ["none", "sink", "forward", "reflect"], "application") else {
                return .none
            }
            return ["sink": .sink, "forward": .forward(netdev: nil), "reflect": .reflect][text.string] ?? .none
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
            else { return .forward(netdev: nil) }
            forwardTargets.append((host, to))
            return .forward(netdev: to.string)
        case .generate: return .generate(generator(value, isApplication: true))
        case .replay: return replay(value).map { .replay($0) } ?? .none
        }
    }

    /// What is forwarded must go to a netdev that can exist; all of them are known now.
    mutating func checkApplications() {
        for (host, target) in forwardTargets {
            if let mistake = document.mistake(inNetdev: target.string, of: host, at: target.location) {
                reader.report(mistake)
            }
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
