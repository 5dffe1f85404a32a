internal import BasicContainers
internal import Host
internal import NIC
internal import Servers
internal import Simulation

/// Sockets come and go with the functions behind them.
extension LiveSession {
    /// Where a function is served while it exists.
    struct Place {
        var function: FunctionID
        var path: String
        /// Whether a physical function brings it into being, and takes it away.
        var isVirtual: Bool
    }

    /// Plans to serve `references` at `sockets`, and listens at those of the functions that exist.
    mutating func open(_ references: [FunctionReference], at sockets: [String]) throws(SystemError) {
        for (reference, path) in zip(references, sockets) {
            let layout = world.nics[reference.nic].layout
            var function = layout.physical(reference.physical)
            if case .virtual(let number) = reference.child {
                function = layout.virtual(number, of: reference.physical)
            }
            places.append(Place(function: function, path: path, isVirtual: reference.child != nil))
        }
        for place in places where world.isOnBus(place.function) { try open(place) }
        for (index, endpoint) in world.traffic.enumerated() {
            guard case .outside = endpoint.role else { continue }
            taps.append((try NetworkTap(name: endpoint.name, longestFrame: FramePool.longestFrame), index))
        }
        for function in functions { report("listening on \(function.server.path)") }
    }

    private mutating func open(_ place: Place) throws(SystemError) {
        guard let nic = world.nic(of: place.function), let host = world.platform.host(of: place.function) else {
            preconditionFailure("a served function of no NIC or no host")
        }
        let index = Int(place.function.index)
        let space = world.nics[nic].functions[index].configurationSpace
        let layout = Servers.FunctionLayout(
            barByteCounts: (0..<6).map { UInt64(space.byteCount(ofBAR: $0)) },
            configurationByteCount: UInt64(ConfigurationSpace.byteCount),
            vectorCount: world.nics[nic].functions[index].messageTable.vectorCount)
        let server = try VFIOUserServer(path: place.path, function: place.function, layout: layout)
        var served = ServedFunction(server: server, computer: host)
        if place.isVirtual {
            let physical = Int(world.nics[nic].layout.physical(world.nics[nic].functions[index].kind.physical).index)
            served.registers = VirtualFunctionRegisters(
                physical: world.nics[nic].functions[physical].configurationSpace)
        }
        if let recorder { server.overseer = RecordedMemory(server, recorder: recorder) }
        // In the order of the request.
        let later = places.drop { $0.function != place.function }.dropFirst().map(\.function)
        let position = functions.firstIndex { later.contains($0.server.function) } ?? functions.count
        functions.insert(served, at: position)
    }

    /// Listens at the sockets of virtual functions that have come, and lets go of the clients of those that are gone.
    mutating func followFunctions() throws(SystemError) {
        for place in places where place.isVirtual {
            let index = functions.firstIndex { $0.server.function == place.function }
            let isOnBus = world.isOnBus(place.function)
            if let index, !isOnBus {
                close(index)
            } else if index == nil, isOnBus {
                try open(place)
                report("listening on \(place.path)")
            }
        }
    }

    /// Function `index` is gone: its client loses it, as if it had been unplugged.
    private mutating func close(_ index: Int) {
        let server = functions[index].server
        if server.channel != nil {
            _ = server.disconnect(nil, host: &world.platform[functions[index].computer])
            recordMappings(index)
        }
        server.close()
        gone.append(Self.summary(of: functions[index]))
        functions.remove(at: index)
        report("\(server.path): the function is gone")
    }

    /// What passed the socket of a function.
    static func summary(of served: ServedFunction) -> RunResult.Live.Function {
        let counters = served.server.counters
        var function = RunResult.Live.Function(path: served.server.path)
        function.clients = counters.clients
        function.messages = counters.messages
        function.refused = counters.refused
        function.interrupts = counters.interrupts
        function.lostInterrupts = counters.lostInterrupts
        function.faults = counters.faults
        function.memoryMessages = counters.memoryMessages
        return function
    }
}
