/// Whether a queue will raise its next event: `st` of event and completion queues (native interface, section 6.1).
public enum ArmState: UInt8, CaseIterable, Sendable {
    case solicitedArmed = 6
    case armed = 9
    case fired = 0xa
}
