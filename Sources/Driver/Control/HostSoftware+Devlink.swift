import Host
import Simulation

/// `devlink dev`: what it shows and sets, with the real tool's words.
extension HostSoftware {
    /// Starts a `devlink` command.
    mutating func executeDevlink(
        _ command: SystemCommand.DevlinkCommand, isJSON: Bool, ticket: CommandTicket, at now: SimTime,
        host: inout Host
    ) {
        do throws(DriverError) {
            switch command {
            case .showDevices(let handle):
                end(ticket, output: deviceList(try devices(handle), isJSON: isJSON), at: now)
            case .showInformation(let handle):
                end(ticket, output: information(try devices(handle), isJSON: isJSON), at: now)
            case .showParameter(let handle, let name):
                end(ticket, output: parameter(name, of: try device(handle), isJSON: isJSON), at: now)
            case .setParameter(let handle, let name, let value):
                try setParameter(name, of: try device(handle), to: value)
                end(ticket, at: now)
            case .reload(let handle):
                reload(try device(handle), ticket: ticket, isJSON: isJSON, at: now, host: &host)
            case .showPorts, .addPort, .deletePort, .setPortFunction:
                try executePort(command, isJSON: isJSON, ticket: ticket, at: now, host: &host)
            }
        } catch {
            end(ticket, failure: error.text, at: now)
        }
    }

    /// The devlink handle of core driver `core`: `pci/0000:03:00.0`, or `auxiliary/mlx5_core.sf.2`.
    func handle(of core: Int) -> String {
        if let address = cores[core].pointee.address { return "pci/\(address)" }
        return "auxiliary/\(cores[core].pointee.interface.deviceName)"
    }

    /// The core driver with the devlink handle `handle`.
    func device(_ handle: String) throws(DriverError) -> Int {
        for index in 0..<cores.limit where cores.contains(index) && self.handle(of: index) == handle { return index }
        throw DriverError("kernel answers: No such device")
    }

    private func devices(_ handle: String?) throws(DriverError) -> [Int] {
        if let handle { return [try device(handle)] }
        return (0..<cores.limit).filter { cores.contains($0) }
    }

    private func deviceList(_ devices: [Int], isJSON: Bool) -> String {
        let handles = devices.map { handle(of: $0) }
        if isJSON { return ToolValue.object([("dev", .object(handles.map { ($0, .object([])) }))]).json + "\n" }
        return handles.map { $0 + "\n" }.joined()
    }

    // MARK: Information

    private func information(_ devices: [Int], isJSON: Bool) -> String {
        guard isJSON else { return devices.map { informationText(of: $0) }.joined() }
        let members = devices.map { device in
            let version = ToolValue.string(firmwareVersion(of: device))
            let versions: [(String, ToolValue)] = [
                ("fixed", .object([("fw.psid", .string(cores[device].pointee.interface.boardID))])),
                ("running", .object([("fw.version", version), ("fw", version)])),
                ("stored", .object([("fw.version", version), ("fw", version)])),
            ]
            return (
                handle(of: device),
                ToolValue.object([("driver", .string(driverName(of: device))), ("versions", .object(versions))])
            )
        }
        return ToolValue.object([("info", .object(members))]).json + "\n"
    }

    private func informationText(of device: Int) -> String {
        let version = firmwareVersion(of: device)
        return """
            \(handle(of: device)):
              driver \(driverName(of: device))
              versions:
                  fixed:
                    fw.psid \(cores[device].pointee.interface.boardID)
                  running:
                    fw.version \(version)
                    fw \(version)
                  stored:
                    fw.version \(version)
                    fw \(version)

            """
    }

    private func driverName(of device: Int) -> String {
        cores[device].pointee.kind.hasPCIIdentity ? "mlx5_core" : "mlx5_core.sf"
    }

    private func firmwareVersion(of device: Int) -> String {
        let version = cores[device].pointee.interface.firmwareVersion
        return "\(version.major).\(version.minor).\(version.subminor)"
    }

    // MARK: Parameters

    private func kind(ofParameter name: String) -> AuxiliaryKind? {
        AuxiliaryKind.allCases.first { $0 != .sf && $0.parameterName == name }
    }

    private mutating func setParameter(_ name: String, of device: Int, to value: Bool) throws(DriverError) {
        guard let kind = kind(ofParameter: name), let number = auxiliary.number(ofCore: device),
            cores[device].pointee.interface.capabilities.offers(kind)
        else { throw DriverError("kernel answers: Invalid argument") }
        if value {
            auxiliary[number]?.nextEnabled.insert(kind)
        } else {
            auxiliary[number]?.nextEnabled.remove(kind)
        }
    }

    private func parameter(_ name: String, of device: Int, isJSON: Bool) -> String {
        let number = auxiliary.number(ofCore: device)
        let value = kind(ofParameter: name).map { number.flatMap { auxiliary[$0] }?.nextEnabled.contains($0) ?? false }
        guard isJSON else {
            return """
                \(handle(of: device)):
                  name \(name) type generic
                    values:
                      cmode driverinit value \(value ?? false)

                """
        }
        let setting = ToolValue.object([("cmode", .string("driverinit")), ("value", .bool(value ?? false))])
        let entry = ToolValue.object([
            ("name", .string(name)), ("type", .string("generic")), ("values", .list([setting])),
        ])
        return ToolValue.object([("param", .object([(handle(of: device), .list([entry]))]))]).json + "\n"
    }
}
