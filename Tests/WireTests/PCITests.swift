import Testing
import Wire

struct PCITests {
    /// A type 0 header, then MSI-X at 0x40 and PCI Express at 0x60.
    static let space: Record = {
        var bytes = hex(
            """
            b3151d10 06041000 00000002 10000000 0c0000f0 01000000 00000000 00000000
            00000000 00000000 00000000 b3155800 00000000 40000000 00000000 ff010000
            11603f80 04000000 04100000 00000000 00000000 00000000 00000000 00000000
            10000200 e28f0010 3729a000 84f44300 40008410
            """)
        bytes += [UInt8](repeating: 0, count: 256 - bytes.count)
        return Record(bytes: bytes)
    }()

    @Test func theHeaderIsLittleEndian() {
        let space = Self.space
        #expect(space.get(PCIHeader.vendorID) == 0x15b3 && space.get(PCIHeader.deviceID) == 0x101d)
        #expect(space.get(PCIHeader.memorySpaceEnable) == 1 && space.get(PCIHeader.busMasterEnable) == 1)
        #expect(space.get(PCIHeader.interruptDisable) == 1 && space.get(PCIHeader.ioSpaceEnable) == 0)
        #expect(space.get(PCIHeader.capabilitiesList) == 1)
        #expect(space.get(PCIHeader.classCode) == PCIHeader.ethernetClass)
        #expect(space.get(PCIHeader.cacheLineSize) == 0x10 && space.get(PCIHeader.headerType) == 0)
        let bar = PCIBAR(rawValue: space.get(PCIHeader.bar(0)))
        #expect(bar.contains([.is64Bit, .isPrefetchable]) && !bar.contains(.isIO))
        #expect(space.get(PCIHeader.bar(1)) == 1)
        #expect(space.get(PCIHeader.subsystemVendorID) == 0x15b3 && space.get(PCIHeader.subsystemID) == 0x58)
        #expect(space.get(PCIHeader.capabilitiesPointer) == 0x40)
        #expect(space.get(PCIHeader.interruptLine) == 0xff && space.get(PCIHeader.interruptPin) == 1)
    }

    @Test func theMSIXCapability() {
        let space = Self.space
        let base = Int(space.get(PCIHeader.capabilitiesPointer))
        #expect(space.get(PCICapability.id, at: base) == UInt32(PCICapabilityID.msix.rawValue))
        #expect(space.get(PCICapability.next, at: base) == 0x60)
        #expect(space.get(MSIXCapability.tableSize, at: base) == 63)
        #expect(space.get(MSIXCapability.enable, at: base) == 1)
        #expect(space.get(MSIXCapability.functionMask, at: base) == 0)
        #expect(space.get(MSIXCapability.tableBIR, at: base) == 4)
        #expect(space.get(MSIXCapability.tableOffset, at: base) == 0)
        #expect(space.get(MSIXCapability.pbaBIR, at: base) == 4)
        #expect(space.get(MSIXCapability.pbaOffset, at: base) == 0x1000 / 8)
    }

    @Test func thePCIExpressCapability() {
        let space = Self.space
        let base = 0x60
        #expect(space.get(PCICapability.id, at: base) == UInt32(PCICapabilityID.pciExpress.rawValue))
        #expect(space.get(PCIExpressCapability.version, at: base) == 2)
        #expect(space.get(PCIExpressCapability.devicePortType, at: base) == 0)
        // 0x10008fe2: payload 512, extended tags, role-based errors, function level reset.
        #expect(space.get(PCIExpressCapability.maxPayloadSizeSupported, at: base) == 2)
        #expect(space.get(PCIExpressCapability.extendedTagSupported, at: base) == 1)
        #expect(space.get(PCIExpressCapability.roleBasedErrorReporting, at: base) == 1)
        #expect(space.get(PCIExpressCapability.functionLevelReset, at: base) == 1)
        // 0x2937: payload 256, read request 512.
        let payload = PayloadSize(rawValue: UInt8(space.get(PCIExpressCapability.maxPayloadSize, at: base)))
        let read = PayloadSize(rawValue: UInt8(space.get(PCIExpressCapability.maxReadRequestSize, at: base)))
        #expect(payload?.byteCount == 256 && read?.byteCount == 512)
        #expect(space.get(PCIExpressCapability.relaxedOrderingEnable, at: base) == 1)
        // Device status 0x00a0, link capabilities 0x0043f484, link control 0x0040, link status 0x1084.
        #expect(space.get(PCIExpressCapability.transactionsPending, at: base) == 1)
        #expect(space.get(PCIExpressCapability.maxLinkSpeed, at: base) == UInt32(PCILinkSpeed.gen4.rawValue))
        #expect(space.get(PCIExpressCapability.maxLinkWidth, at: base) == 8)
        #expect(space.get(PCIExpressCapability.commonClock, at: base) == 1)
        #expect(space.get(PCIExpressCapability.currentLinkSpeed, at: base) == 4)
        #expect(space.get(PCIExpressCapability.negotiatedLinkWidth, at: base) == 8)
        #expect(space.get(PCIExpressCapability.slotClock, at: base) == 1)
    }

    @Test func settingAFieldLeavesTheRestOfItsRegister() {
        var space = Self.space
        space.set(PCIExpressCapability.maxReadRequestSize, 5, at: 0x60)
        #expect(Array(space.bytes[0x68..<0x6a]) == hex("3759"))
        space.set(PCIHeader.vendorID, 0x1_1234)
        #expect(Array(space.bytes[0..<4]) == hex("34121d10"))
        #expect(space.get(PCIField(255, bytes: 2)) == 0)
    }

    @Test func aTableEntryOfMSIX() {
        let bytes = hex("0010e0fe 01000000 41000000 01000000")
        var entry = bytes.withUnsafeBytes { MSIXTableEntry(decoding: $0) }
        #expect(entry.messageAddress == 0x1_fee0_1000 && entry.messageData == 0x41 && entry.isMasked)
        entry.isMasked = false
        var written = [UInt8](repeating: 0xee, count: 16)
        written.withUnsafeMutableBytes { entry.encode(into: $0) }
        #expect(written == hex("0010e0fe 01000000 41000000 00000000"))
    }

    @Test func aRegionTellsItsSize() {
        let mask = PCIBAR.sizingMask(byteCount: 32 << 20, flags: [.is64Bit, .isPrefetchable])
        #expect(mask == 0xffff_ffff_fe00_000c)
    }
}
