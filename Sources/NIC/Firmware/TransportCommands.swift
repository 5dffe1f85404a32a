import Wire

/// Transport interfaces and receive queue tables (native interface, section 6.3).
extension Function {
    mutating func createTIS(_ command: inout Command) throws(Syndrome) {
        let base = CreateTIS.context
        func number(_ field: BitField) -> Int { Int(command.input.get(field, at: base)) }
        guard number(TISContext.tlsEn) == 0 else { throw .transportFeature }
        var needs = [try require(.transportDomain, number(TISContext.transportDomain))]
        if number(TISContext.pd) != 0 { needs.append(try require(.protectionDomain, number(TISContext.pd))) }
        let interface = TransportInterfaceSend(decoding: command.part(base, TISContext.byteCount), at: 0)
        command.reply(
            CreateTIS.tisn, try firmware.add(interface, .transportSend, to: &resources.transportSends, needs: needs))
    }

    mutating func modifyTIS(_ command: inout Command) throws(Syndrome) {
        let number = command.number(ModifyTIS.tisn)
        _ = try require(.transportSend, number)
        guard command.input.get64(0x10) & ~0b111 == 0 else { throw .modifyFieldUnknown }
        func value(_ field: BitField) -> UInt32 { command.input.get(field, at: ModifyTIS.context) }
        if command.number(ModifyTIS.bitmaskPrio) != 0 {
            resources.transportSends[number].priority = value(TISContext.prio)
        }
        if command.number(ModifyTIS.bitmaskLagTxPortAffinity) != 0 {
            resources.transportSends[number].portAffinity = value(TISContext.lagTxPortAffinity)
        }
    }

    mutating func createTIR(_ command: inout Command) throws(Syndrome) {
        let base = CreateTIR.context
        func number(_ field: BitField) -> Int { Int(command.input.get(field, at: base)) }
        guard number(TIRContext.tlsEn) == 0, number(TIRContext.tunneledOffloadEn) == 0,
            number(TIRContext.packetMergeMask) == 0
        else { throw .transportFeature }
        guard RxHashFunction(rawValue: UInt8(number(TIRContext.rxHashFn))) != nil else { throw .hashFunctionUnknown }
        var needs = [try require(.transportDomain, number(TIRContext.transportDomain))]
        switch TIRDispatch(rawValue: UInt8(number(TIRContext.dispType))) {
        case .direct: needs.append(try require(.receiveQueue, number(TIRContext.inlineRqn)))
        case .indirect: needs.append(try require(.queueTable, number(TIRContext.indirectTable)))
        case nil: throw .dispatchUnknown
        }
        let interface = TransportInterfaceReceive(
            decoding: command.part(base, TIRContext.byteCount), at: 0, sharing: &resources.hasher)
        command.reply(
            CreateTIR.tirn,
            try firmware.add(interface, .transportReceive, to: &resources.transportReceives, needs: needs))
    }

    /// Bits of the mask: 0 packet merge, 2 hash, 4 self loopback.
    mutating func modifyTIR(_ command: inout Command) throws(Syndrome) {
        let base = ModifyTIR.context
        let number = command.number(ModifyTIR.tirn)
        _ = try require(.transportReceive, number)
        guard command.input.get64(0x10) & ~0b1_0101 == 0 else { throw .modifyFieldUnknown }
        if command.number(ModifyTIR.bitmaskPacketMerge) != 0 {
            guard command.input.get(TIRContext.packetMergeMask, at: base) == 0 else { throw .transportFeature }
        }
        if command.number(ModifyTIR.bitmaskHash) != 0 {
            let function = command.input.get(TIRContext.rxHashFn, at: base)
            guard RxHashFunction(rawValue: UInt8(function)) != nil else { throw .hashFunctionUnknown }
            resources.transportReceives[number].setHash(
                decoding: command.part(base, TIRContext.byteCount), at: 0, sharing: &resources.hasher)
        }
        if command.number(ModifyTIR.bitmaskSelfLbEn) != 0 {
            let block = UInt8(command.input.get(TIRContext.selfLbBlock, at: base))
            resources.transportReceives[number].loopbackBlock = SelfLoopbackBlock(rawValue: block)
        }
    }

    mutating func createRQT(_ command: inout Command) throws(Syndrome) {
        let base = CreateRQT.context
        guard command.input.get(RQTContext.listQType, at: base) == UInt32(RQTListType.rq.rawValue),
            command.input.get(RQTContext.rqVhcaIdFormat, at: base) == 0
        else { throw .tableListType }
        let maximum = Int(command.input.get(RQTContext.rqtMaxSize, at: base))
        let limit = 1 << Int(firmware.capabilities.value(HCACapabilities.logMaxRqtSize))
        guard maximum <= limit else { throw .tableSize }
        let queues = try tableQueues(command, at: base, maximum: maximum)
        let table = ReceiveQueueTable(
            decoding: command.part(base, RQTContext.byteCount + queues.count * 4), at: 0)
        command.reply(CreateRQT.rqtn, try firmware.add(table, .queueTable, to: &resources.queueTables, needs: queues))
    }

    mutating func modifyRQT(_ command: inout Command) throws(Syndrome) {
        let base = ModifyRQT.context
        let number = command.number(ModifyRQT.rqtn)
        let name = try require(.queueTable, number)
        guard command.input.get64(0x10) & ~1 == 0 else { throw .modifyFieldUnknown }
        guard command.number(ModifyRQT.bitmaskRqnList) != 0 else { return }
        let queues = try tableQueues(command, at: base, maximum: resources.queueTables[number].maximumSize)
        resources.queueTables[number].setQueues(
            decoding: command.part(base, RQTContext.byteCount + queues.count * 4), at: 0)
        firmware.references.set(name, needs: queues)
    }

    /// The receive queues that the context at `base` lists.
    private func tableQueues(_ command: Command, at base: Int, maximum: Int) throws(Syndrome) -> [ObjectName] {
        let count = Int(command.input.get(RQTContext.rqtActualSize, at: base))
        guard count >= 1, count <= maximum else { throw .tableSize }
        let list = base + RQTContext.rqNum
        guard command.input.byteCount >= list + count * 4 else { throw .tableListTooShort }
        var queues: [ObjectName] = []
        for index in 0..<count {
            queues.append(
                try require(.receiveQueue, Int(command.input.get(BitField(list + index * 4, 23, 0)))))
        }
        return queues
    }
}
