/// Kinds of destinations of a flow table entry (native interface, section 6.5).
public enum DestinationType: UInt8, CaseIterable, Sendable {
    case vport = 0
    case flowTable = 1
    case tir = 2
    case flowSampler = 6
    case uplink = 8
    case tableByType = 0xa
}
