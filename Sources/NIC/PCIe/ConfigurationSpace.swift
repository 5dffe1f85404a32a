/// The 4 KiB of configuration space of one function (native interface, section 1.2; PCI Express 5.0, chapter 7).
///
/// Header type 0; BAR0 64-bit prefetchable, BAR4 64-bit with the MSI-X structures; capabilities PM, PCI Express v2
/// and MSI-X. Every byte has a mask of the bits a driver may write and one of those that writing ones clears.
package struct ConfigurationSpace: Sendable {
    /// Where its structures lie, in bytes from the start.
    package enum Offset {
        package static let command = 0x04
        package static let status = 0x06
        package static let bar0 = 0x10
        package static let bar4 = 0x20
        package static let powerManagement = 0x40
        package static let powerControl = 0x44
        package static let express = 0x60
        package static let deviceControl = 0x68
        package static let deviceStatus = 0x6a
        package static let linkStatus = 0x72
        package static let messages = 0x9c
        package static let messageControl = 0x9e
    }

    /// What a write meant beyond changing a register.
    package struct Effects: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        /// The function level reset bit was written with one.
        package static let functionLevelReset = Effects(rawValue: 1)
        /// MSI-X enable or function mask may have changed.
        package static let messageControl = Effects(rawValue: 2)
    }

    package static let byteCount = 4096
    /// Bytes of BAR4: one page for the MSI-X table, one for the pending bits.
    package static let messageByteCount: UInt32 = 0x2000
    package static let pendingOffset = 0x1000

    private let identity: PCIIdentity
    private var bytes: [UInt8]
    private var writable: [UInt8]
    private var clearedByOnes: [UInt8]

    package init(identity: PCIIdentity) {
        self.identity = identity
        bytes = Array(repeating: 0, count: Self.byteCount)
        writable = bytes
        clearedByOnes = bytes
        describeHeader()
        describePowerManagement()
        describeExpress()
        describeMessages()
    }

    /// Puts every register back to its value after reset; FLR keeps nothing that this model has.
    package mutating func reset() { self = ConfigurationSpace(identity: identity) }

    // MARK: What the function asks

    /// Command register, bit 1, and power state D0: the function claims accesses to its BARs.
    package var isMemoryEnabled: Bool { bytes[Offset.command] & 2 != 0 && isPowered }
    /// Command register, bit 2, and power state D0: the function may read and write host memory.
    package var isBusMaster: Bool { bytes[Offset.command] & 4 != 0 && isPowered }
    /// Whether the power state is D0.
    package var isPowered: Bool { bytes[Offset.powerControl] & 3 == 0 }
    /// MSI-X message control, bit 15.
    package var areMessagesEnabled: Bool { bytes[Offset.messageControl + 1] & 0x80 != 0 }
    /// MSI-X message control, bit 14: every vector is masked.
    package var areMessagesMasked: Bool { bytes[Offset.messageControl + 1] & 0x40 != 0 }
    /// Most payload bytes of one packet that the driver permits.
    package var maximumPayloadByteCount: Int { 128 << min(5, Int(bytes[Offset.deviceControl] >> 5)) }
    /// Most bytes one read request may ask for.
    package var maximumReadRequestByteCount: Int { 128 << min(5, Int(bytes[Offset.deviceControl + 1] >> 4 & 7)) }
    /// The bus address of BAR `index` (0 or 4), as the driver wrote it.
    package func address(ofBAR index: Int) -> UInt64 {
        let offset = Offset.bar0 + index * 4
        return UInt64(read(offset, byteCount: 4)) & ~0xf | UInt64(read(offset + 4, byteCount: 4)) << 32
    }
    /// The size of BAR `index`; zero for those the function does not have.
    package func byteCount(ofBAR index: Int) -> UInt32 {
        index == 0 ? identity.registerByteCount : index == 4 ? Self.messageByteCount : 0
    }

    // MARK: Accesses

    /// The `byteCount` bytes at `offset`, lowest address in the lowest byte; zero beyond the end.
    package func read(_ offset: Int, byteCount: Int) -> UInt32 {
        var value: UInt32 = 0
        for index in 0..<min(byteCount, 4) where offset + index < Self.byteCount {
            value |= UInt32(bytes[offset + index]) << UInt32(index * 8)
        }
        return value
    }

    /// Writes the lowest `byteCount` bytes of `value` at `offset`, as far as the registers there permit.
    package mutating func write(_ offset: Int, byteCount: Int, value: UInt32) -> Effects {
        var effects: Effects = []
        for index in 0..<min(byteCount, 4) where offset + index < Self.byteCount {
            let place = offset + index
            let new = UInt8(truncatingIfNeeded: value >> UInt32(index * 8))
            if place == Offset.deviceControl + 1, new & 0x80 != 0 { effects.insert(.functionLevelReset) }
            if place == Offset.messageControl + 1 { effects.insert(.messageControl) }
            let kept = bytes[place] & ~(new & clearedByOnes[place])
            bytes[place] = kept & ~writable[place] | new & writable[place]
        }
        return effects
    }

    // MARK: Contents

    private mutating func put(_ offset: Int, _ value: UInt64, byteCount: Int, writable mask: UInt64 = 0) {
        for index in 0..<byteCount {
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(index * 8))
            writable[offset + index] = UInt8(truncatingIfNeeded: mask >> UInt64(index * 8))
        }
    }

    private mutating func describeHeader() {
        put(0x00, UInt64(identity.vendorID), byteCount: 2)
        put(0x02, UInt64(identity.deviceID), byteCount: 2)
        // Memory space, bus master, parity response, SERR, interrupt disable.
        put(Offset.command, 0, byteCount: 2, writable: 0x0546)
        put(Offset.status, 0x0010, byteCount: 2)
        clearedByOnes[Offset.status + 1] = 0xf9
        put(0x08, UInt64(identity.revisionID), byteCount: 1)
        put(0x09, UInt64(identity.classCode), byteCount: 3)
        put(0x0c, 0, byteCount: 1, writable: 0xff)
        // Sizing works by itself: bits below the size are read-only, the driver reads back what it could set.
        put(Offset.bar0, 0xc, byteCount: 8, writable: ~UInt64(identity.registerByteCount - 1))
        put(Offset.bar4, 0x4, byteCount: 8, writable: ~UInt64(Self.messageByteCount - 1))
        put(0x2c, UInt64(identity.subsystemVendorID), byteCount: 2)
        put(0x2e, UInt64(identity.subsystemID), byteCount: 2)
        put(0x34, UInt64(Offset.powerManagement), byteCount: 1)
        put(0x3c, 0xff, byteCount: 1, writable: 0xff)
    }

    private mutating func describePowerManagement() {
        put(Offset.powerManagement, UInt64(0x01 | Offset.express << 8), byteCount: 2)
        put(Offset.powerManagement + 2, 0x0003, byteCount: 2)
        // Bit 3, No_Soft_Reset: going back to D0 keeps everything.
        put(Offset.powerControl, 0x0008, byteCount: 2, writable: 0x0003)
    }

    private mutating func describeExpress() {
        let base = Offset.express
        let speed = UInt64(identity.linkGeneration)
        let width = UInt64(identity.laneCount) << 4
        put(base, UInt64(0x10 | Offset.messages << 8), byteCount: 2)
        put(base + 0x02, 0x0002, byteCount: 2)
        // Extended tags, role-based error reporting, function level reset.
        put(base + 0x04, UInt64(identity.maximumPayloadCode) | 1 << 5 | 1 << 15 | 1 << 28, byteCount: 4)
        // Error reporting, relaxed ordering, payload, tags, no snoop, read request; the reset bit reads as zero.
        put(Offset.deviceControl, 0x2810, byteCount: 2, writable: 0x79ff)
        put(Offset.deviceStatus, 0, byteCount: 2)
        clearedByOnes[Offset.deviceStatus] = 0x0f
        put(base + 0x0c, speed | width, byteCount: 4)
        put(base + 0x10, 0, byteCount: 2, writable: 0x00cb)
        put(Offset.linkStatus, speed | width | 1 << 12, byteCount: 2)
        // Completion timeout disable and its range; link speeds below and at the link's own.
        put(base + 0x24, 0x1f, byteCount: 4)
        put(base + 0x28, 0, byteCount: 2, writable: 0x001f)
        put(base + 0x2c, (1 << (speed + 1)) - 2, byteCount: 4)
        put(base + 0x30, speed, byteCount: 2, writable: 0x000f)
    }

    private mutating func describeMessages() {
        put(Offset.messages, 0x0011, byteCount: 2)
        put(Offset.messageControl, UInt64(identity.vectorCount - 1), byteCount: 2, writable: 0xc000)
        put(Offset.messages + 4, 4, byteCount: 4)
        put(Offset.messages + 8, UInt64(Self.pendingOffset | 4), byteCount: 4)
    }
}
