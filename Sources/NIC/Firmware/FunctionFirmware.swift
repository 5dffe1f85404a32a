package import Simulation
package import Wire

/// The state of one function's firmware: everything of a function that is not per packet.
package struct FunctionFirmware: Sendable {
    /// How far the driver has brought the function up (native interface, section 3.1).
    package enum LifeCycle: UInt8, Comparable, Sendable {
        /// Only ENABLE_HCA is accepted.
        case disabled
        /// Between ENABLE_HCA and INIT_HCA.
        case enabled
        /// Between INIT_HCA and TEARDOWN_HCA.
        case initialized

        package static func < (left: LifeCycle, right: LifeCycle) -> Bool { left.rawValue < right.rawValue }
    }

    package let parameters: FirmwareParameters
    /// The pages of capabilities after reset, of which `capabilities` starts as a copy.
    let offered: CapabilityPages

    package var lifeCycle = LifeCycle.disabled
    /// Counts resets: what was under way before belongs to an earlier life.
    package private(set) var life: UInt8 = 0
    /// When the boot that is under way, or was last, ends.
    package private(set) var bootEnd: SimTime
    /// A function that manages this one does not let it start.
    package var isHeld = false
    /// It is the function of the SmartNIC's own processors.
    package var isEmbedded = false
    /// `nic_interface` is 1: no commands are taken.
    package var isInterfaceDisabled = false

    package var queueAddress: UInt64 = 0
    package var isQueueValid = false
    /// Entries of the command queue; none until the driver has rung for one.
    package var slots: [CommandSlot] = []
    /// Until when the firmware's processor is busy with commands, and the one that serves MANAGE_PAGES.
    package var busyUntil = SimTime.zero
    package var pagesBusyUntil = SimTime.zero

    package var interfaceVersion: UInt16 = 0
    package var capabilities: CapabilityPages
    package var pages: PageLedger
    package var references = ReferenceLedger()
    package var health = HealthBuffer()
    package var healthReadCount: UInt64 = 0
    package var doorbells = DoorbellDecoder()
    /// What SET_DRIVER_VERSION said.
    package var driverVersion: [UInt8] = []
    /// Addresses by index (SET_L2_TABLE_ENTRY).
    package var addressTable: [Int: AddressTableEntry] = [:]
    /// UDP ports that are VXLAN (ADD_VXLAN_UDP_DPORT), ascending.
    package var vxlanPorts: [UInt16] = []
    /// Commands that failed, and those that failed for want of pages or objects (QUERY_VNIC_ENV).
    package var invalidCommandCount: UInt32 = 0
    package var quotaExceededCount: UInt32 = 0
    /// The record of executed commands; none is kept while it is `nil`.
    package var commandLog: CommandLog?

    /// The firmware of a function that comes out of power-on at the start of the run.
    package init(_ parameters: FirmwareParameters, capabilities: CapabilityPages) {
        self.parameters = parameters
        offered = capabilities
        self.capabilities = capabilities
        pages = PageLedger(parameters)
        bootEnd = .zero + parameters.bootTime
    }

    /// Starts over at `now`: what power-on, function level reset and software reset do.
    package mutating func restart(at now: SimTime) {
        let fresh = FunctionFirmware(parameters, capabilities: offered)
        let (life, log, isHeld, isEmbedded) = (life, commandLog, isHeld, isEmbedded)
        self = fresh
        self.isHeld = isHeld
        self.isEmbedded = isEmbedded
        self.life = life &+ 1
        commandLog = log
        bootEnd = now + parameters.bootTime
    }

    /// Boots from `now` on.
    package mutating func startBoot(at now: SimTime) { bootEnd = now + parameters.bootTime }

    /// Having started over does not boot, and takes no commands until the driver enables the interface.
    ///
    /// What the manager has given stays: whoever disables the interface must not make the manager's pages vanish.
    package mutating func disableInterface(at now: SimTime) {
        bootEnd = now
        isInterfaceDisabled = true
    }

    /// Whether the `initializing` bit is set.
    package func isBooting(at now: SimTime) -> Bool { isHeld || now < bootEnd }
}

/// An entry of the address table (SET_L2_TABLE_ENTRY).
package struct AddressTableEntry: Equatable, Sendable {
    package var address: MACAddress
    /// The VLAN the address is valid in; `nil` for all.
    package var vlan: UInt16?
}
