import Host
import Simulation
import Wire

/// `devlink port`: subfunctions are made, set up and deleted by it.
extension HostSoftware {
    /// Starts a `devlink port` command.
    mutating func executePort(
        _ command: SystemCommand.DevlinkCommand, isJSON: Bool, ticket: CommandTicket, at now: SimTime,
        host: inout Host
    ) throws(DriverError) {
        switch command {
        case .showPorts(nil): end(ticket, output: portList(allPorts(), isJSON: isJSON), at: now)
        case .showPorts(let handle?): end(ticket, output: portList([try port(handle)], isJSON: isJSON), at: now)
        case .addPort(let handle, let physicalFunction, let number):
            let step = LocalStep.addPort(physicalFunction, number, isJSON: isJSON)
            run(ControlProgram(.command, [.local(step)], ticket: ticket), on: try device(handle), at: now, host: &host)
        case .deletePort(let handle):
            let port = try port(handle)
            guard let slice = port.slice else { throw DriverError("kernel answers: Operation not supported") }
            let steps = [ControlStep.local(.deletePort(slice))]
            run(ControlProgram(.command, steps, ticket: ticket), on: port.core, at: now, host: &host)
        case .setPortFunction(let handle, let address, let isActive):
            let port = try port(handle)
            guard let slice = port.slice else { throw DriverError("kernel answers: Operation not supported") }
            let steps = [ControlStep.local(.setPort(slice, address, isActive: isActive))]
            run(ControlProgram(.command, steps, ticket: ticket), on: port.core, at: now, host: &host)
        default: throw DriverError("kernel answers: Operation not supported")
        }
    }

    /// A devlink port: a subfunction of core driver `core`, or the core driver's own.
    struct Port {
        var core: Int
        var slice: Int?
    }

    /// The handle of a port: that of its device, and its number among the device's.
    func handle(of port: Port) -> String {
        let own = cores[port.core].pointee.kind == .physical ? 0xffff : 1
        let first = Int(cores[port.core].pointee.interface.capabilities.firstSubfunction)
        return "\(handle(of: port.core))/\(port.slice.map { first + $0 } ?? own)"
    }

    private func allPorts() -> [Port] {
        (0..<cores.limit).filter { cores.contains($0) }.flatMap { core in
            [Port(core: core)] + cores[core].pointee.subfunctions.keys.sorted().map { Port(core: core, slice: $0) }
        }
    }

    private func port(_ handle: String) throws(DriverError) -> Port {
        guard let slash = handle.lastIndex(of: "/"), let number = Int(handle[handle.index(after: slash)...]) else {
            throw DriverError("kernel answers: Invalid argument")
        }
        let core = try device(String(handle[..<slash]))
        let slice = number - Int(cores[core].pointee.interface.capabilities.firstSubfunction)
        if cores[core].pointee.subfunctions[slice] != nil { return Port(core: core, slice: slice) }
        let port = Port(core: core)
        guard self.handle(of: port) == handle else { throw DriverError("kernel answers: No such device") }
        return port
    }

    // MARK: Changing

    /// The steps that add a subfunction, decided when it is the command's turn: the function may have been reset while
    /// the command waited.
    mutating func additionSteps(
        on core: Int, _ physicalFunction: Int, _ number: UInt32, isJSON: Bool
    ) throws(DriverError) -> [ControlStep] {
        let capabilities = cores[core].pointee.interface.capabilities
        guard cores[core].pointee.state == .ready, capabilities.subfunctionCount > 0, capabilities.hasVHCAState,
            capabilities.isEswitchManager
        else { throw DriverError("Error: mlx5_core: SF ports are not supported.") }
        guard physicalFunction == cores[core].pointee.address?.function else {
            throw DriverError("Error: mlx5_core: Invalid pfnum supplied.")
        }
        guard !cores[core].pointee.subfunctions.values.contains(where: { $0.number == number }) else {
            throw DriverError("Error: mlx5_core: SF already exist. Choose different sfnum.")
        }
        let used = cores[core].pointee.subfunctions
        guard let slice = (0..<capabilities.subfunctionCount).first(where: { used[$0] == nil }) else {
            throw DriverError("kernel answers: No space left on device")
        }
        let function = cores[core].pointee.interface.function
        let name =
            subfunctionNames[SubfunctionKey(function: function, number: number)]
            ?? "\(cores[core].pointee.netdevName)s\(number)"
        cores[core].pointee.subfunctions[slice] = Subfunction(slice: slice, number: number, netdevName: name)
        cores[core].pointee.program?.kind = .subfunction(slice)
        let identifier = capabilities.firstSubfunction + UInt16(slice)
        return [
            .management(.allocateSubfunction(identifier)), .management(.numberSubfunction(identifier, number)),
            .management(.armState(identifier)), .local(.reportPort(slice, isJSON: isJSON)),
        ]
    }

    /// The steps that set what `devlink port function set` asks for.
    mutating func settingSteps(
        of slice: Int, on core: Int, _ address: MACAddress?, _ isActive: Bool?
    ) throws(DriverError) -> [ControlStep] {
        guard var subfunction = cores[core].pointee.subfunctions[slice] else {
            throw DriverError("kernel answers: No such device")
        }
        let identifier = cores[core].pointee.interface.capabilities.firstSubfunction + UInt16(slice)
        var steps: [ControlStep] = []
        if let address {
            subfunction.address = address
            steps.append(.management(.setAddress(vport: identifier, address)))
        }
        if let isActive, isActive != subfunction.isActive {
            cores[core].pointee.program?.kind = .activity(slice, wasActive: subfunction.isActive)
            subfunction.isActive = isActive
            if isActive {
                steps += eswitchSteps(of: core) + [.local(.enableVport(identifier))]
                steps.append(.management(.enableFunction(identifier)))
            } else {
                steps += [.management(.disableFunction(identifier)), .local(.disableVport(identifier))]
            }
        }
        cores[core].pointee.subfunctions[slice] = subfunction
        return steps
    }

    /// The steps that delete a subfunction; one that is in use is given back when the device says that it is not any
    /// more, and the command ends then.
    mutating func deletionSteps(of slice: Int, on core: Int) throws(DriverError) -> [ControlStep] {
        guard let subfunction = cores[core].pointee.subfunctions[slice], subfunction.deletion == nil else {
            throw DriverError("kernel answers: No such device")
        }
        let identifier = cores[core].pointee.interface.capabilities.firstSubfunction + UInt16(slice)
        cores[core].pointee.subfunctions[slice]?.isActive = false
        guard subfunction.isActive || subfunction.device != nil else {
            return [.management(.deallocateSubfunction(identifier)), .local(.forgetSubfunction(slice))]
        }
        cores[core].pointee.subfunctions[slice]?.isLeaving = true
        cores[core].pointee.subfunctions[slice]?.deletion = cores[core].pointee.program?.ticket
        cores[core].pointee.program?.ticket = nil
        guard subfunction.isActive else { return [] }
        return [.management(.disableFunction(identifier)), .local(.disableVport(identifier))]
    }

    /// Ends the deletions that wait for subfunctions of `core` which are gone with it.
    mutating func endDeletions(of core: Int, at now: SimTime) {
        for slice in cores[core].pointee.subfunctions.keys.sorted() { endDeletion(of: slice, on: core, at: now) }
    }

    /// Ends the deletion that waits for a subfunction which is gone.
    mutating func endDeletion(of slice: Int, on core: Int, at now: SimTime) {
        guard let ticket = cores[core].pointee.subfunctions[slice]?.deletion else { return }
        cores[core].pointee.subfunctions[slice]?.deletion = nil
        end(ticket, at: now)
    }

    /// The device is done with a subfunction that is to be deleted: it is given back.
    mutating func finishDeletion(of slice: Int, on core: Int, at now: SimTime, host: inout Host) {
        guard let subfunction = cores[core].pointee.subfunctions[slice], subfunction.isLeaving else { return }
        let identifier = cores[core].pointee.interface.capabilities.firstSubfunction + UInt16(slice)
        let steps: [ControlStep] = [
            .management(.deallocateSubfunction(identifier)), .local(.forgetSubfunction(slice)),
        ]
        cores[core].pointee.subfunctions[slice]?.isLeaving = false
        cores[core].pointee.subfunctions[slice]?.deletion = nil
        run(ControlProgram(.command, steps, ticket: subfunction.deletion), on: core, at: now, host: &host)
    }

    // MARK: Showing

    /// What `devlink port show` prints of `ports`.
    func portList(_ ports: [Port], isJSON: Bool) -> String {
        guard isJSON else { return ports.map { portText($0) }.joined() }
        let members = ports.map { (handle(of: $0), portValue($0)) }
        return ToolValue.object([("port", .object(members))]).json + "\n"
    }

    private func portValue(_ port: Port) -> ToolValue {
        guard let slice = port.slice, let subfunction = cores[port.core].pointee.subfunctions[slice] else {
            var members: [(String, ToolValue)] = [("type", .string("eth"))]
            if let netdev = netdev(onCore: port.core) { members.append(("netdev", .string(netdev.pointee.name))) }
            let isPhysical = cores[port.core].pointee.kind == .physical
            members.append(("flavour", .string(isPhysical ? "physical" : "virtual")))
            members += [("port", .number(0)), ("splittable", .bool(false))]
            return .object(members)
        }
        let function = ToolValue.object([
            ("hw_addr", .string(subfunction.address.description)),
            ("state", .string(subfunction.isActive ? "active" : "inactive")),
            ("opstate", .string(operationalState(subfunction))),
        ])
        return .object([
            ("type", .string("notset")), ("flavour", .string("pcisf")), ("controller", .number(0)),
            ("pfnum", .number(cores[port.core].pointee.address?.function ?? 0)),
            ("sfnum", .number(Int(subfunction.number))), ("splittable", .bool(false)), ("function", function),
        ])
    }

    private func operationalState(_ subfunction: Subfunction) -> String {
        subfunction.state == .inUse || subfunction.state == .teardownRequest ? "attached" : "detached"
    }

    private func portText(_ port: Port) -> String {
        guard let slice = port.slice, let subfunction = cores[port.core].pointee.subfunctions[slice] else {
            let netdev = netdev(onCore: port.core).map { " netdev \($0.pointee.name)" } ?? ""
            let flavour = cores[port.core].pointee.kind == .physical ? "physical" : "virtual"
            return "\(handle(of: port)): type eth\(netdev) flavour \(flavour) port 0 splittable false\n"
        }
        let function = cores[port.core].pointee.address?.function ?? 0
        return """
            \(handle(of: port)): type notset flavour pcisf controller 0 pfnum \(function) sfnum \
            \(subfunction.number) splittable false
              function:
                hw_addr \(subfunction.address) state \(subfunction.isActive ? "active" : "inactive") \
            opstate \(operationalState(subfunction))

            """
    }
}
