/// Operation modifiers of `QUERY_VPORT_STATE` and `MODIFY_VPORT_STATE` (native interface, section 6.6).
public enum VportStateTarget: UInt16, CaseIterable, Sendable {
    case vnic = 0
    case eswVport = 1
    case uplink = 2
}
