/// Understanding `ip link` and sysfs; ethtool has a file of its own.
extension ControlCommand {
    /// Understands a command line, split into words at spaces.
    package static func parse(_ words: [String]) throws(ControlSyntaxError) -> ControlCommand {
        var reader = WordReader(words)
        let tools = ["ip", "ethtool", "devlink", "echo", "modprobe", "rmmod", "ls", "dmesg"]
        let expected = "a command: \(tools.joined(separator: ", "))"
        let tool = try reader.word(expected, candidates: tools)
        switch tool {
        case "ip": return try parseLink(&reader)
        case "ethtool": return try parseEthtool(&reader)
        case "devlink": return try parseDevlink(&reader)
        case "echo": return try parseEcho(&reader)
        case "modprobe": return try parseModule(&reader, loads: true)
        case "rmmod": return try parseModule(&reader, loads: false)
        case "ls": return try parseListing(&reader)
        case "dmesg":
            try reader.end()
            return ControlCommand(.showLog)
        default: throw reader.refuse("unknown command \"\(tool)\"", expected, candidates: tools)
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
        if reader.accept("vf") { return [try parseVirtualFunction(&reader)] }
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

    /// `vf N mac … vlan … qos … spoofchk … trust … state … max_tx_rate … min_tx_rate …`.
    private static func parseVirtualFunction(_ reader: inout WordReader) throws(ControlSyntaxError) -> Action {
        let index = try reader.number("a virtual function", in: 0...65_535)
        let names = ["mac", "vlan", "spoofchk", "trust", "state", "max_tx_rate", "min_tx_rate", "rate"]
        let expected = "one of " + names.joined(separator: ", ")
        var settings: [VirtualFunctionSetting] = []
        repeat {
            let name = try reader.word(expected, candidates: names)
            switch name {
            case "mac": settings.append(.address(try reader.address()))
            case "vlan": settings.append(try parseVLAN(&reader))
            case "spoofchk": settings.append(.spoofCheck(try reader.onOrOff()))
            case "trust": settings.append(.trust(try reader.onOrOff()))
            case "state": settings.append(try parseLinkState(&reader))
            case "max_tx_rate", "rate": settings.append(.maximumRate(try rate(&reader)))
            case "min_tx_rate": settings.append(.minimumRate(try rate(&reader)))
            default: throw reader.refuse("\"\(name)\"", expected, candidates: names)
            }
        } while !reader.isAtEnd
        return .setVirtualFunction(index, settings)
    }

    private static func rate(_ reader: inout WordReader) throws(ControlSyntaxError) -> UInt32 {
        UInt32(try reader.number("a rate in Mb/s", in: 0...Int(Int32.max)))
    }

    private static func parseVLAN(_ reader: inout WordReader) throws(ControlSyntaxError) -> VirtualFunctionSetting {
        let vlan = UInt16(try reader.number("a VLAN", in: 0...4095))
        guard reader.accept("qos") else { return .vlan(vlan, qos: 0) }
        return .vlan(vlan, qos: UInt8(try reader.number("a priority", in: 0...7)))
    }

    private static func parseLinkState(
        _ reader: inout WordReader
    ) throws(ControlSyntaxError) -> VirtualFunctionSetting {
        let states = VirtualFunctionSetting.LinkState.allCases.map(\.rawValue)
        let word = try reader.word("auto, enable or disable", candidates: states)
        guard let state = VirtualFunctionSetting.LinkState(rawValue: word) else {
            throw reader.refuse("\"\(word)\"", "auto, enable or disable", candidates: states)
        }
        return .linkState(state)
    }
}
