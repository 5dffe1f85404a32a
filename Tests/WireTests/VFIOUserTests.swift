import Testing
import Wire

/// Layouts of the vfio-user messages; the bytes are those of the tables in the protocol's specification.
@Suite struct VFIOUserTests {
    @Test func aHeaderIsSixteenBytesAndNamesItsMessageTwice() {
        let bytes: [UInt8] = [
            0x34, 0x12, 0x09, 0x00, 0x20, 0x00, 0x00, 0x00, 0x21, 0x00, 0x00, 0x00, 0x16, 0x00, 0x00, 0x00,
        ]
        let header = VFIOUser.Header(
            messageID: 0x1234, command: VFIOUser.Command.regionRead.rawValue, byteCount: 32, flags: [.reply, .error],
            error: 22)
        #expect(bytes.withUnsafeBytes { VFIOUser.Header(decoding: $0) } == header)
        #expect(encoded(16) { header.encode(into: $0) } == bytes)
    }

    @Test func onlyTheLowestFourFlagsAreTheType() {
        #expect(VFIOUser.Header.Flags([.reply, .error]).type == 1)
        #expect(VFIOUser.Header.Flags(rawValue: 0x1f).type == 15)
        #expect(VFIOUser.Header.Flags.noReply.rawValue == 0x10)
    }

    @Test func aWindowHasOffsetAddressAndSizeInThisOrder() {
        let bytes: [UInt8] = [
            0x20, 0, 0, 0, 0x03, 0, 0, 0, 0x00, 0x10, 0, 0, 0, 0, 0, 0, 0x00, 0x00, 0, 0, 0x01, 0, 0, 0, 0x00, 0x00,
            0x20,
            0, 0, 0, 0, 0,
        ]
        let map = VFIOUser.Map(
            flags: VFIOUser.Map.readable | VFIOUser.Map.writeable, fileOffset: 0x1000, address: 0x1_0000_0000,
            size: 0x20_0000)
        #expect(bytes.withUnsafeBytes { VFIOUser.Map(decoding: $0) } == map)
        #expect(encoded(32) { map.encode(into: $0) } == bytes)
    }

    @Test func unmappingHasNoFileOffset() {
        let bytes: [UInt8] = [
            0x18, 0, 0, 0, 0x02, 0, 0, 0, 0x00, 0x80, 0x0d, 0, 0, 0, 0, 0, 0x00, 0x80, 0, 0, 0, 0, 0, 0,
        ]
        let unmap = VFIOUser.Unmap(flags: VFIOUser.Unmap.all, address: 0xd8000, size: 0x8000)
        #expect(bytes.withUnsafeBytes { VFIOUser.Unmap(decoding: $0) } == unmap)
        #expect(encoded(24) { unmap.encode(into: $0) } == bytes)
    }

    @Test func aDeviceCountsNineRegionsAndFiveKindsOfInterrupt() {
        let info = VFIOUser.DeviceInfo(
            flags: VFIOUser.DeviceInfo.canReset | VFIOUser.DeviceInfo.isPCI, regionCount: VFIOUser.Region.count,
            interruptCount: VFIOUser.Interrupt.count)
        let bytes: [UInt8] = [0x10, 0, 0, 0, 0x03, 0, 0, 0, 0x09, 0, 0, 0, 0x05, 0, 0, 0]
        #expect(encoded(16) { info.encode(into: $0) } == bytes)
        #expect(bytes.withUnsafeBytes { VFIOUser.DeviceInfo(decoding: $0) } == info)
    }

    @Test func aRegionsSizeFollowsItsCapabilityOffset() {
        let bytes: [UInt8] = [
            0x20, 0, 0, 0, 0x03, 0, 0, 0, 0x07, 0, 0, 0, 0, 0, 0, 0, 0x00, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0,
        ]
        let info = VFIOUser.RegionInfo(
            index: VFIOUser.Region.configuration, flags: VFIOUser.RegionInfo.readable | VFIOUser.RegionInfo.writeable,
            size: 4096)
        #expect(encoded(32) { info.encode(into: $0) } == bytes)
        #expect(bytes.withUnsafeBytes { VFIOUser.RegionInfo(decoding: $0) } == info)
    }

    @Test func aKindOfInterruptHasFlagsIndexAndCount() {
        let bytes: [UInt8] = [0x10, 0, 0, 0, 0x01, 0, 0, 0, 0x02, 0, 0, 0, 0x40, 0, 0, 0]
        let info = VFIOUser.InterruptInfo(
            index: VFIOUser.Interrupt.extendedMessage, flags: VFIOUser.InterruptInfo.usesDescriptors, count: 64)
        #expect(encoded(16) { info.encode(into: $0) } == bytes)
        #expect(bytes.withUnsafeBytes { VFIOUser.InterruptInfo(decoding: $0) } == info)
    }

    @Test func settingInterruptsTakesOneKindOfDataAndOneAction() {
        let bytes: [UInt8] = [0x14, 0, 0, 0, 0x24, 0, 0, 0, 0x02, 0, 0, 0, 0x05, 0, 0, 0, 0x01, 0, 0, 0]
        let set = VFIOUser.InterruptSet(flags: [.dataDescriptor, .trigger], index: 2, start: 5, count: 1)
        #expect(encoded(20) { set.encode(into: $0) } == bytes)
        #expect(bytes.withUnsafeBytes { VFIOUser.InterruptSet(decoding: $0) } == set)
        // The two that QEMU sends, and what nobody may.
        let valid: [UInt32] = [0x24, 0x21, 0x22, 0x09, 0x11]
        let invalid: [UInt32] = [0, 0x20, 0x04, 0x25, 0x34, 0x64, 0xffff_ffff]
        #expect(valid.allSatisfy { VFIOUser.InterruptSet.Flags(rawValue: $0).isValid })
        #expect(!invalid.contains { VFIOUser.InterruptSet.Flags(rawValue: $0).isValid })
    }

    @Test func anAccessToARegionCountsItsDataInFourBytes() {
        let bytes: [UInt8] = [0xfc, 0x01, 0, 0, 0, 0, 0, 0, 0x00, 0, 0, 0, 0x04, 0, 0, 0]
        let access = VFIOUser.RegionAccess(offset: 0x1fc, region: 0, count: 4)
        #expect(encoded(16) { access.encode(into: $0) } == bytes)
        #expect(bytes.withUnsafeBytes { VFIOUser.RegionAccess(decoding: $0) } == access)
    }

    @Test func anAccessToMemoryCountsItsDataInEightBytes() {
        let bytes: [UInt8] = [0x00, 0x00, 0xfc, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0]
        let access = VFIOUser.MemoryAccess(address: 0xfffc_0000, count: 64)
        #expect(encoded(16) { access.encode(into: $0) } == bytes)
        #expect(bytes.withUnsafeBytes { VFIOUser.MemoryAccess(decoding: $0) } == access)
    }

    @Test func aVersionEndsWithAZeroByte() {
        let version = VFIOUser.Version(major: 0, minor: 1, text: "{}")
        #expect(version.bytes == [0, 0, 1, 0, 0x7b, 0x7d, 0])
        #expect(version.bytes.withUnsafeBytes { VFIOUser.Version(decoding: $0) } == version)
        let none: [UInt8] = [0, 0, 0, 0]
        #expect(none.withUnsafeBytes { VFIOUser.Version(decoding: $0) }.text.isEmpty)
    }

    @Test func aCapabilityIsFoundByItsNameWhateverIsAroundIt() {
        let text =
            #"{"capabilities": {"max_msg_fds" : 16, "migration": {"pgsize": 4096}, "max_data_xfer_size":1048576}}"#
        let version = VFIOUser.Version(major: 0, minor: 0, text: text)
        #expect(version.number("max_msg_fds") == 16)
        #expect(version.number("max_data_xfer_size") == 1_048_576)
        #expect(version.number("max_dma_maps") == nil)
        let strange = VFIOUser.Version(major: 0, minor: 0, text: #"{"max_msg_fds":99999999999999999999,"pgsizes"#)
        #expect(strange.number("max_msg_fds") == nil)
        #expect(strange.number("pgsizes") == nil)
    }

    @Test func theCommandsAreThoseOfTheTable() {
        let numbers = VFIOUser.Command.allCases.map(\.rawValue)
        #expect(numbers == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18])
    }

    private func encoded(_ count: Int, _ body: (UnsafeMutableRawBufferPointer) -> Void) -> [UInt8] {
        var bytes = [UInt8](repeating: 0xee, count: count)
        bytes.withUnsafeMutableBytes { body($0) }
        return bytes
    }
}
