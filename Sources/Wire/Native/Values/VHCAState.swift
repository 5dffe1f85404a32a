/// States of a function that another one manages (native interface, section 3.8).
public enum VHCAState: UInt8, CaseIterable, Sendable {
    case invalid = 0
    case allocated = 1
    case active = 2
    case inUse = 3
    case teardownRequest = 4
}
