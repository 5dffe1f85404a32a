/// How receive work queue entries are laid out (native interface, section 6.2).
public enum WQType: UInt8, CaseIterable, Sendable {
    case linkedList = 0
    case cyclic = 1
    case linkedListStriding = 2
    case cyclicStriding = 3
}
