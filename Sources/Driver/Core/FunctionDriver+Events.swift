import Host
import Simulation
import Wire

/// Events of the control vector: commands done, pages wanted, links changed, queues failed (section 5.5).
extension FunctionDriver {
    /// Most events taken in one go from one queue: a device that writes more is served again by its next interrupt.
    static var eventBudget: Int { 128 }

    /// Reads the event queues of vector 0 and arms them again.
    mutating func serviceControlQueues(at now: SimTime, host: inout Host) {
        var index = 0
        while index < device.eventQueues.count {
            if case .completion = device.eventQueues[index].role {
                index += 1
                continue
            }
            let number = device.eventQueues[index].number
            for _ in 0..<Self.eventBudget {
                guard index < device.eventQueues.count, let event = device.eventQueues[index].next() else { break }
                take(event, at: now, host: &host)
                // Handling may have destroyed queues: go on only with the one that was being read.
                guard index < device.eventQueues.count, device.eventQueues[index].number == number else { return }
            }
            arm(index, at: now, host: &host)
            index += 1
        }
        servePageRequests(at: now, host: &host)
    }

    private mutating func take(_ event: EventQueueEntry, at now: SimTime, host: inout Host) {
        switch event.type {
        case .commandInterface:
            for slot in 0..<2 {
                guard let queue = commands, queue.isBusy(slot) else { continue }
                let bit = UInt32(1) << UInt32(queue.entryIndex(slot))
                guard event.commandVector & bit != 0, queue.isFinished(slot, host: &host) else { continue }
                commandFinished(slot, at: now, host: &host)
            }
        case .pageRequest:
            pageWork.append(Int(event.pageCount))
        case .portChange:
            statistics.linkChanges &+= 1
            guard netdev.isOpen else { return }
            run(
                ControlProgram(.link, [.netdev(.queryVportState), .local(.applyLinkState)]), at: now, host: &host)
        case .cqError:
            let syndrome = String(event.cqErrorSyndrome, radix: 16)
            note("CQ error on CQN 0x\(String(event.cqErrorQueue, radix: 16)), syndrome 0x\(syndrome)", at: now)
            statistics.completionQueueErrors &+= 1
        case .wqCatastrophicError, .wqInvalidRequest, .wqAccessError:
            let queue = String(event.queueNumber, radix: 16)
            note("work queue error 0x\(String(event.eventTypeValue, radix: 16)) on queue 0x\(queue)", at: now)
            statistics.workQueueErrors &+= 1
            // Send and receive queues have numbers of their own: the same one may be both.
            workQueueFailed(event.queueNumber, EventQueueType(rawValue: event.queueTypeValue), at: now, host: &host)
        case .completion, nil: break
        default:
            note("event 0x\(String(event.eventTypeValue, radix: 16)) is not handled", at: now)
        }
    }

    // MARK: Health

    mutating func readHealth(generation: UInt16, at now: SimTime, host: inout Host) {
        guard generation == health.generation, state == .ready else { return }
        let tag = nextTag
        nextTag &+= 1
        healthTag = tag
        let offset = UInt32(InitializationSegment.healthCounter.offset)
        host.send(.memoryRead(function, bar: 0, byteCount: 4, offset: offset, tag: tag), at: now)
        events.schedule(.health(generation: generation), at: now + .milliseconds(2_000))
    }

    mutating func checkHealth(_ value: UInt64, at now: SimTime, host: inout Host) {
        let counter = UInt32(truncatingIfNeeded: value).byteSwapped & 0xff_ffff
        health.missCount = counter == health.lastCounter ? health.missCount + 1 : 0
        health.lastCounter = counter
        guard health.missCount == 3 else { return }
        note("device's health compromised - reached miss count", at: now)
        state = .failed(reason: "the health counter stands still")
    }
}
