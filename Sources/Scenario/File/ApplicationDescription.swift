/// An application and the netdevs of its host that it runs on: one, or all whose names differ in a number.
package struct ApplicationDescription: Sendable {
    package var netdevs: NetdevPattern
    package var application: HostDescription.Application
    package var location: SourceLocation

    package init(netdevs: NetdevPattern, application: HostDescription.Application, location: SourceLocation) {
        self.netdevs = netdevs
        self.application = application
        self.location = location
    }
}

/// The name of a netdev, in which one `*` stands for any decimal number: `eth0`, `eth0s*`.
package struct NetdevPattern: Hashable, Sendable {
    package var text: String

    package init(_ text: String) { self.text = text }

    /// Whether it stands for several netdevs.
    package var isPlural: Bool { text.contains("*") }

    /// Whether `name` is one of the names that it stands for.
    package func matches(_ name: String) -> Bool {
        guard let star = text.firstIndex(of: "*") else { return name == text }
        let before = text[..<star], after = text[text.index(after: star)...]
        guard name.count > before.count + after.count, name.hasPrefix(before), name.hasSuffix(after) else {
            return false
        }
        let number = name.dropFirst(before.count).dropLast(after.count)
        return number.allSatisfy { $0.isASCII && $0.isNumber } && (number.count == 1 || number.first != "0")
    }
}
