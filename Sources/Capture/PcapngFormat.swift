/// The numbers of the pcapng format (draft-ietf-opsawg-pcapng) that Martlet writes and reads.
enum PcapngFormat {
    /// Block types (section 11.1).
    enum Block {
        static let sectionHeader: UInt32 = 0x0a0d_0d0a
        static let interfaceDescription: UInt32 = 1
        static let simplePacket: UInt32 = 3
        static let interfaceStatistics: UInt32 = 5
        static let enhancedPacket: UInt32 = 6
    }

    /// Option codes (sections 3.5, 4.1 to 4.6).
    enum Option {
        static let end: UInt16 = 0
        static let comment: UInt16 = 1
        /// Custom binary option that a program which rewrites the file may copy.
        static let custom: UInt16 = 2989
        static let sectionApplication: UInt16 = 4
        static let interfaceName: UInt16 = 2
        static let interfaceDescription: UInt16 = 3
        static let interfaceSpeed: UInt16 = 8
        static let interfaceTimeResolution: UInt16 = 9
        static let interfaceTimeOffset: UInt16 = 14
        static let packetFlags: UInt16 = 2
        static let packetIdentifier: UInt16 = 5
        static let statisticsReceived: UInt16 = 4
        static let statisticsDropped: UInt16 = 5
    }

    /// The byte-order magic of a section written in this machine's order.
    static let byteOrderMagic: UInt32 = 0x1a2b_3c4d
    /// Link type of Ethernet frames without frame check sequence.
    static let ethernet: UInt16 = 1
    /// Value of `if_tsresol` that we write: 10⁻⁹ s.
    ///
    /// `Documentation/Decisions/0002-capture-time-resolution.md`.
    static let nanoseconds: UInt8 = 9
    /// Private enterprise number in our custom option: the one that RFC 5612 sets aside, as we have none of our own.
    static let enterpriseNumber: UInt32 = 32_473
    /// Most bytes that a block may have, the bound that Wireshark and libpcap use too: 16 MiB.
    static let longestBlock = 16 << 20
}
