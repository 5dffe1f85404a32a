import Host
import Wire

/// The decoders of work queue entries, doorbell records and frames.
extension FuzzWorld {
    package func runWorkQueues(_ input: inout FuzzInput) {
        for _ in 0..<64 where !input.isAtEnd {
            switch input.below(16) {
            case 0: store(Self.attacker, FuzzPlace.sendRing + UInt64(input.half() & 0xfff), input.take(input.below(80)))
            case 1...4: someSend(&input)
            case 5:
                store(Self.attacker, FuzzPlace.receiveRing + UInt64(input.half() & 0xfff), input.take(input.below(80)))
            case 6, 7: someReceive(&input)
            case 8: storeWord(Self.attacker, FuzzPlace.records + UInt64(input.byte()), input.number())
            case 9: someDoorbell(&input)
            case 10, 11: someFrame(&input)
            case 12: someSteps(&input)
            case 13: unmap(extent: input.below(8))
            case 14: mapAll(Self.attacker)
            default: someState(&input)
            }
        }
    }

    /// A send entry with every field the input's, at a block of the ring; the record says so, and the doorbell rings.
    func someSend(_ input: inout FuzzInput) {
        let made = objects[0]
        let flags = input.byte()
        let index = flags & 1 == 0 ? nextSendIndex : UInt16(input.byte() & 63)
        let opcode: UInt8 = flags & 2 == 0 ? 0x0a : flags & 4 == 0 ? 0x0e : input.byte()
        var words: [UInt32] = [UInt32(index) << 8 | UInt32(opcode), 0, 8, 0]
        // The Ethernet segment: checksum flags and MSS, then the inline header or a VLAN tag.
        words += [flags & 8 == 0 ? 0 : input.number(), flags & 16 == 0 ? 0xc000_0000 : input.word(), 0]
        var entry = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - $0 * 8)) } }
        let header = opcode == 0x0e ? Self.segmentable(&input) : input.take(input.below(20))
        let said = flags & 32 == 0 ? UInt16(header.count) : input.half()
        entry += [UInt8(said >> 8), UInt8(said & 0xff)] + header
        if opcode == 0x0e { entry[22] = input.byte() & 15; entry[23] = input.byte() }
        while entry.count & 15 != 0 { entry.append(0) }
        for _ in 0..<input.below(5) { entry += someSegment(&input) }
        let segments = flags & 64 == 0 ? UInt8(truncatingIfNeeded: entry.count / 16) : input.byte()
        let queue = made.sq << 8 | UInt32(segments)
        for place in 0..<4 { entry[4 + place] = UInt8(truncatingIfNeeded: queue >> UInt32(24 - place * 8)) }
        // Around the ring's end, as a driver may not do, and the device must bear.
        for (place, byte) in entry.enumerated() {
            store(Self.attacker, FuzzPlace.sendRing + (UInt64(index) * 64 + UInt64(place)) & 0xfff, [byte])
        }
        if flags & 128 == 0 {
            nextSendIndex = index &+ UInt16(entry.count + 63) / 64
            storeWord(Self.attacker, FuzzPlace.records + 4, UInt32(nextSendIndex))
            ringSend(Self.attacker, made.sq, index: index, opcode: opcode, segments: segments)
        }
    }

    /// A data segment: pointer or inline.
    private func someSegment(_ input: inout FuzzInput) -> [UInt8] {
        let kind = input.byte()
        if kind & 7 == 7 {
            let data = input.take(Int(kind >> 3))
            let bytes = [0x80, 0, 0, UInt8(kind & 0x80 == 0 ? data.count : Int(input.byte()))] + data
            return bytes + [UInt8](repeating: 0, count: -bytes.count & 15)
        }
        let byteCount = kind & 1 == 0 ? UInt32(input.byte()) * 8 : input.number()
        let key = kind & 2 == 0 || kind & 0x40 == 0 ? objects[0].key : input.number()
        let address =
            kind & 4 == 0 || kind & 0x80 == 0
            ? Self.regionStart + FuzzPlace.data + UInt64(input.half())
            : UInt64(input.number()) << 32 | UInt64(input.number())
        return [byteCount, key, UInt32(address >> 32), UInt32(truncatingIfNeeded: address)].flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - $0 * 8)) }
        }
    }

    /// Ethernet, IPv4 or IPv6, TCP or UDP: 42 to 74 bytes of header, with one byte the input's.
    private static func segmentable(_ input: inout FuzzInput) -> [UInt8] {
        let choice = input.byte()
        var bytes: [UInt8] = [2, 0, 0, 0, 0, 5, 2, 0, 0, 0, 0, 1]
        let transport: UInt8 = choice & 1 == 0 ? 6 : 17
        if choice & 2 == 0 {
            bytes += [8, 0, 0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, transport, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]
        } else {
            bytes += [0x86, 0xdd, 0x60, 0, 0, 0, 0, 0, transport, 64] + [UInt8](repeating: 0x20, count: 32)
        }
        bytes += [0, 80, 1, 0, 0, 0, 0, 1]
        if transport == 6 { bytes += [0, 0, 0, 1, 0x50, 0x19, 0xff, 0xff, 0, 0, 0, 0] }
        if choice & 4 != 0 { bytes[input.below(bytes.count)] = input.byte() }
        return bytes
    }

    private func someReceive(_ input: inout FuzzInput) {
        let index = UInt64(input.byte() & 63)
        var entry: [UInt8] = []
        for _ in 0..<1 + input.below(4) { entry += someSegment(&input) }
        store(Self.attacker, FuzzPlace.receiveRing + index * 64, Array(entry.prefix(64)))
        storeWord(Self.attacker, FuzzPlace.records, UInt32(index) + 1)
    }

    private func someDoorbell(_ input: inout FuzzInput) {
        let base = objects[0].uar << 12
        let numbers = objects[0]
        switch input.below(4) {
        case 0: ringSend(Self.attacker, numbers.sq, index: input.half(), opcode: input.byte(), segments: input.byte())
        case 1:
            let queue = input.byte() & 1 == 0 ? numbers.sendCQ : numbers.receiveCQ
            let word = UInt64(input.number())
            write(Self.attacker, base + 0x20, 8, (word << 32 | UInt64(queue)).byteSwapped)
        case 2: writeWord(Self.attacker, base + 0x40, numbers.eq << 24 | input.number() & 0xff_ffff)
        default: write(Self.attacker, base + UInt32(input.half() & 0xfff), 1 << UInt8(input.byte() & 3), input.long())
        }
    }

    /// A frame from the wire: a right one with changed bytes, or nonsense.
    func someFrame(_ input: inout FuzzInput) {
        let kind = input.byte()
        var bytes = kind & 1 == 0 ? Self.segmentable(&input) : input.take(input.below(120))
        if kind & 2 != 0, bytes.count > 14 { bytes.insert(contentsOf: [0x81, 0, input.byte(), input.byte()], at: 12) }
        let padding = kind & 4 == 0 ? 20 : Int(input.half()) % 12_000
        bytes += [UInt8](repeating: 0x5a, count: padding)
        for _ in 0..<(kind >> 6) where !bytes.isEmpty {
            bytes[Int(input.half()) % min(bytes.count, 128)] = input.byte()
        }
        arrive(bytes, port: 0)
    }

    /// Queues change their states, and completion queues go, while all is under way.
    private func someState(_ input: inout FuzzInput) {
        let made = objects[0]
        let from = UInt32(input.byte() & 3)
        let to = UInt32(input.byte() & 3) << 20
        let command: Command
        switch input.below(6) {
        case 0, 1: command = Command(0x905, 0x110, [0x8: from << 28 | made.sq, 0x20: to])
        case 2, 3: command = Command(0x909, 0x110, [0x8: from << 28 | made.rq, 0x20: to])
        case 4: command = Command(0x906, 16, [0x8: made.sq])
        default: command = Command(0x90a, 16, [0x8: made.rq])
        }
        prepare(command, of: Self.attacker)
        ringCommands(1, of: Self.attacker)
    }
}
