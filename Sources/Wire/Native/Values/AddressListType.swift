/// Lists of a NIC vport context: `allowed_list_type` (native interface, section 6.6).
public enum AddressListType: UInt8, CaseIterable, Sendable {
    case unicast = 0
    case multicast = 1
    case vlan = 2
}
