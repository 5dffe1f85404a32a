import Wire

/// Counters of the vport and of queues (native interface, section 6.10).
extension Function {
    mutating func queryVportCounter(_ command: inout Command) throws(Syndrome) {
        guard command.opMod == 0 else { throw .badOperationModifier }
        vport.counters.encode(into: &command.output)
        if command.number(QueryVportCounter.clear) != 0 { vport.counters = VPortCounters() }
    }

    func queryVNICEnv(_ command: inout Command) throws(Syndrome) {
        typealias Statistics = VNICDiagnosticStatistics
        let base = QueryVNICEnv.vportEnv
        let counters = vport.counters
        let words: [(BitField, UInt32)] = [
            (Statistics.counterErrorQueues, counters.queuesInError),
            (Statistics.totalErrorQueues, counters.queuesInError),
            (Statistics.asyncEqOverrun, counters.asyncEventQueueOverruns),
            (Statistics.compEqOverrun, counters.completionEventQueueOverruns),
            (Statistics.invalidCommand, firmware.invalidCommandCount),
            (Statistics.quotaExceededCommand, firmware.quotaExceededCount),
            (Statistics.cqOverrun, counters.completionQueueOverruns),
        ]
        for (field, value) in words { command.output.set(field, value, at: base) }
        command.output.set64(base + Statistics.nicReceiveSteeringDiscard, counters.steeringDiscards)
        command.output.set64(base + Statistics.receiveDiscardVportDown, counters.receiveDiscardsDown)
        command.output.set64(base + Statistics.transmitDiscardVportDown, counters.transmitDiscardsDown)
    }

    mutating func allocQCounter(_ command: inout Command) throws(Syndrome) {
        command.reply(
            AllocQCounter.counterSetId, try firmware.add(QueueCounters(), .queueCounter, to: &resources.queueCounters))
    }

    mutating func queryQCounter(_ command: inout Command) throws(Syndrome) {
        guard command.number(QueryQCounter.aggregate) == 0 else { throw .opcodeNotModelled }
        let number = command.number(QueryQCounter.counterSetId)
        _ = try require(.queueCounter, number)
        resources.queueCounters[number].encode(into: &command.output)
        if command.number(QueryQCounter.clear) != 0 { resources.queueCounters[number] = QueueCounters() }
    }
}
