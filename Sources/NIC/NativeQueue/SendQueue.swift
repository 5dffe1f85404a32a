package import Wire

/// A send queue: its context and how far its engine has come (`sqc`, native interface, section 6.2).
package struct SendQueue: Sendable {
    package var state: QueueState
    package let mayUseReservedKey: Bool
    package let flushesInError: Bool
    package let minimumInlineMode: UInt32
    package let timestampFormat: UInt32
    package let userIndex: UInt32
    package let completionQueue: Int
    /// Number of transport interfaces; the native format has one.
    package let transportSendCount: Int
    package let transportSend: Int
    package var pacingRateIndex: UInt32
    package var qosGroup: UInt32
    package var wq: WorkQueue

    /// Counts changes of state: an engine's event that carries an older count is ignored.
    package var epoch: UInt16 = 0
    package var engine = SendEngine()

    package init(decoding context: Record, at offset: Int, pages: [UInt64]) {
        state = QueueState(rawValue: UInt8(context.get(SQContext.state, at: offset))) ?? .reset
        mayUseReservedKey = context.get(SQContext.rlky, at: offset) != 0
        flushesInError = context.get(SQContext.flushInErrorEn, at: offset) != 0
        minimumInlineMode = context.get(SQContext.minWqeInlineMode, at: offset)
        timestampFormat = context.get(SQContext.tsFormat, at: offset)
        userIndex = context.get(SQContext.userIndex, at: offset)
        completionQueue = Int(context.get(SQContext.cqn, at: offset))
        transportSendCount = Int(context.get(SQContext.tisLstSz, at: offset))
        transportSend = Int(context.get(SQContext.tisNum0, at: offset))
        pacingRateIndex = context.get(SQContext.packetPacingRateLimitIndex, at: offset)
        qosGroup = context.get(SQContext.qosQueueGroupId, at: offset)
        wq = WorkQueue(decoding: context, at: offset + SQContext.wq, pages: pages)
    }

    /// Writes the context as `QUERY_SQ` replies it.
    package func encode(into context: inout Record, at offset: Int) {
        context.set(SQContext.rlky, mayUseReservedKey ? 1 : 0, at: offset)
        context.set(SQContext.flushInErrorEn, flushesInError ? 1 : 0, at: offset)
        context.set(SQContext.minWqeInlineMode, minimumInlineMode, at: offset)
        context.set(SQContext.state, UInt32(state.rawValue), at: offset)
        context.set(SQContext.tsFormat, timestampFormat, at: offset)
        context.set(SQContext.userIndex, userIndex, at: offset)
        context.set(SQContext.cqn, UInt32(completionQueue), at: offset)
        context.set(SQContext.packetPacingRateLimitIndex, pacingRateIndex, at: offset)
        context.set(SQContext.tisLstSz, UInt32(transportSendCount), at: offset)
        context.set(SQContext.qosQueueGroupId, qosGroup, at: offset)
        context.set(SQContext.tisNum0, UInt32(transportSend), at: offset)
        wq.encode(into: &context, at: offset + SQContext.wq)
    }
}
