import Simulation

extension PcapngReader {
    /// Section header (section 4.1 of the format).
    mutating func readSectionHeader(_ block: Block) throws(CaptureError) {
        try require(block, 16, "a section header")
        let major: UInt16 = number(block.body, 4)
        guard major == 1 else { throw error(found: "pcapng version \(major)", expected: "version 1") }
        firstInterface = interfaces.count
        application = ""
        comment = ""
        var offset = 16
        while let option = nextOption(of: block.body, at: &offset) {
            switch option.code {
            case PcapngFormat.Option.comment: comment = String(decoding: option.value, as: UTF8.self)
            case PcapngFormat.Option.sectionApplication: application = String(decoding: option.value, as: UTF8.self)
            default: break
            }
        }
    }

    /// Interface description (section 4.2).
    mutating func readInterface(_ block: Block) throws(CaptureError) {
        try require(block, 8, "an interface description")
        var interface = Interface(linkType: number(block.body, 0))
        var offset = 8
        while let option = nextOption(of: block.body, at: &offset) {
            let value = option.value
            switch (option.code, value.count) {
            case (PcapngFormat.Option.interfaceName, _): interface.name = String(decoding: value, as: UTF8.self)
            case (PcapngFormat.Option.interfaceDescription, _):
                interface.summary = String(decoding: value, as: UTF8.self)
            case (PcapngFormat.Option.interfaceSpeed, 8): interface.bitsPerSecond = number(value, 0)
            case (PcapngFormat.Option.interfaceTimeResolution, 1): interface.timeResolution = value[0]
            case (PcapngFormat.Option.interfaceTimeOffset, 8): interface.timeOffsetSeconds = number(value, 0)
            default: break
            }
        }
        interfaces.append(interface)
    }

    /// Interface statistics (section 4.6).
    mutating func readStatistics(_ block: Block) throws(CaptureError) {
        try require(block, 12, "interface statistics")
        let index = try interfaceIndex(number(block.body, 0))
        var offset = 12
        while let option = nextOption(of: block.body, at: &offset) {
            switch (option.code, option.value.count) {
            case (PcapngFormat.Option.statisticsReceived, 8):
                interfaces[index].receivedCount = number(option.value, 0)
            case (PcapngFormat.Option.statisticsDropped, 8):
                interfaces[index].droppedCount = number(option.value, 0)
            default: break
            }
        }
    }

    /// Enhanced packet (section 4.3).
    mutating func readEnhancedPacket(_ block: Block) throws(CaptureError) -> Packet {
        try require(block, 20, "an enhanced packet")
        let interface = try interfaceIndex(number(block.body, 0))
        let high: UInt32 = number(block.body, 4)
        let low: UInt32 = number(block.body, 8)
        let kept = Int(number(block.body, 12) as UInt32)
        let original = Int(number(block.body, 16) as UInt32)
        let padded = (kept + 3) & ~3
        guard 20 + padded <= block.body.count else {
            throw error(
                found: "a packet of \(kept) bytes in a block with room for \(block.body.count - 20)",
                expected: "a packet that fits its block")
        }
        let units = UInt64(high) << 32 | UInt64(low)
        var packet = Packet(
            interface: interface, time: try time(units, of: interfaces[interface]), originalByteCount: original,
            bytes: UnsafeRawBufferPointer(rebasing: block.body[20..<20 + kept]))
        var offset = 20 + padded
        while let option = nextOption(of: block.body, at: &offset) { apply(option, to: &packet) }
        packetCount += 1
        return packet
    }

    /// Simple packet (section 4.4): no time, the section's first interface.
    mutating func readSimplePacket(_ block: Block) throws(CaptureError) -> Packet {
        try require(block, 4, "a simple packet")
        let interface = try interfaceIndex(0)
        let original = Int(number(block.body, 0) as UInt32)
        let kept = min(original, block.body.count - 4)
        packetCount += 1
        return Packet(
            interface: interface, time: .zero, originalByteCount: original,
            bytes: UnsafeRawBufferPointer(rebasing: block.body[4..<4 + kept]))
    }

    private func apply(_ option: Option, to packet: inout Packet) {
        let value = option.value
        switch (option.code, value.count) {
        case (PcapngFormat.Option.comment, _): packet.comment = String(decoding: value, as: UTF8.self)
        case (PcapngFormat.Option.packetFlags, 4):
            let flags: UInt32 = number(value, 0)
            packet.direction = flags & 3 == 1 ? .inbound : flags & 3 == 2 ? .outbound : nil
        case (PcapngFormat.Option.packetIdentifier, 8): packet.serial = number(value, 0)
        case (PcapngFormat.Option.custom, 8):
            // Its enterprise number is in the section's byte order (section 3.5.1), our number always little-endian.
            guard number(value, 0) == PcapngFormat.enterpriseNumber else { return }
            let below = UInt32(littleEndian: value.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
            if below < 1000 { packet.time.picoseconds &+= UInt64(below) }
        default: break
        }
    }

    /// An option at hand: its code and its value without padding.
    struct Option {
        var code: UInt16
        var value: UnsafeRawBufferPointer
    }

    /// The option at `offset` of `body`; `nil` at the end of the options, also where they are cut short.
    private func nextOption(of body: UnsafeRawBufferPointer, at offset: inout Int) -> Option? {
        guard offset + 4 <= body.count else { return nil }
        let code: UInt16 = number(body, offset)
        let length = Int(number(body, offset + 2) as UInt16)
        guard code != PcapngFormat.Option.end, offset + 4 + length <= body.count else { return nil }
        let value = UnsafeRawBufferPointer(rebasing: body[offset + 4..<offset + 4 + length])
        offset += 4 + (length + 3) & ~3
        return Option(code: code, value: value)
    }

    private func require(_ block: Block, _ byteCount: Int, _ what: String) throws(CaptureError) {
        guard block.body.count >= byteCount else {
            throw error(found: "\(what) of \(block.body.count) bytes", expected: "at least \(byteCount)")
        }
    }

    private func interfaceIndex(_ number: UInt32) throws(CaptureError) -> Int {
        let count = interfaces.count - firstInterface
        guard Int(number) < count else {
            throw error(found: "interface number \(number)", expected: "one of the \(count) described before")
        }
        return firstInterface + Int(number)
    }

    /// Picoseconds from a time stamp in the interface's units.
    private func time(_ units: UInt64, of interface: Interface) throws(CaptureError) -> SimTime {
        let exponent = Int(interface.timeResolution & 0x7f)
        let picosecond: UInt128 = 1_000_000_000_000
        var time = UInt128(units) * picosecond
        if interface.timeResolution & 0x80 != 0 {
            time = exponent < 128 ? time >> UInt128(exponent) : 0
        } else {
            for _ in 0..<min(exponent, 40) { time /= 10 }
        }
        let shifted = Int128(time) + Int128(interface.timeOffsetSeconds) * Int128(picosecond)
        guard shifted >= 0, let picoseconds = UInt64(exactly: shifted) else {
            throw error(
                found: "a time \(shifted / Int128(picosecond)) s after 1970",
                expected: "simulated time, which ends after 213 days")
        }
        return SimTime(picoseconds: picoseconds)
    }
}
