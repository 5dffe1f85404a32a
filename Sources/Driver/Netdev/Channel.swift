import Host
import Simulation
import Wire

/// One queue pair of the interface with its completion queues, served by one core.
///
/// Rings are memory of the host, reached by pointers resolved once; the driver's own notes are preallocated arrays.
struct Channel {
    let index: Int
    let core: Int
    var completionQueues: (control: CompletionRing, send: CompletionRing, receive: CompletionRing)
    var control: SendRing
    var send: SendRing
    var receive: ReceiveRing
    /// Memory of the rings, the doorbell records and the buffers.
    let allocations: [DMAAllocation]
    var isActive = false
    /// A poll is scheduled or running: interrupts add nothing.
    var pollIsPending = false
    /// A flush is scheduled.
    var flushIsPending = false
    /// When the poll that is running ends; `nil` while none is.
    var pollEnd: SimTime?
    /// The poll that is running stopped at its budget, and goes on.
    var pollGoesOn = false
    /// The poll that is running has taken completed sends off the ring.
    var pollMadeRoom = false
    /// An interrupt came: the event queue has to be read and armed.
    var hasEvents = false
    /// Completion mode the generator stopped in: it goes on when there is room.
    var generatorIsStopped = false
    /// When the generator's next burst was due, if its time is not simply that of its event.
    var generatorDue: SimTime?
    var counters = ChannelCounters()

    /// Nothing was posted for sending that has not completed.
    var isQuiet: Bool { send.consumer == send.producer && control.consumer == control.producer && !flushIsPending }

    func deallocate() {
        completionQueues.control.ring.deallocate()
        completionQueues.send.ring.deallocate()
        completionQueues.receive.ring.deallocate()
        control.deallocate()
        send.deallocate()
        receive.deallocate()
    }
}
