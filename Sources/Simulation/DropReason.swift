/// Why a frame ended without being delivered.
///
/// There is one list for the whole world, so that every frame that is lost has one name in the counters, in the
/// summary and in the comment of the capture. To add a reason, add a case; everything else follows.
public enum DropReason: UInt8, CaseIterable, Sendable, BitwiseCopyable, Hashable {
    // The port.
    case portDown, frameTooLong, frameTooShort, portBufferFull
    // The switch.
    case noSwitchRule, functionDown, accessListDrop, vportUnknown, ownFrame, loopbackBufferFull, rateQueueFull
    // Receive steering.
    case steeringMiss, steeringDrop, steeringLoop, badDestination, tooManyTags
    // The receive queue.
    case receiveQueueNotReady, outOfReceiveBuffers, receiveBufferTooShort, receiveMemoryFault, completionQueueError
    // The send queue.
    case sendMemoryFault
    // Everywhere in the silicon.
    case functionReset
    // Host software.
    case interfaceDown, transmitQueueFull, driverDiscard
    // Outside the NIC.
    case wireUnconnected

    /// The reason in words, as a summary or a capture comment prints it.
    public var description: String {
        switch self {
        case .portDown: "port is down"
        case .frameTooLong: "frame is longer than the port accepts"
        case .frameTooShort: "frame is shorter than an Ethernet header"
        case .portBufferFull: "the port's receive buffer is full"
        case .noSwitchRule: "the switch has no rule for the port"
        case .functionDown: "the function's port is down"
        case .accessListDrop: "an access list of the vport drops it"
        case .vportUnknown: "the switch's rule leads to a vport that does not exist"
        case .ownFrame: "it would come back to the vport that sent it"
        case .loopbackBufferFull: "the buffer for frames between functions is full"
        case .rateQueueFull: "the vport sends faster than its rate and its queue is full"
        case .steeringMiss: "no flow table entry matches"
        case .steeringDrop: "a flow table entry drops it"
        case .steeringLoop: "flow tables lead too deep"
        case .badDestination: "the flow table entry's destination does not exist"
        case .tooManyTags: "flow tables put on more VLAN tags than a frame can carry"
        case .receiveQueueNotReady: "the receive queue is not ready"
        case .outOfReceiveBuffers: "the receive queue has no buffer"
        case .receiveBufferTooShort: "the receive buffer is too short"
        case .receiveMemoryFault: "the receive buffer's memory cannot be written"
        case .completionQueueError: "the completion queue has failed"
        case .sendMemoryFault: "the send buffer's memory cannot be read"
        case .functionReset: "the function was reset"
        case .interfaceDown: "the network interface is down"
        case .transmitQueueFull: "the transmit queue is full"
        case .driverDiscard: "the driver discarded it"
        case .wireUnconnected: "the wire leads nowhere"
        }
    }
}
