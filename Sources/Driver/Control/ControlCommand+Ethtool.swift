/// Understanding `ethtool`.
extension ControlCommand {
    /// Every option, short and long.
    private static let options: [(names: [String], option: Option)] = [
        (["-L", "--set-channels"], .setChannels), (["-G", "--set-ring"], .setRings),
        (["-K", "--features", "--offload"], .setFeatures), (["-C", "--coalesce"], .setCoalescing),
        (["-X", "--set-rxfh-indir", "--rxfh"], .setIndirection), (["-N", "-U", "--config-nfc"], .setFlowHash),
        (["-A", "--pause"], .setPause), (["-i", "--driver"], .show(.driver)),
        (["-S", "--statistics"], .show(.statistics)), (["-k", "--show-features", "--show-offload"], .show(.features)),
        (["-g", "--show-ring"], .show(.rings)), (["-l", "--show-channels"], .show(.channels)),
        (["-c", "--show-coalesce"], .show(.coalescing)),
        (["-x", "--show-rxfh-indir", "--show-rxfh"], .show(.indirection)), (["-a", "--show-pause"], .show(.pause)),
        (["-n", "-u", "--show-nfc"], .showFlowHash),
    ]

    private enum Option {
        case setChannels, setRings, setFeatures, setCoalescing, setIndirection, setFlowHash, setPause, showFlowHash
        case show(Query)
    }

    static func parseEthtool(_ reader: inout WordReader) throws(ControlSyntaxError) -> ControlCommand {
        let names = options.flatMap(\.names)
        let first = try reader.word("an option such as -L, or the name of a network interface", candidates: names)
        guard first.hasPrefix("-") else {
            try reader.end()
            return ControlCommand(netdev: first, actions: [.show(.settings)])
        }
        guard let option = options.first(where: { $0.names.contains(first) })?.option else {
            throw reader.refuse("unknown option \"\(first)\"", "an option of ethtool", candidates: names)
        }
        let netdev = try reader.word("the name of a network interface")
        return ControlCommand(netdev: netdev, actions: try parse(option, &reader))
    }

    private static func parse(_ option: Option, _ reader: inout WordReader) throws(ControlSyntaxError) -> [Action] {
        switch option {
        case .show(let query):
            try reader.end()
            return [.show(query)]
        case .setChannels: return try parseChannels(&reader)
        case .setRings: return try parseRings(&reader)
        case .setFeatures: return try parseFeatures(&reader)
        case .setCoalescing: return try parseCoalescing(&reader)
        case .setIndirection: return try parseIndirection(&reader)
        case .setFlowHash:
            let type = try parseFlowHashType(&reader)
            let letters = try reader.word("hash fields: letters of s, d, f and n")
            guard let fields = FlowHashFields(letters: letters) else {
                throw reader.refuse("\"\(letters)\"", "hash fields: letters of s, d, f and n")
            }
            try reader.end()
            return [.setFlowHash(type, fields)]
        case .showFlowHash:
            let type = try parseFlowHashType(&reader)
            try reader.end()
            return [.showFlowHash(type)]
        case .setPause: return try parsePause(&reader)
        }
    }

    private static func parseChannels(_ reader: inout WordReader) throws(ControlSyntaxError) -> [Action] {
        let word = try reader.word("combined", candidates: ["combined"])
        guard word == "combined" else { throw reader.refuse("\"\(word)\"", "combined", candidates: ["combined"]) }
        let count = try reader.number("a number of channels", in: 1...64)
        try reader.end()
        return [.setChannels(combined: count)]
    }

    private static func parseRings(_ reader: inout WordReader) throws(ControlSyntaxError) -> [Action] {
        var receive: Int?
        var transmit: Int?
        repeat {
            let word = try reader.word("rx or tx", candidates: ["rx", "tx"])
            switch word {
            case "rx": receive = try reader.number("a number of entries", in: 1...8192)
            case "tx": transmit = try reader.number("a number of entries", in: 1...8192)
            default: throw reader.refuse("\"\(word)\"", "rx or tx", candidates: ["rx", "tx"])
            }
        } while !reader.isAtEnd
        return [.setRings(receive: receive, transmit: transmit)]
    }

    private static func parseFeatures(_ reader: inout WordReader) throws(ControlSyntaxError) -> [Action] {
        var actions: [Action] = []
        repeat {
            let name = try reader.word("the name of a feature", candidates: NetdevFeature.names)
            guard let feature = NetdevFeature(named: name) else {
                throw reader.refuse(
                    "unknown feature \"\(name)\"", "a feature such as tso or rxvlan", candidates: NetdevFeature.names)
            }
            actions.append(.setFeature(feature, on: try reader.onOrOff()))
        } while !reader.isAtEnd
        return actions
    }

    private static func parseCoalescing(_ reader: inout WordReader) throws(ControlSyntaxError) -> [Action] {
        let names = ["rx-usecs", "rx-frames", "tx-usecs", "tx-frames", "adaptive-rx", "adaptive-tx"]
        let expected = "one of " + names.joined(separator: ", ")
        var change = CoalescingChange()
        repeat {
            let name = try reader.word(expected, candidates: names)
            switch name {
            case "rx-usecs": change.receiveMicroseconds = try reader.number("microseconds", in: 0...4095)
            case "rx-frames": change.receiveFrames = try reader.number("frames", in: 0...65_535)
            case "tx-usecs": change.transmitMicroseconds = try reader.number("microseconds", in: 0...4095)
            case "tx-frames": change.transmitFrames = try reader.number("frames", in: 0...65_535)
            case "adaptive-rx", "adaptive-tx":
                if try reader.onOrOff() {
                    throw reader.refuse("\"on\"", "off: adaptive moderation is not offered", candidates: ["off"])
                }
            default: throw reader.refuse("\"\(name)\"", expected, candidates: names)
            }
        } while !reader.isAtEnd
        return [.setCoalescing(change)]
    }

    private static func parseIndirection(_ reader: inout WordReader) throws(ControlSyntaxError) -> [Action] {
        let names = ["equal", "weight", "default", "hkey"]
        let expected = "one of " + names.joined(separator: ", ")
        var actions: [Action] = []
        repeat {
            let name = try reader.word(expected, candidates: names)
            switch name {
            case "equal":
                actions.append(.setIndirection(.equal(count: try reader.number("a number of queues", in: 1...64))))
            case "default": actions.append(.setIndirection(.standard))
            case "weight": actions.append(.setIndirection(.weights(try parseWeights(&reader))))
            case "hkey":
                let key = try reader.word("40 bytes in hexadecimal between colons")
                guard let bytes = WordReader.bytes(key), bytes.count == 40 else {
                    throw reader.refuse("\"\(key)\"", "40 bytes in hexadecimal between colons")
                }
                actions.append(.setHashKey(bytes))
            default: throw reader.refuse("\"\(name)\"", expected, candidates: names)
            }
        } while !reader.isAtEnd
        return actions
    }

    private static func parseWeights(_ reader: inout WordReader) throws(ControlSyntaxError) -> [Int] {
        var weights: [Int] = []
        repeat {
            weights.append(try reader.number("a weight", in: 0...65_535))
        } while reader.next.flatMap({ Int($0) }) != nil
        guard weights.contains(where: { $0 > 0 }) else {
            throw reader.refuse("weights that are all zero", "at least one weight above zero")
        }
        return weights
    }

    private static func parseFlowHashType(_ reader: inout WordReader) throws(ControlSyntaxError) -> FlowHashType {
        let word = try reader.word("rx-flow-hash", candidates: ["rx-flow-hash"])
        guard word == "rx-flow-hash" else {
            throw reader.refuse("\"\(word)\"", "rx-flow-hash", candidates: ["rx-flow-hash"])
        }
        let types = FlowHashType.allCases.map(\.rawValue)
        let expected = "one of " + types.joined(separator: ", ")
        let name = try reader.word(expected, candidates: types)
        guard let type = FlowHashType(rawValue: name) else {
            throw reader.refuse("\"\(name)\"", expected, candidates: types)
        }
        return type
    }

    private static func parsePause(_ reader: inout WordReader) throws(ControlSyntaxError) -> [Action] {
        let names = ["autoneg", "rx", "tx"]
        var receive: Bool?
        var transmit: Bool?
        repeat {
            let name = try reader.word("autoneg, rx or tx", candidates: names)
            switch name {
            case "autoneg":
                if try reader.onOrOff() {
                    throw reader.refuse("\"on\"", "off: pause is not negotiated", candidates: ["off"])
                }
            case "rx": receive = try reader.onOrOff()
            case "tx": transmit = try reader.onOrOff()
            default: throw reader.refuse("\"\(name)\"", "autoneg, rx or tx", candidates: names)
            }
        } while !reader.isAtEnd
        return [.setPause(receive: receive, transmit: transmit)]
    }
}
