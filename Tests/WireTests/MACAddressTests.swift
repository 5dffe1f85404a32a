import Testing
import Wire

struct MACAddressTests {
    @Test func anAddressIsReadAndWritten() {
        let bytes = hex("ff 0200000000ab ff")
        let address = bytes.withUnsafeBytes { MACAddress(decoding: $0, at: 1) }
        #expect(address == MACAddress(0x02, 0, 0, 0, 0, 0xab) && address.rawValue == 0x0200_0000_00ab)
        var written = [UInt8](repeating: 0xff, count: 8)
        written.withUnsafeMutableBytes { address.encode(into: $0, at: 1) }
        #expect(written == bytes)
    }

    @Test func addressesTellTheirKind() {
        #expect(MACAddress(0x01, 0, 0x5e, 0, 0, 1).isMulticast && !MACAddress(0x02, 0, 0, 0, 0, 1).isMulticast)
        #expect(MACAddress.broadcast.isBroadcast && MACAddress.broadcast.isMulticast && !MACAddress.zero.isBroadcast)
        #expect(MACAddress(0x02, 0, 0, 0, 0, 1).isLocallyAdministered)
        #expect(!MACAddress(0xb8, 0x59, 0x9f, 0, 0, 1).isLocallyAdministered)
    }

    @Test func addressesAreWrittenAsPeopleWriteThem() {
        #expect(MACAddress("02:0:0:00:00:aB")?.description == "02:00:00:00:00:ab")
        for text in [
            "", "02:00:00:00:00", "02:00:00:00:00:00:01", "02:00:00:00:00:100", "02:00:00:00:00:+1", "g:0:0:0:0:0",
        ] { #expect(MACAddress(text) == nil) }
    }
}
