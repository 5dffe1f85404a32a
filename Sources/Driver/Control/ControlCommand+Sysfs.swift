/// Understanding writes to sysfs, modules and listings.
extension ControlCommand {
    private static let paths = [
        "/sys/class/net/DEV/device/reset", "/sys/class/net/DEV/device/sriov_numvfs",
        "/sys/bus/auxiliary/drivers/DRIVER/bind", "/sys/bus/auxiliary/drivers/DRIVER/unbind",
    ]

    /// `echo VALUE > PATH`.
    static func parseEcho(_ reader: inout WordReader) throws(ControlSyntaxError) -> ControlCommand {
        let value = try reader.word("echo VALUE > PATH")
        let arrow = try reader.word("> and a path")
        guard arrow == ">" else { throw reader.refuse("\"\(arrow)\"", "> and a path") }
        let path = try reader.word("a path such as \(paths[0])")
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 7, parts[0].isEmpty, parts[1...3] == ["sys", "class", "net"], parts[5] == "device",
            !parts[4].isEmpty, ["reset", "sriov_numvfs"].contains(parts[6])
        {
            let action = try deviceAction(parts[6], value)
            try reader.end()
            return ControlCommand(netdev: parts[4], actions: [action])
        }
        if parts.count == 7, parts[0].isEmpty, parts[1...4] == ["sys", "bus", "auxiliary", "drivers"],
            !parts[5].isEmpty, ["bind", "unbind"].contains(parts[6])
        {
            try reader.end()
            let binds = parts[6] == "bind"
            return ControlCommand(
                binds ? .bind(driver: parts[5], device: value) : .unbind(driver: parts[5], device: value))
        }
        throw reader.refuse("\"\(path)\"", "one of \(paths.joined(separator: ", "))")
    }

    private static func deviceAction(_ file: String, _ value: String) throws(ControlSyntaxError) -> Action {
        func refuse(_ expected: String) -> ControlSyntaxError {
            ControlSyntaxError(wordIndex: 1, found: "\"\(value)\"", expected: expected)
        }
        if file == "reset" {
            guard value == "1" else { throw refuse("echo 1 > /sys/class/net/DEV/device/reset") }
            return .reset
        }
        guard let count = Int(value), (0...65_535).contains(count) else { throw refuse("a number from 0 to 65535") }
        return .setVirtualFunctionCount(count)
    }

    /// `modprobe MODULE`, `modprobe -r MODULE` and `rmmod MODULE`.
    static func parseModule(
        _ reader: inout WordReader, loads: Bool
    ) throws(ControlSyntaxError) -> ControlCommand {
        let removes = loads ? reader.accept("-r", "--remove") : true
        let module = try reader.word("the name of a module", candidates: ["mlx5_core", "mlx5_ib", "mlx5_vdpa"])
        try reader.end()
        return ControlCommand(removes ? .removeModule(module) : .loadModule(module))
    }

    /// `ls /sys/bus/auxiliary/devices`.
    static func parseListing(_ reader: inout WordReader) throws(ControlSyntaxError) -> ControlCommand {
        let expected = "/sys/bus/auxiliary/devices"
        let path = try reader.word(expected, candidates: [expected])
        guard path == expected || path == expected + "/" else {
            throw reader.refuse("\"\(path)\"", expected, candidates: [expected])
        }
        try reader.end()
        return ControlCommand(.listAuxiliaryDevices)
    }
}
