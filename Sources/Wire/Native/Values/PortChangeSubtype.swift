/// Subtypes of `EventType.portChange` (native interface, section 5.5).
public enum PortChangeSubtype: UInt8, CaseIterable, Sendable {
    case down = 1
    case active = 4
    case initialized = 5
    case lidChange = 6
    case pkeyChange = 7
    case guidChange = 8
    case clientReregister = 9
}
