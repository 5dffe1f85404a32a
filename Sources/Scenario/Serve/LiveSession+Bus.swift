internal import BasicContainers
internal import Host
internal import NIC
internal import Servers
internal import Simulation
internal import Wire

/// Accesses of a client as bus events.
extension LiveSession {
    /// Reads `count` bytes of a region: the world runs until the function has answered.
    mutating func read(_ index: Int, region: UInt32, offset: UInt64, count: Int) -> [UInt8] {
        var data: [UInt8] = []
        data.reserveCapacity(count)
        while data.count < count {
            let place = offset + UInt64(data.count)
            let width = Self.width(at: place, left: count - data.count, region: region)
            let value = readRegister(index, region: region, offset: place, byteCount: width)
            for byte in 0..<width { data.append(UInt8(truncatingIfNeeded: value >> UInt64(byte * 8))) }
        }
        if region == VFIOUser.Region.configuration { functions[index].registers?.fill(&data, at: Int(offset)) }
        return data
    }

    private mutating func readRegister(_ index: Int, region: UInt32, offset: UInt64, byteCount: Int) -> UInt64 {
        let function = functions[index].server.function
        let tag = functions[index].nextTag
        functions[index].nextTag &+= 1
        functions[index].awaitedTag = tag
        functions[index].found = nil
        let event: BusEvent =
            region == VFIOUser.Region.configuration
            ? .configurationRead(function, offset: UInt16(offset), byteCount: UInt8(byteCount), tag: tag)
            : .memoryRead(
                function, bar: UInt8(region), byteCount: UInt8(byteCount), offset: UInt32(offset), tag: tag)
        send(event, index)
        while functions[index].found == nil {
            let isGoing = world.run(until: .never, atMost: 1)
            precondition(isGoing, "a read that nobody answers")
            collect()
        }
        functions[index].awaitedTag = nil
        timing.wasAhead(by: world.now - clock.now)
        return functions[index].found ?? 0
    }

    /// Puts a write on the bus.
    mutating func write(_ index: Int, _ write: VFIOUserServer.Write) {
        var bytes = write.bytes
        while !bytes.isEmpty {
            let place = write.offset + UInt64(write.bytes.count - bytes.count)
            let width = Self.width(at: place, left: bytes.count, region: write.region)
            var value: UInt64 = 0
            for (position, byte) in bytes.prefix(width).enumerated() { value |= UInt64(byte) << UInt64(position * 8) }
            bytes = bytes.dropFirst(width)
            if write.region == VFIOUser.Region.configuration {
                writeConfiguration(index, offset: Int(place), byteCount: width, value: UInt32(value))
            } else if !isMessageTable(index, region: write.region, offset: place) {
                send(
                    .memoryWrite(
                        functions[index].server.function, bar: UInt8(write.region), byteCount: UInt8(width),
                        offset: UInt32(place), value: value), index)
            }
        }
    }

    /// Puts an event on the bus now.
    private mutating func send(_ event: BusEvent, _ index: Int) {
        let computer = functions[index].computer
        let time = stamp
        recorder?.note(.bus(event, computer: computer, time: time), after: world.eventCount)
        world.send(event, to: computer, at: time)
    }

    /// The widest access that is aligned at `offset` and not longer than `left`.
    private static func width(at offset: UInt64, left: Int, region: UInt32) -> Int {
        var width = region == VFIOUser.Region.configuration ? 4 : 8
        while width > left || offset & UInt64(width - 1) != 0 { width /= 2 }
        return width
    }

    // MARK: Reset

    /// Function level reset, as a driver does it; the function has been reset when this returns.
    mutating func reset(_ index: Int) {
        writeConfiguration(index, offset: ConfigurationSpace.Offset.deviceControl + 1, byteCount: 1, value: 0x80)
        _ = readRegister(index, region: VFIOUser.Region.configuration, offset: 0, byteCount: 4)
        functions[index].registers?.reset()
    }

    // MARK: MSI-X

    /// A client keeps the MSI-X table to itself: what it says there is an address of its own machine.
    ///
    /// In its stead the session programs the function's table, as the platform would: vector *n* sends the message
    /// *n*, which becomes the client's descriptor of that vector. It does so whenever the function may have been reset
    /// since: when the client enables MSI-X, and when it enables memory accesses with MSI-X on.
    private mutating func writeConfiguration(_ index: Int, offset: Int, byteCount: Int, value: UInt32) {
        let function = functions[index].server.function
        let event = BusEvent.configurationWrite(
            function, offset: UInt16(offset), byteCount: UInt8(byteCount), value: value)
        let touched = offset..<offset + byteCount
        functions[index].registers?.note(value, at: offset)
        if touched.contains(ConfigurationSpace.Offset.messageControl + 1) { programMessages(index) }
        send(event, index)
        if touched.contains(ConfigurationSpace.Offset.command), areMessagesEnabled(index) { programMessages(index) }
    }

    private func areMessagesEnabled(_ index: Int) -> Bool {
        configurationSpace(index)?.areMessagesEnabled == true
    }

    /// The configuration space of a function; `nil` when the function has just gone.
    private func configurationSpace(_ index: Int) -> ConfigurationSpace? {
        let function = functions[index].server.function
        guard let nic = world.nic(of: function), world.isOnBus(function) else { return nil }
        return world.nics[nic].functions[Int(function.index)].configurationSpace
    }

    /// The client has descriptors for vectors: MSI-X is on, whether or not it also says so in configuration space.
    mutating func enableMessages(_ index: Int) {
        programMessages(index)
        if areMessagesEnabled(index) { return }
        let offset = ConfigurationSpace.Offset.messageControl
        let control = configurationSpace(index)?.read(offset, byteCount: 2) ?? 0
        send(
            .configurationWrite(
                functions[index].server.function, offset: UInt16(offset), byteCount: 2, value: control | 0x8000), index)
    }

    private mutating func programMessages(_ index: Int) {
        let function = functions[index].server.function
        for vector in 0..<functions[index].server.layout.vectorCount {
            let offset = UInt32(vector * MSIXTableEntry.byteCount)
            send(
                .memoryWrite(
                    function, bar: 4, byteCount: 8, offset: offset, value: Host.interruptWindow.lowerBound), index)
            send(.memoryWrite(function, bar: 4, byteCount: 8, offset: offset + 8, value: UInt64(vector)), index)
        }
    }

    private func isMessageTable(_ index: Int, region: UInt32, offset: UInt64) -> Bool {
        region == 4 && offset < UInt64(functions[index].server.layout.vectorCount * MSIXTableEntry.byteCount)
    }
}
