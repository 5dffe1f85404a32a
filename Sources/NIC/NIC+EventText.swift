import Host
import Simulation

extension NIC.Event: CustomStringConvertible {
    /// What happens, for people: `function 0: receive queue 5, entries arrive`.
    ///
    /// Stable from run to run.
    package var description: String {
        switch self {
        case .bus(let event): event.description
        case .firmware(let function, let event): "function \(function.index): \(event)"
        case .queue(let function, _, let event): "function \(function.index): \(event)"
        case .schedule: "the send scheduler goes on"
        case .receiver(let link): "link \(link): frames that wait are written"
        case .transmitter(let port): "port \(port.index): the transmitter takes more"
        case .departed(let port, let frame): "port \(port.index): the last bit of frame slot \(frame.slot) has left"
        }
    }
}

extension FirmwareEvent: CustomStringConvertible {
    package var description: String {
        switch self {
        case .entryArrived(let slot, _): "command slot \(slot), its entry arrives"
        case .blockArrived(let slot, _): "command slot \(slot), a mailbox block arrives"
        case .executed(let slot, _): "command slot \(slot), the command takes effect"
        case .outputArrived(let slot, _): "command slot \(slot), the output is in host memory"
        }
    }
}

extension QueueEvent: CustomStringConvertible {
    package var description: String {
        switch self {
        case .sendDoorbellRecord(let queue, _, let count):
            "send queue \(queue), the doorbell record arrives, and \(count) entries"
        case .sendEntries(let queue, _, let count): "send queue \(queue), \(count) entries arrive"
        case .frameReady(let frame, _, _, _): "frame slot \(frame.slot) goes to the switch"
        case .frameReleased(let frame, _): "frame slot \(frame.slot) goes to the switch after waiting for its rate"
        case .sendCompletion(let queue, _, let completion):
            "send queue \(queue), completion of entry \(completion.wqeCounter) is due"
                + (completion.syndrome == 0 ? "" : ", syndrome 0x" + String(completion.syndrome, radix: 16))
        case .sendFlush(let queue, _): "send queue \(queue), what is left is flushed"
        case .receiveDoorbellRecord(let queue, _): "receive queue \(queue), the doorbell record arrives"
        case .receiveEntries(let queue, _, let count): "receive queue \(queue), \(count) entries arrive"
        case .received(let job): "receive job \(job), frame and completion are in host memory"
        case .receiveFlush(let queue, _): "receive queue \(queue), what is left is flushed"
        case .completionEntry(let queue, _): "completion queue \(queue), a completion is in host memory"
        case .eventEntry(let queue, _): "event queue \(queue), an entry is in host memory"
        case .interrupt(let queue, _): "event queue \(queue), its interrupt is sent"
        case .moderationTimer(let queue, _): "completion queue \(queue), the moderation period is over"
        }
    }
}
