/// Understanding `ip link` and sysfs; ethtool has a file of its own.
extension ControlCommand {
    /// Understands a command line, split into words at spaces.
    package static func parse(_ words: [String]) throws(ControlSyntaxError) -> ControlCommand {
        var reader = WordReader(words)
        let tools = ["ip", "ethtool", "echo"]
        let tool = try reader.word("a command: ip, ethtool or echo 1 > …/reset", candidates: tools)
        switch tool {
        case "ip": return try parseLink(&reader)
        case "ethtool": return try parseEthtool(&reader)
        case "echo": return try parseReset(&reader)
        default:
            throw reader.refuse(
                "unknown command \"\(tool)\"", "ip, ethtool or echo 1 > …/reset", candidates: tools)
        }
    }

    private static func parseLink(_ reader: inout WordReader) throws(ControlSyntaxError) -> ControlCommand {
        let showsStatistics = reader.accept("-s", "-stats", "-statistics")
        let object = try reader.word("link", candidates: ["link"])
        guard object == "link" || object == "l" else {
            throw reader.refuse("\"\(object)\"", "link", candidates: ["link"])
        }
        let verbs = ["set", "show"]
        let verb = try reader.word("set or show", candidates: verbs)
        _ = reader.accept("dev")
        switch verb {
        case "set":
            let netdev = try reader.word("the name of a network interface")
            return ControlCommand(netdev: netdev, actions: try parseLinkSettings(&reader))
        case "show":
            let netdev = try reader.word("the name of a network interface")
            try reader.end()
            return ControlCommand(netdev: netdev, actions: [.showLink(statistics: showsStatistics)])
        default: throw reader.refuse("\"\(verb)\"", "set or show", candidates: verbs)
        }
    }

    private static func parseLinkSettings(_ reader: inout WordReader) throws(ControlSyntaxError) -> [Action] {
        let settings = ["up", "down", "mtu", "address", "promisc", "allmulticast"]
        let expected = "one of " + settings.joined(separator: ", ")
        var actions: [Action] = []
        repeat {
            let setting = try reader.word(expected, candidates: settings)
            switch setting {
            case "up": actions.append(.setAdministrativeState(up: true))
            case "down": actions.append(.setAdministrativeState(up: false))
            case "mtu": actions.append(.setMTU(try reader.number("an MTU in bytes,", in: 68...65_535)))
            case "address": actions.append(.setAddress(try reader.address()))
            case "promisc": actions.append(.setPromiscuous(try reader.onOrOff()))
            case "allmulticast": actions.append(.setAllMulticast(try reader.onOrOff()))
            default: throw reader.refuse("\"\(setting)\"", expected, candidates: settings)
            }
        } while !reader.isAtEnd
        return actions
    }

    /// `echo 1 > /sys/class/net/DEV/device/reset`.
    private static func parseReset(_ reader: inout WordReader) throws(ControlSyntaxError) -> ControlCommand {
        let expected = "echo 1 > /sys/class/net/DEV/device/reset"
        let one = try reader.word(expected)
        guard one == "1" else { throw reader.refuse("\"\(one)\"", expected) }
        let arrow = try reader.word(expected)
        guard arrow == ">" else { throw reader.refuse("\"\(arrow)\"", expected) }
        let path = try reader.word(expected)
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 7, parts[0].isEmpty, parts[1...3] == ["sys", "class", "net"],
            parts[5...] == ["device", "reset"], !parts[4].isEmpty
        else { throw reader.refuse("\"\(path)\"", "/sys/class/net/DEV/device/reset") }
        try reader.end()
        return ControlCommand(netdev: String(parts[4]), actions: [.reset])
    }
}
