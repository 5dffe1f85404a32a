import Wire

/// Counters of the vport and of queues (native interface, section 6.10).
extension Function {
    mutating func queryVportCounter(_ command: inout Command) throws(Syndrome) {
        try checkOwnVport(command)
        guard command.opMod == 0 else { throw .badOperationModifier }
        vport.counters.encode(into: &command.output)
        if command.number(QueryVportCounter.clear) != 0 { vport.counters = VPortCounters() }
    }

    func queryVNICEnv(_ command: inout Command) throws(Syndrome) {
        try checkOwnVport(command)
        let base = QueryVNICEnv.vportEnv
        let counters = vport.counters
        func word(_ offset: Int, _ value: UInt32) { command.output.set(BitField(word: base + offset), value) }
        word(0x0, counters.queuesInError)
        word(0x4, counters.queuesInError)
        command.output.set64(base + 0x10, counters.steeringDiscards)
        command.output.set64(base + 0x18, counters.receiveDiscardsDown)
        command.output.set64(base + 0x20, counters.transmitDiscardsDown)
        word(0x28, counters.asyncEventQueueOverruns)
        word(0x2c, counters.completionEventQueueOverruns)
        word(0x34, firmware.invalidCommandCount)
        word(0x38, firmware.quotaExceededCount)
        word(0x40, counters.completionQueueOverruns)
    }

    mutating func allocQCounter(_ command: inout Command) throws(Syndrome) {
        command.reply(AllocQCounter.counterSetId, try add(QueueCounters(), .queueCounter, to: \.queueCounters))
    }

    mutating func queryQCounter(_ command: inout Command) throws(Syndrome) {
        try checkOwnVport(command)
        guard command.number(QueryQCounter.aggregate) == 0 else { throw .opcodeNotModelled }
        let number = command.number(QueryQCounter.counterSetId)
        _ = try require(.queueCounter, number)
        resources.queueCounters[number].encode(into: &command.output)
        if command.number(QueryQCounter.clear) != 0 { resources.queueCounters[number] = QueueCounters() }
    }
}
