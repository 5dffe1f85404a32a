package import Wire

/// A receive queue: its context and how far its engine has come (`rqc`, native interface, section 6.2).
package struct ReceiveQueue: Sendable {
    package var state: QueueState
    package let mayUseReservedKey: Bool
    package var keepsVLAN: Bool
    package var keepsFrameCheckSequence: Bool
    package let flushesInError: Bool
    package let memoryType: UInt32
    package let timestampFormat: UInt32
    package let userIndex: UInt32
    package let completionQueue: Int
    /// The counters that count frames without a buffer.
    package var counterSet: Int
    package var wq: WorkQueue

    /// Counts changes of state: an engine's event that carries an older count is ignored.
    package var epoch: UInt16 = 0
    package var engine = ReceiveEngine()

    package init(decoding context: Record, at offset: Int, pages: [UInt64]) {
        state = QueueState(rawValue: UInt8(context.get(RQContext.state, at: offset))) ?? .reset
        mayUseReservedKey = context.get(RQContext.rlky, at: offset) != 0
        keepsVLAN = context.get(RQContext.vsd, at: offset) != 0
        keepsFrameCheckSequence = context.get(RQContext.scatterFcs, at: offset) != 0
        flushesInError = context.get(RQContext.flushInErrorEn, at: offset) != 0
        memoryType = context.get(RQContext.memRqType, at: offset)
        timestampFormat = context.get(RQContext.tsFormat, at: offset)
        userIndex = context.get(RQContext.userIndex, at: offset)
        completionQueue = Int(context.get(RQContext.cqn, at: offset))
        counterSet = Int(context.get(RQContext.counterSetId, at: offset))
        wq = WorkQueue(decoding: context, at: offset + RQContext.wq, pages: pages)
    }

    /// Writes the context as `QUERY_RQ` replies it.
    package func encode(into context: inout Record, at offset: Int) {
        context.set(RQContext.rlky, mayUseReservedKey ? 1 : 0, at: offset)
        context.set(RQContext.scatterFcs, keepsFrameCheckSequence ? 1 : 0, at: offset)
        context.set(RQContext.vsd, keepsVLAN ? 1 : 0, at: offset)
        context.set(RQContext.memRqType, memoryType, at: offset)
        context.set(RQContext.state, UInt32(state.rawValue), at: offset)
        context.set(RQContext.flushInErrorEn, flushesInError ? 1 : 0, at: offset)
        context.set(RQContext.tsFormat, timestampFormat, at: offset)
        context.set(RQContext.userIndex, userIndex, at: offset)
        context.set(RQContext.cqn, UInt32(completionQueue), at: offset)
        context.set(RQContext.counterSetId, UInt32(counterSet), at: offset)
        wq.encode(into: &context, at: offset + RQContext.wq)
    }
}
