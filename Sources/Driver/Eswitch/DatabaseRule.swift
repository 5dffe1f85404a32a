import Wire

/// The groups of the legacy forwarding database: exact addresses first, catch-all groups last.
enum DatabaseGroup: Int, CaseIterable { case address, allMulticast, promiscuous, miss }

/// What an entry of the legacy forwarding database compares.
enum DatabaseRule: Hashable {
    /// Frames to this address.
    case address(MACAddress)
    /// Frames to any multicast address.
    case allMulticast
    /// Frames from the wire that nothing else takes.
    case promiscuous
    /// Frames that nothing takes: those of vports go to the wire, those of the wire nowhere.
    case miss

    var group: DatabaseGroup {
        switch self {
        case .address: .address
        case .allMulticast: .allMulticast
        case .promiscuous: .promiscuous
        case .miss: .miss
        }
    }
}

/// Which way the frames go that an access list of a vport sees.
enum AccessListDirection: Hashable {
    /// From the vport into the switch, and out of the switch to the vport.
    case ingress, egress

    var tableType: TableType { self == .ingress ? .ingressACL : .egressACL }
}
