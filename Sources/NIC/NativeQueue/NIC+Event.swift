internal import DequeModule
package import Host
package import Simulation
package import Wire

/// Event queues: entries, arming and interrupts (native interface, sections 5.4 and 5.5).
extension NIC {
    /// Sends `entry` to the event queue of `function` that asked for its type: the one of the lowest number.
    package mutating func raise(_ entry: EventQueueEntry, to function: FunctionID, at now: SimTime) {
        let index = Int(function.index)
        guard let type = entry.type,
            let queue = functions[index].resources.eventQueues.first(where: { $0.wants(type) })
        else { return }
        post(entry, on: queue, of: function, at: now)
    }

    /// Sends `entry` on its way to event queue `number`.
    mutating func post(_ entry: EventQueueEntry, on number: Int, of function: FunctionID, at time: SimTime) {
        let index = Int(function.index)
        guard functions[index].resources.eventQueues.contains(number) else { return }
        guard functions[index].resources.eventQueues[number].status == .ok else { return }
        guard functions[index].resources.eventQueues[number].hasRoom else {
            functions[index].resources.eventQueues[number].status = .overflow
            if entry.type == .completion {
                functions[index].vport.counters.completionEventQueueOverruns &+= 1
            } else {
                functions[index].vport.counters.asyncEventQueueOverruns &+= 1
            }
            return
        }
        let ahead = UInt32(functions[index].resources.eventQueues[number].posting.count)
        let address = functions[index].resources.eventQueues[number].address(ahead: ahead)
        let asked = max(time, functions[index].resources.eventQueues[number].lastAsked)
        let visible = link(of: function).pointee.write(
            of: function, byteCount: EventQueueEntry.byteCount, address: address, at: asked
        ).visible
        let ordered = max(visible, functions[index].resources.eventQueues[number].lastVisible)
        functions[index].resources.eventQueues[number].lastAsked = asked
        functions[index].resources.eventQueues[number].lastVisible = ordered
        functions[index].resources.eventQueues[number].posting.append(entry)
        let life = functions[index].resources.eventQueues[number].life
        let event = QueueEvent.eventEntry(queue: UInt32(number), life: life)
        events.schedule(.queue(function, generation: functions[index].generation, event), at: ordered)
        if functions[index].resources.eventQueues[number].arm == .armed {
            interrupt(number, of: function, at: asked)
        }
    }

    /// The oldest entry on its way to event queue `number` has arrived.
    mutating func eventEntryArrived(
        _ number: Int, life: UInt16, of function: FunctionID, at now: SimTime, platform: inout Platform
    ) {
        let index = Int(function.index)
        guard functions[index].resources.eventQueues.contains(number),
            functions[index].resources.eventQueues[number].life == life,
            let entry = functions[index].resources.eventQueues[number].posting.popFirst(),
            functions[index].resources.eventQueues[number].status != .writeFailed
        else { return }
        do throws(DMAFault) {
            try functions[index].resources.eventQueues[number].write(entry, of: function, at: now, platform: &platform)
        } catch {
            functions[index].resources.eventQueues[number].status = .writeFailed
            return
        }
        if platform.isLogging(function) {
            platform.note(.event, function, queue: number, at: now) { entry.encode(into: $0) }
        }
    }

    /// The driver has consumed event queue `number` up to `consumer`, and wants the next interrupt when `arms`.
    package mutating func updateEventQueue(
        _ number: Int, function: FunctionID, consumer: UInt32, arms: Bool, at now: SimTime
    ) {
        let index = Int(function.index)
        guard functions[index].resources.eventQueues.contains(number) else { return }
        functions[index].resources.eventQueues[number].consumer = consumer & CompletionQueue.counterMask
        guard arms else { return }
        functions[index].resources.eventQueues[number].arm = .armed
        if functions[index].resources.eventQueues[number].held > 0 {
            let asked = functions[index].resources.eventQueues[number].lastAsked
            interrupt(number, of: function, at: max(now, asked))
        }
    }

    /// Disarms event queue `number` and has its interrupt follow the entry that was asked for at `time`.
    private mutating func interrupt(_ number: Int, of function: FunctionID, at time: SimTime) {
        let index = Int(function.index)
        functions[index].resources.eventQueues[number].arm = .fired
        let life = functions[index].resources.eventQueues[number].life
        let event = QueueEvent.interrupt(queue: UInt32(number), life: life)
        events.schedule(
            .queue(function, generation: functions[index].generation, event), at: time + parameters.interruptLatency)
    }

    /// Sends the message of the vector of event queue `number`, behind what was written before it.
    mutating func sendInterrupt(
        of number: Int, life: UInt16, function: FunctionID, at now: SimTime, platform: inout Platform
    ) {
        let index = Int(function.index)
        guard functions[index].resources.eventQueues.contains(number),
            functions[index].resources.eventQueues[number].life == life
        else { return }
        let vector = functions[index].resources.eventQueues[number].interrupt
        // A subfunction's interrupts are vectors of its physical function.
        let owner = functions[index].kind.isSub ? layout.physical(functions[index].kind.physical) : function
        let place = Int(owner.index)
        guard functions[place].reachesMemory else { return functions[place].messageTable.setPending(vector) }
        guard let message = functions[place].messageTable.message(for: vector) else { return }
        let arrival = link(of: owner).pointee.message(at: now)
        // A processor that is interrupted sees what was written before (Base Specification 2.4.1).
        let visible = functions[index].resources.eventQueues[number].lastVisible
        platform.sendMessage(owner, address: message.address, data: message.data, at: max(arrival, visible))
    }
}
