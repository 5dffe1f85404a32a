import Wire

/// What the configuration space of a kind of function holds after reset, and which bits may be written: made once for
/// each physical function and once for all its virtual functions, and shared by them.
package struct ConfigurationLayout: Sendable {
    /// Values after reset, bits a driver may write, and bits that writing ones clears.
    private(set) var bytes: [UInt8]
    private(set) var writable: [UInt8]
    private(set) var clearedByOnes: [UInt8]
    /// Bytes from the start that a function keeps a copy of: those behind never change.
    let keptByteCount: Int
    /// Sizes of the BARs 0, 2 and 4.
    let barByteCounts: (registers: UInt64, slices: UInt64, messages: UInt64)
    let isVirtual: Bool

    package typealias Offset = ConfigurationSpace.Offset

    /// What a physical function says of its virtual functions.
    package struct VirtualFunctions: Sendable, Equatable {
        /// TotalVFs, First VF Offset and VF Stride.
        package var count: Int
        package var firstOffset: Int
        package var stride = 1

        package init(count: Int, firstOffset: Int) {
            self.count = count
            self.firstOffset = firstOffset
        }
    }

    /// The space of a physical function, with `sliceByteCount` bytes of BAR2 (a power of two; 0 for none).
    package init(
        physical identity: PCIIdentity, virtualFunctions: VirtualFunctions? = nil, sliceByteCount: UInt64 = 0
    ) {
        self.init(identity, keptByteCount: virtualFunctions == nil ? 0x100 : 0x200, isVirtual: false, sliceByteCount)
        put(0x00, UInt64(identity.vendorID), byteCount: 2)
        put(0x02, UInt64(identity.deviceID), byteCount: 2)
        // Memory space, bus master, parity response, SERR, interrupt disable.
        put(Offset.command, 0, byteCount: 2, writable: 0x0546)
        // Sizing works by itself: bits below the size are read-only, the driver reads back what it could set.
        put(Offset.bar0, 0xc, byteCount: 8, writable: ~UInt64(identity.registerByteCount - 1))
        if sliceByteCount > 0 { put(Offset.bar0 + 8, 0xc, byteCount: 8, writable: ~(sliceByteCount - 1)) }
        put(Offset.bar4, 0x4, byteCount: 8, writable: ~UInt64(ConfigurationSpace.messageByteCount - 1))
        describe(identity)
        if let virtualFunctions { describe(virtualFunctions, identity) }
    }

    /// The space of a virtual function: vendor and device read as ones, BARs and memory enable are the physical
    /// function's (Base Specification 9.3.4).
    package init(virtual identity: PCIIdentity) {
        self.init(identity, keptByteCount: 0x100, isVirtual: true, 0)
        put(0x00, 0xffff_ffff, byteCount: 4)
        // Bus master alone can be enabled.
        put(Offset.command, 0, byteCount: 2, writable: 0x0004)
        describe(identity)
        put(0x100, 0x0001_000e, byteCount: 4)
    }

    private init(_ identity: PCIIdentity, keptByteCount: Int, isVirtual: Bool, _ sliceByteCount: UInt64) {
        bytes = Array(repeating: 0, count: ConfigurationSpace.byteCount)
        writable = bytes
        clearedByOnes = bytes
        self.keptByteCount = keptByteCount
        self.isVirtual = isVirtual
        barByteCounts = (
            UInt64(identity.registerByteCount), sliceByteCount, UInt64(ConfigurationSpace.messageByteCount)
        )
    }

    private mutating func put(_ offset: Int, _ value: UInt64, byteCount: Int, writable mask: UInt64 = 0) {
        for index in 0..<byteCount {
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(index * 8))
            writable[offset + index] = UInt8(truncatingIfNeeded: mask >> UInt64(index * 8))
        }
    }

    private mutating func describe(_ identity: PCIIdentity) {
        put(Offset.status, 0x0010, byteCount: 2)
        clearedByOnes[Offset.status + 1] = 0xf9
        put(0x08, UInt64(identity.revisionID), byteCount: 1)
        put(0x09, UInt64(identity.classCode), byteCount: 3)
        put(0x0c, 0, byteCount: 1, writable: isVirtual ? 0 : 0xff)
        put(0x2c, UInt64(identity.subsystemVendorID), byteCount: 2)
        put(0x2e, UInt64(identity.subsystemID), byteCount: 2)
        put(0x34, UInt64(Offset.powerManagement), byteCount: 1)
        put(0x3c, isVirtual ? 0 : 0xff, byteCount: 1, writable: isVirtual ? 0 : 0xff)
        describePowerManagement()
        describeExpress(identity)
        describeMessages(identity)
    }

    private mutating func describePowerManagement() {
        put(Offset.powerManagement, UInt64(0x01 | Offset.express << 8), byteCount: 2)
        put(Offset.powerManagement + 2, 0x0003, byteCount: 2)
        // Bit 3, No_Soft_Reset: going back to D0 keeps everything.
        put(Offset.powerControl, 0x0008, byteCount: 2, writable: 0x0003)
    }

    private mutating func describeExpress(_ identity: PCIIdentity) {
        let base = Offset.express
        let speed = UInt64(identity.linkGeneration)
        let width = UInt64(identity.laneCount) << 4
        put(base, UInt64(0x10 | Offset.messages << 8), byteCount: 2)
        put(base + 0x02, 0x0002, byteCount: 2)
        // Extended tags, role-based error reporting, function level reset.
        put(base + 0x04, UInt64(identity.maximumPayloadCode) | 1 << 5 | 1 << 15 | 1 << 28, byteCount: 4)
        // Error reporting, relaxed ordering, payload, tags, no snoop, read request; the reset bit reads as zero. In a
        // virtual function all of them are the physical function's.
        put(Offset.deviceControl, isVirtual ? 0 : 0x2810, byteCount: 2, writable: isVirtual ? 0 : 0x79ff)
        put(Offset.deviceStatus, 0, byteCount: 2)
        clearedByOnes[Offset.deviceStatus] = 0x0f
        put(base + 0x0c, speed | width, byteCount: 4)
        put(base + 0x10, 0, byteCount: 2, writable: isVirtual ? 0 : 0x00cb)
        put(Offset.linkStatus, isVirtual ? 0 : speed | width | 1 << 12, byteCount: 2)
        // Completion timeout disable and its range; link speeds below and at the link's own.
        put(base + 0x24, 0x1f, byteCount: 4)
        put(base + 0x28, 0, byteCount: 2, writable: isVirtual ? 0 : 0x001f)
        put(base + 0x2c, (1 << (speed + 1)) - 2, byteCount: 4)
        put(base + 0x30, isVirtual ? 0 : speed, byteCount: 2, writable: isVirtual ? 0 : 0x000f)
    }

    private mutating func describeMessages(_ identity: PCIIdentity) {
        put(Offset.messages, 0x0011, byteCount: 2)
        put(Offset.messageControl, UInt64(identity.vectorCount - 1), byteCount: 2, writable: 0xc000)
        put(Offset.messages + 4, 4, byteCount: 4)
        put(Offset.messages + 8, UInt64(ConfigurationSpace.pendingOffset | 4), byteCount: 4)
    }

    /// ARI and SR-IOV capabilities (Base Specification 7.8.7 and 9.3.3); migration is not offered.
    private mutating func describe(_ virtualFunctions: VirtualFunctions, _ identity: PCIIdentity) {
        typealias Capability = SRIOVCapability
        let base = Offset.virtualization
        put(0x100, UInt64(0x1_000e | base << 20), byteCount: 4)
        put(base, 0x1_0010, byteCount: 4)
        // ARI capable hierarchy preserved.
        put(base + Capability.capabilities.offset, 0x2, byteCount: 4)
        // VF enable, VF memory space enable, ARI capable hierarchy.
        put(base + Capability.control.offset, 0, byteCount: 2, writable: 0x0019)
        put(base + Capability.initialVFs.offset, UInt64(virtualFunctions.count), byteCount: 2)
        put(base + Capability.totalVFs.offset, UInt64(virtualFunctions.count), byteCount: 2)
        put(base + Capability.vfCount.offset, 0, byteCount: 2, writable: 0xffff)
        put(base + Capability.firstVFOffset.offset, UInt64(virtualFunctions.firstOffset), byteCount: 2)
        put(base + Capability.vfStride.offset, UInt64(virtualFunctions.stride), byteCount: 2)
        put(base + Capability.vfDeviceID.offset, UInt64(identity.virtualDeviceID), byteCount: 2)
        put(base + Capability.supportedPageSizes.offset, 0x553, byteCount: 4)
        put(base + Capability.systemPageSize.offset, 0x1, byteCount: 4, writable: 0x553)
        put(base + Capability.vfBAR(0).offset, 0xc, byteCount: 8, writable: ~UInt64(identity.registerByteCount - 1))
        let messages = ~UInt64(ConfigurationSpace.messageByteCount - 1)
        put(base + Capability.vfBAR(4).offset, 0x4, byteCount: 8, writable: messages)
    }
}
