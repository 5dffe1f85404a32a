import Wire

/// Commands about other functions and their vports, which a manager gives (sections 3.6 and 3.8).
enum ManagementStep {
    // Functions, by the number that the firmware calls them.
    case enableFunction(UInt16), disableFunction(UInt16)
    /// Asks which functions the host has, behind the SmartNIC's own processors.
    case queryHostFunctions
    case allocateSubfunction(UInt16), deallocateSubfunction(UInt16)
    /// Notes the number that people gave a subfunction.
    case numberSubfunction(UInt16, UInt32)
    /// Asks for an event at the next change of a function's state; reads the state.
    case armState(UInt16), queryState(UInt16)

    // Vports.
    case setAddress(vport: UInt16, MACAddress)
    case setLinkState(vport: UInt16, VportAdminState)
    /// Asks for an event at the next change of a vport's address lists or promiscuity.
    case armVport(UInt16)
    /// Reads an address list, and promiscuity with the multicast one.
    case queryList(vport: UInt16, AddressListType)
    case setVLAN(vport: UInt16)

    // The forwarding database.
    case createDatabase, createDatabaseGroup(DatabaseGroup), setDatabaseRoot
    /// Writes the entry of a rule, or deletes it when the rule has no destination left.
    case updateRule(DatabaseRule)

    // Access lists of a vport.
    case createAccessList(vport: UInt16, AccessListDirection)
    case createAccessGroup(vport: UInt16, AccessListDirection, Int)
    case setAccessRule(vport: UInt16, AccessListDirection, Int)
    case setAccessRoot(vport: UInt16, AccessListDirection)

    // Scheduling.
    case createRootScheduler, createScheduler(vport: UInt16)
    case destroyScheduler(vport: UInt16), destroyRootScheduler
}
