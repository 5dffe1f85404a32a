package import Host
package import Simulation
package import Wire

extension NIC {
    /// The driver put `event` on the bus now: schedules its arrival.
    package mutating func receive(_ event: BusEvent, at now: SimTime, host: inout Host) {
        events.schedule(.bus(event), at: link.mmioWrite(byteCount: 8, at: now))
    }

    /// The last bit of `frame` arrived at `port`.
    package mutating func receive(
        _ frame: FrameID, on port: PortID, at now: SimTime, host: inout Host, medium: inout Medium
    ) {
    }

    /// Writes `entry` to the event queue of `function` that wants its type: the one of the lowest number.
    package mutating func raise(_ entry: EventQueueEntry, to function: FunctionID, at now: SimTime, host: inout Host) {
    }

    /// The state of send queue `number` becomes `state` (MODIFY_SQ; or RST before DESTROY_SQ).
    package mutating func setSendQueueState(
        _ state: QueueState, of number: Int, function: FunctionID, at now: SimTime, host: inout Host,
        medium: inout Medium
    ) {
        functions[Int(function.index)].resources.sendQueues[number].state = state
    }

    /// The state of receive queue `number` becomes `state` (MODIFY_RQ; or RST before DESTROY_RQ).
    package mutating func setReceiveQueueState(
        _ state: QueueState, of number: Int, function: FunctionID, at now: SimTime, host: inout Host,
        medium: inout Medium
    ) {
        functions[Int(function.index)].resources.receiveQueues[number].state = state
    }

    /// Forgets everything the queues of `function` were doing; frames of it that are inside end as dropped.
    ///
    /// Objects, vport and generation are new afterwards; firmware, configuration space and messages are not touched.
    package mutating func reset(_ function: FunctionID, at now: SimTime, medium: inout Medium) {
        let index = Int(function.index)
        functions[index].generation &+= 1
        functions[index].resources = Resources()
    }

    // MARK: Doorbells

    /// Send queue `number` has work.
    package mutating func sendQueueDoorbell(_ number: Int, function: FunctionID, at now: SimTime) {}

    /// The driver asks completion queue `number` for an event.
    package mutating func armCompletionQueue(
        _ number: Int, function: FunctionID, consumer: UInt32, solicitedOnly: Bool, at now: SimTime, host: inout Host
    ) {}

    /// The driver has consumed event queue `number` up to `consumer`, and wants an interrupt when `arms`.
    package mutating func updateEventQueue(
        _ number: Int, function: FunctionID, consumer: UInt32, arms: Bool, at now: SimTime, host: inout Host
    ) {}

    mutating func handle(
        _ event: QueueEvent, of function: FunctionID, generation: UInt8, at now: SimTime, host: inout Host,
        medium: inout Medium
    ) {}
}
