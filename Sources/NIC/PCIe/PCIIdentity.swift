/// What a function's configuration space says about it, and the sizes of its address ranges.
package struct PCIIdentity: Equatable, Sendable {
    package var vendorID: UInt16 = 0x15b3
    package var deviceID: UInt16 = 0x101d
    /// Device ID of virtual functions, in the physical function's SR-IOV capability.
    package var virtualDeviceID: UInt16 = 0x101e
    package var subsystemVendorID: UInt16 = 0x15b3
    package var subsystemID: UInt16 = 0x0001
    package var revisionID: UInt8 = 0
    /// Base class, subclass and programming interface: 0x020000 is an Ethernet controller.
    package var classCode: UInt32 = 0x02_00_00
    /// Bytes of BAR0: the initialization segment and all doorbell pages.
    ///
    /// A power of two.
    package var registerByteCount: UInt32 = 32 << 20
    /// MSI-X vectors: 1 to 256.
    package var vectorCount: Int = 64
    /// PCI Express generation, 1 to 6, as the link status reports it.
    package var linkGeneration: Int = 4
    /// Lanes, as the link status reports them.
    package var laneCount: Int = 16
    /// Largest payload the function can take: 0 for 128 bytes, each step doubles it.
    package var maximumPayloadCode: UInt16 = 2

    package init() {}
}
