/// A pcapng block other than a packet, built at leisure.
struct PcapngBlock {
    private(set) var bytes: [UInt8] = []

    /// The block that opens a file: its byte order, the writing program, and a comment on the whole.
    static func sectionHeader(application: String, comment: String) -> PcapngBlock {
        var block = PcapngBlock()
        block.append(PcapngFormat.byteOrderMagic)
        block.append(UInt16(1))
        block.append(UInt16(0))
        block.append(UInt64.max)  // Section length: not known beforehand.
        if !comment.isEmpty { block.append(PcapngFormat.Option.comment, text: comment) }
        block.append(PcapngFormat.Option.sectionApplication, text: application)
        return block.closed(as: PcapngFormat.Block.sectionHeader)
    }

    /// The block that introduces a capture point.
    static func interfaceDescription(_ point: CapturePointDescription, snapshotByteCount: Int) -> PcapngBlock {
        var block = PcapngBlock()
        block.append(PcapngFormat.ethernet)
        block.append(UInt16(0))
        block.append(UInt32(snapshotByteCount))
        block.append(PcapngFormat.Option.interfaceName, text: point.name)
        if !point.summary.isEmpty { block.append(PcapngFormat.Option.interfaceDescription, text: point.summary) }
        if point.bitsPerSecond != 0 { block.append(PcapngFormat.Option.interfaceSpeed, point.bitsPerSecond) }
        block.append(PcapngFormat.Option.interfaceTimeResolution, value: [PcapngFormat.nanoseconds])
        return block.closed(as: PcapngFormat.Block.interfaceDescription)
    }

    /// The block that sums up a capture point at the end of the file.
    static func interfaceStatistics(
        interface: UInt32, nanoseconds: UInt64, received: UInt64, dropped: UInt64
    ) -> PcapngBlock {
        var block = PcapngBlock()
        block.append(interface)
        block.append(UInt32(truncatingIfNeeded: nanoseconds >> 32))
        block.append(UInt32(truncatingIfNeeded: nanoseconds))
        block.append(PcapngFormat.Option.statisticsReceived, received)
        block.append(PcapngFormat.Option.statisticsDropped, dropped)
        return block.closed(as: PcapngFormat.Block.interfaceStatistics)
    }

    /// Appends an option that holds `text`, cut to what a length of 16 bits can say.
    mutating func append(_ option: UInt16, text: String) { append(option, value: Array(text.utf8.prefix(65_532))) }

    /// Appends an option that holds a 64-bit number.
    mutating func append(_ option: UInt16, _ number: UInt64) {
        append(option)
        append(UInt16(8))
        append(number)
    }

    /// Appends an option that holds `value`, padded to 32 bits.
    mutating func append(_ option: UInt16, value: [UInt8]) {
        append(option)
        append(UInt16(value.count))
        bytes += value
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }

    /// The block with its options ended, its type before and its length on both sides.
    private func closed(as type: UInt32) -> PcapngBlock {
        var block = PcapngBlock()
        let total = UInt32(8 + bytes.count + 4 + 4)
        block.append(type)
        block.append(total)
        block.bytes += bytes
        block.append(UInt32(0))
        block.append(total)
        return block
    }
}
