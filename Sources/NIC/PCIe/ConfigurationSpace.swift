import Wire

/// The 4 KiB of configuration space of one function (native interface, section 1.2; PCI Express 5.0, chapter 7).
///
/// Header type 0; BAR0 64-bit prefetchable, BAR2 with the slices of subfunctions where there are any, BAR4 64-bit with
/// the MSI-X structures; capabilities PM, PCI Express v2 and MSI-X, and SR-IOV where there are virtual functions. A
/// function keeps only the registers that can change; the rest is its layout's.
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
        package static let virtualization = 0x180
    }

    /// What a write meant beyond changing a register.
    package struct Effects: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        /// The function level reset bit was written with one.
        package static let functionLevelReset = Effects(rawValue: 1)
        /// MSI-X enable or function mask may have changed.
        package static let messageControl = Effects(rawValue: 2)
        /// The function may now reach memory, or be reached, when it could not before, or the other way round.
        package static let access = Effects(rawValue: 4)
        /// VF enable or VF memory space enable may have changed.
        package static let virtualization = Effects(rawValue: 8)
        /// The payload or read request size may have changed.
        package static let deviceControl = Effects(rawValue: 16)
    }

    package static let byteCount = 4096
    /// Bytes of BAR4: one page for the MSI-X table, one for the pending bits.
    package static let messageByteCount: UInt32 = 0x2000
    package static let pendingOffset = 0x1000

    package let layout: ConfigurationLayout
    /// Number of MSI-X vectors, where a manager has chosen another than the layout's.
    var vectorCount: Int?
    /// The registers that can change; empty while all are as after reset.
    private var registers: [UInt8] = []

    package init(_ layout: ConfigurationLayout) { self.layout = layout }

    /// Puts every register back to its value after reset; FLR keeps nothing that this model has.
    ///
    /// The payload size is kept, as the specification wants it (6.6.2).
    package mutating func reset() {
        let payload = byte(Offset.deviceControl) & 0xe0
        registers = []
        guard payload != layout.bytes[Offset.deviceControl] & 0xe0 else { return }
        registers = Array(layout.bytes[..<layout.keptByteCount])
        registers[Offset.deviceControl] = registers[Offset.deviceControl] & 0x1f | payload
    }

    // MARK: What the function asks

    private func byte(_ offset: Int) -> UInt8 {
        if let vectorCount, offset == Offset.messageControl { return UInt8(truncatingIfNeeded: vectorCount - 1) }
        return offset < registers.count ? registers[offset] : layout.bytes[offset]
    }

    /// Command register, bit 1, and power state D0: the function claims accesses to its BARs.
    package var isMemoryEnabled: Bool { byte(Offset.command) & 2 != 0 && isPowered }
    /// Command register, bit 2, and power state D0: the function may read and write host memory.
    package var isBusMaster: Bool { byte(Offset.command) & 4 != 0 && isPowered }
    /// Whether the power state is D0.
    package var isPowered: Bool { byte(Offset.powerControl) & 3 == 0 }
    /// MSI-X message control, bit 15.
    package var areMessagesEnabled: Bool { byte(Offset.messageControl + 1) & 0x80 != 0 }
    /// MSI-X message control, bit 14: every vector is masked.
    package var areMessagesMasked: Bool { byte(Offset.messageControl + 1) & 0x40 != 0 }
    /// Most payload bytes of one packet that the driver permits.
    package var maximumPayloadByteCount: Int { 128 << min(5, Int(byte(Offset.deviceControl) >> 5)) }
    /// Most bytes one read request may ask for.
    package var maximumReadRequestByteCount: Int { 128 << min(5, Int(byte(Offset.deviceControl + 1) >> 4 & 7)) }
    /// SR-IOV control, bit 0.
    package var areVFsEnabled: Bool { isVirtualizing && read(Self.control, byteCount: 2) & 1 != 0 }
    /// SR-IOV control, bit 3: virtual functions claim accesses to their BARs.
    package var isVFMemoryEnabled: Bool { isVirtualizing && read(Self.control, byteCount: 2) & 8 != 0 }
    /// NumVFs.
    package var virtualFunctionCount: Int {
        isVirtualizing ? Int(read(Offset.virtualization + SRIOVCapability.vfCount.offset, byteCount: 2)) : 0
    }
    /// Whether there is an SR-IOV capability.
    package var isVirtualizing: Bool { layout.keptByteCount > Offset.virtualization }

    private static let control = Offset.virtualization + SRIOVCapability.control.offset

    /// The bus address of BAR `index` (0, 2 or 4), as the driver wrote it.
    package func address(ofBAR index: Int) -> UInt64 {
        let offset = Offset.bar0 + index * 4
        return UInt64(read(offset, byteCount: 4)) & ~0xf | UInt64(read(offset + 4, byteCount: 4)) << 32
    }
    /// The size of BAR `index`; zero for those the function does not have.
    package func byteCount(ofBAR index: Int) -> UInt64 {
        switch index {
        case 0: layout.barByteCounts.registers
        case 2: layout.barByteCounts.slices
        case 4: layout.barByteCounts.messages
        default: 0
        }
    }

    // MARK: Accesses

    /// The `byteCount` bytes at `offset`, lowest address in the lowest byte; zero beyond the end.
    package func read(_ offset: Int, byteCount: Int) -> UInt32 {
        var value: UInt32 = 0
        for index in 0..<min(byteCount, 4) where offset + index < Self.byteCount {
            value |= UInt32(byte(offset + index)) << UInt32(index * 8)
        }
        return value
    }

    /// Writes the lowest `byteCount` bytes of `value` at `offset`, as far as the registers there permit.
    package mutating func write(_ offset: Int, byteCount: Int, value: UInt32) -> Effects {
        var effects: Effects = []
        // While virtual functions are enabled their number is fixed (Base Specification 9.3.3.7).
        let isFixed = areVFsEnabled
        for index in 0..<min(byteCount, 4) where offset + index < layout.keptByteCount {
            let place = offset + index
            let new = UInt8(truncatingIfNeeded: value >> UInt32(index * 8))
            if place == Offset.deviceControl + 1, new & 0x80 != 0 { effects.insert(.functionLevelReset) }
            if place == Offset.messageControl + 1 { effects.insert(.messageControl) }
            if place == Offset.command || place == Offset.powerControl { effects.insert(.access) }
            if place == Offset.deviceControl || place == Offset.deviceControl + 1 { effects.insert(.deviceControl) }
            if isVirtualizing, place == Self.control { effects.insert(.virtualization) }
            let count = Offset.virtualization + SRIOVCapability.vfCount.offset
            if isVirtualizing, isFixed, place == count || place == count + 1 { continue }
            if registers.isEmpty { registers = Array(layout.bytes[..<layout.keptByteCount]) }
            let kept = registers[place] & ~(new & layout.clearedByOnes[place])
            registers[place] = kept & ~layout.writable[place] | new & layout.writable[place]
        }
        if isVirtualizing { limitVirtualFunctions() }
        return effects
    }

    /// More virtual functions than there are cannot be asked for: the register takes zero instead.
    private mutating func limitVirtualFunctions() {
        let place = Offset.virtualization + SRIOVCapability.vfCount.offset
        guard registers.count > place + 1, virtualFunctionCount > Int(read(place - 2, byteCount: 2)) else { return }
        (registers[place], registers[place + 1]) = (0, 0)
    }
}
