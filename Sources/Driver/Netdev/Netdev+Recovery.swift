import Host
import Simulation
import Wire

/// Recovery of queues that the device has stopped: everything posted comes back, the queue goes through RST, and work
/// goes on (section 5.3).
extension Netdev {
    /// How often, and how far apart, a stopped queue is looked at before it is reset with entries still in it.
    private static var flushTries: Int { 50 }
    private static var flushInterval: SimDuration { .microseconds(20) }

    /// The send queue of channel `index` has failed: nothing is posted until it was reset.
    mutating func recoverSend(_ index: Int, core: inout FunctionInterface) {
        channels[index].send.isFailed = true
        core.request(ControlProgram(.link, [.interface(.awaitSendFlush(index, tries: 0))], netdev: self.index))
    }

    /// The receive queue of channel `index` has failed.
    mutating func recoverReceive(_ index: Int, core: inout FunctionInterface) {
        channels[index].receive.isFailed = true
        core.request(ControlProgram(.link, [.interface(.awaitReceiveFlush(index, tries: 0))], netdev: self.index))
    }

    /// An asynchronous event says that work queue `number` of this type has stopped without an error completion.
    mutating func workQueueFailed(_ number: UInt32, _ type: EventQueueType?, core: inout FunctionInterface) {
        guard settings.isOpen else { return }
        for index in 0..<channelCount where channels[index].isActive {
            if type == .sq, channels[index].send.number == number, !channels[index].send.isFailed {
                recoverSend(index, core: &core)
            }
            if type == .rq, channels[index].receive.number == number, !channels[index].receive.isFailed {
                recoverReceive(index, core: &core)
            }
        }
    }

    /// The steps that follow a look at the failed send queue of channel `index`; none when the channel is gone.
    mutating func sendFlushSteps(
        _ index: Int, tries: Int, at now: SimTime, core: borrowing FunctionInterface, host: inout Host
    ) -> [ControlStep] {
        guard index < channelCount, channels[index].isActive, channels[index].send.isFailed else { return [] }
        let send = channels[index].send
        if send.consumer != send.producer, tries < Self.flushTries {
            // A queue that was stopped by an event returns its entries when the doorbell rings once more.
            if tries == 0 { core.ring(UAR.sendDoorbell, send.lastDoorbell, at: now, host: &host) }
            return [.wait(Self.flushInterval), .interface(.awaitSendFlush(index, tries: tries + 1))]
        }
        return [
            .channel(.resetSQ, index), .interface(.restartSend(index)), .channel(.readySQ(.send), index),
            .interface(.resumeSend(index)),
        ]
    }

    mutating func receiveFlushSteps(_ index: Int, tries: Int) -> [ControlStep] {
        guard index < channelCount, channels[index].isActive, channels[index].receive.isFailed else { return [] }
        let receive = channels[index].receive
        if receive.consumer != receive.producer, tries < Self.flushTries {
            return [.wait(Self.flushInterval), .interface(.awaitReceiveFlush(index, tries: tries + 1))]
        }
        return [
            .channel(.resetRQ, index), .interface(.restartReceive(index)), .channel(.readyRQ, index),
            .interface(.resumeReceive(index)),
        ]
    }

    /// The send queue is in RST: the device touches nothing, and both sides count from zero again.
    mutating func restartSend(_ index: Int) {
        let channel = channels + index
        // Completions of the queue's former life would be taken for those of the new one.
        while channel.pointee.completionQueues.send.next() != nil {}
        channel.pointee.completionQueues.send.publish()
        let mask = channel.pointee.send.size - 1
        while channel.pointee.send.consumer != channel.pointee.send.producer {
            let note = channel.pointee.send.notes[Int(channel.pointee.send.consumer) & mask]
            channel.pointee.send.consumer &+= max(note.blockCount, 1)
            giveBack(note, channel)
        }
        channel.pointee.send.restart()
    }

    mutating func resumeSend(_ index: Int, at now: SimTime, core: borrowing FunctionInterface, kernel: inout Kernel) {
        channels[index].send.isFailed = false
        channels[index].counters.txRecover &+= 1
        note("recovered SQ 0x\(String(channels[index].send.number, radix: 16))", at: now, core: core, kernel: &kernel)
        wake(index, at: now, kernel: &kernel)
    }

    mutating func restartReceive(_ index: Int) {
        let channel = channels + index
        while channel.pointee.completionQueues.receive.next() != nil {}
        channel.pointee.completionQueues.receive.publish()
        channel.pointee.receive.restart()
    }

    mutating func resumeReceive(_ index: Int, at now: SimTime, core: borrowing FunctionInterface, kernel: inout Kernel)
    {
        channels[index].receive.isFailed = false
        channels[index].counters.rxRecover &+= 1
        note(
            "recovered RQ 0x\(String(channels[index].receive.number, radix: 16))", at: now, core: core, kernel: &kernel)
        // Buffers are posted by the poll.
        schedulePoll(index, fromInterrupt: false, at: now, kernel: &kernel)
    }
}
