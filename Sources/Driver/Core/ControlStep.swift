import Simulation
import Wire

/// One thing the control path does before it goes on with the next: a register access, a command, or a local action.
///
/// Programs are arrays of these; the functions that build them read as the tables of section 3.
enum ControlStep {
    case configurationRead(offset: Int, byteCount: UInt8, ConfigurationUse)
    case configurationWrite(offset: Int, byteCount: UInt8, value: UInt32)
    case registerRead(offset: Int, RegisterUse)
    case registerWrite(offset: Int, value: UInt32)
    case wait(SimDuration)
    case core(CoreStep)
    /// A command about another function or vport.
    case management(ManagementStep)
    /// Waits until no driver here has a virtual function of this function, or a subfunction of it.
    case awaitLeaving(virtual: Bool)
    /// Destroys all objects of a scope, the youngest first.
    case destroyAll(ObjectScope)
    case local(LocalStep)
    /// The steps that follow are about this netdev.
    case select(netdev: Int)
    /// Commands for the program's netdev, and what it does without asking the device.
    case netdev(NetdevStep)
    case channel(ChannelStep, Int)
    case query(StatisticsQuery)
    case interface(NetdevAction)
}

/// What a configuration read is for.
enum ConfigurationUse {
    case identity, command, capabilityPointer, capability(at: Int), msixTable(at: Int), barSize(Int)
    case extendedCapability(at: Int), virtualFunctionTotal, firstVirtualFunction, virtualFunctionStride
}

/// What a read of the initialization segment is for.
enum RegisterUse { case initializing, firmwareRevision, commandInterface, commandQueue, health }

/// Steps of the core driver: commands of section 3.1 and 3.5.
enum CoreStep {
    case enableHCA, queryISSI, setISSI
    case queryPages(QueryPagesKind)
    case givePages(Int)
    case takePages(of: UInt16)
    case hostEndianness
    case queryCapabilities(HCACapabilityType, maximum: Bool)
    case setCapabilities
    case initHCA, queryAdapter, allocUAR
    case createEQ(EventQueueRole)
    case createAnchorTable, setAnchorRoot
    case teardownHCA, disableHCA
    case destroyEQ(EventQueueRole)
}

/// What an event queue is for.
enum EventQueueRole: Equatable { case command, asynchronous, pages, completion(Int) }

/// Steps of the core driver that need no answer from the device.
enum LocalStep {
    case enableDevice, setUpCommandQueue, enterEventMode, enterPollingMode, queryManagerCapabilities
    /// Makes the auxiliary devices known, and lets drivers probe them.
    case publish
    /// Lets go of the function, as far as the program says.
    case leave
    /// After a reset: the function is being probed again, and a netdev that was up comes up again.
    case beginProbe, resumeNetdev
    /// The Ethernet driver is bound to its auxiliary device, or lets go of it.
    case bindEthernet, unbindEthernet
    /// Puts the devlink parameters in force.
    case takeParameters
    // Virtual functions and subfunctions.
    case findVirtualFunctions, setVirtualFunctionCount(Int), setVirtualFunction(Int, [VirtualFunctionSetting])
    case beginEnabling(Int), plugVirtualFunctions(Int), unplugVirtualFunctions, endDisabling
    case reportVirtualFunctions
    case addPort(Int, UInt32, isJSON: Bool), setPort(Int, MACAddress?, isActive: Bool?), deletePort(Int)
    case reportPort(Int, isJSON: Bool), forgetSubfunction(Int), removeSubfunctions, deallocateSubfunctions
    /// Forgets virtual functions and subfunctions whose parent is to be reset without being asked.
    case dropChildren
    // The e-switch.
    case enableEswitch, disableEswitch, forgetEswitch
    // The host behind the SmartNIC's own processors.
    case admitHost, startHost, followHost, releaseHost
    case enableVport(UInt16), disableVport(UInt16), forgetVport(UInt16)
    case refreshRules(UInt16), refreshAccessLists(UInt16), refreshRate(UInt16)
    /// Ends a netdev that the device has forgotten.
    case releaseNetdev(Int)
    case becomeReady, finishRemoval, functionLevelReset
    /// Gives back what a device that was reset has forgotten.
    case forgetDevice
}
