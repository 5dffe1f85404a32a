import Wire

/// Understanding `devlink`.
extension ControlCommand {
    static func parseDevlink(_ reader: inout WordReader) throws(ControlSyntaxError) -> ControlCommand {
        var isJSON = false
        while reader.accept("-j", "--json", "-p", "--pretty", "-jp", "-pj") { isJSON = true }
        let objects = ["dev", "port"]
        let object = try reader.word("dev or port", candidates: objects)
        let command: SystemCommand.DevlinkCommand
        switch object {
        case "dev": command = try parseDevice(&reader)
        case "port": command = try parsePort(&reader)
        default: throw reader.refuse("\"\(object)\"", "dev or port", candidates: objects)
        }
        try reader.end()
        return ControlCommand(.devlink(command, isJSON: isJSON))
    }

    private static let deviceHandle = "a device such as pci/0000:03:00.0"
    private static let portHandle = "a port such as pci/0000:03:00.0/32768"

    private static func parseDevice(
        _ reader: inout WordReader
    ) throws(ControlSyntaxError) -> SystemCommand.DevlinkCommand {
        let verbs = ["show", "info", "reload", "param"]
        guard !reader.isAtEnd else { return .showDevices(nil) }
        let verb = try reader.word("one of show, info, reload, param", candidates: verbs)
        switch verb {
        case "show": return .showDevices(reader.isAtEnd ? nil : try reader.word(deviceHandle))
        case "info": return .showInformation(reader.isAtEnd ? nil : try reader.word(deviceHandle))
        case "reload":
            let device = try reader.word(deviceHandle)
            if reader.accept("action") {
                let action = try reader.word("driver_reinit", candidates: ["driver_reinit"])
                guard action == "driver_reinit" else {
                    throw reader.refuse("\"\(action)\"", "driver_reinit", candidates: ["driver_reinit"])
                }
            }
            return .reload(device)
        case "param": return try parseParameter(&reader)
        default: throw reader.refuse("\"\(verb)\"", "one of show, info, reload, param", candidates: verbs)
        }
    }

    private static func parseParameter(
        _ reader: inout WordReader
    ) throws(ControlSyntaxError) -> SystemCommand.DevlinkCommand {
        let verbs = ["show", "set"]
        let verb = try reader.word("show or set", candidates: verbs)
        guard verbs.contains(verb) else { throw reader.refuse("\"\(verb)\"", "show or set", candidates: verbs) }
        let device = try reader.word(deviceHandle)
        try expect("name", &reader)
        let names = ["enable_eth", "enable_rdma", "enable_vnet"]
        let name = try reader.word("one of \(names.joined(separator: ", "))", candidates: names)
        guard names.contains(name) else {
            throw reader.refuse("\"\(name)\"", "one of \(names.joined(separator: ", "))", candidates: names)
        }
        if verb == "show" { return .showParameter(device: device, name: name) }
        try expect("value", &reader)
        let value = try reader.word("true or false", candidates: ["true", "false"])
        guard let isOn = ["true": true, "1": true, "false": false, "0": false][value] else {
            throw reader.refuse("\"\(value)\"", "true or false", candidates: ["true", "false"])
        }
        try expect("cmode", &reader)
        let mode = try reader.word("driverinit", candidates: ["driverinit"])
        guard mode == "driverinit" else {
            throw reader.refuse("\"\(mode)\"", "driverinit", candidates: ["driverinit"])
        }
        return .setParameter(device: device, name: name, value: isOn)
    }

    private static func parsePort(
        _ reader: inout WordReader
    ) throws(ControlSyntaxError) -> SystemCommand.DevlinkCommand {
        let verbs = ["show", "add", "del", "function"]
        guard !reader.isAtEnd else { return .showPorts(nil) }
        let verb = try reader.word("one of \(verbs.joined(separator: ", "))", candidates: verbs)
        switch verb {
        case "show": return .showPorts(reader.isAtEnd ? nil : try reader.word(portHandle))
        case "add": return try parseNewPort(&reader)
        case "del": return .deletePort(try reader.word(portHandle))
        case "function", "func":
            try expect("set", &reader)
            return try parsePortFunction(&reader)
        default:
            throw reader.refuse("\"\(verb)\"", "one of \(verbs.joined(separator: ", "))", candidates: verbs)
        }
    }

    private static func parseNewPort(
        _ reader: inout WordReader
    ) throws(ControlSyntaxError) -> SystemCommand.DevlinkCommand {
        let device = try reader.word(deviceHandle)
        try expect("flavour", &reader)
        try expect("pcisf", &reader)
        try expect("pfnum", &reader)
        let function = try reader.number("a number of a physical function", in: 0...255)
        try expect("sfnum", &reader)
        let number = try reader.number("a number for the subfunction", in: 0...Int(UInt32.max))
        return .addPort(device: device, physicalFunction: function, number: UInt32(number))
    }

    private static func parsePortFunction(
        _ reader: inout WordReader
    ) throws(ControlSyntaxError) -> SystemCommand.DevlinkCommand {
        let port = try reader.word(portHandle)
        var address: MACAddress?
        var isActive: Bool?
        repeat {
            let name = try reader.word("hw_addr or state", candidates: ["hw_addr", "state"])
            switch name {
            case "hw_addr": address = try reader.address()
            case "state":
                let states = ["active", "inactive"]
                let state = try reader.word("active or inactive", candidates: states)
                guard states.contains(state) else {
                    throw reader.refuse("\"\(state)\"", "active or inactive", candidates: states)
                }
                isActive = state == "active"
            default: throw reader.refuse("\"\(name)\"", "hw_addr or state", candidates: ["hw_addr", "state"])
            }
        } while !reader.isAtEnd
        return .setPortFunction(port, address: address, isActive: isActive)
    }

    private static func expect(_ word: String, _ reader: inout WordReader) throws(ControlSyntaxError) {
        let found = try reader.word(word, candidates: [word])
        guard found == word else { throw reader.refuse("\"\(found)\"", word, candidates: [word]) }
    }
}
