package import Host
import Simulation

/// A little of everything a function does with frames, to be disturbed: entries of every form sent, frames received.
extension FuzzWorld {
    /// What a function's workload led to.
    package struct WorkOutcome: Equatable, Sendable {
        /// Frames that left by its port.
        package var frames: [[UInt8]]
        /// Its memory, eight bytes each, without the times in completions.
        var memory: [UInt64]
        var interruptCount: Int
    }

    /// Where the workload's things lie, and how many there are.
    package enum Work {
        /// Blocks of 64 bytes that the send entries take.
        package static let sendBlockCount = 8
        package static let receiveEntryCount = 8
        package static let arrivalCount = 6
        /// Frames that the send entries become: four of them are one segmented.
        package static let sentCount = 8
        static let payload = FuzzPlace.data
        static let buffers = FuzzPlace.data + 0x4000
        /// Opcode, data segments and index of the last entry, which the doorbell says.
        static let lastOpcode: UInt8 = 0x0a, lastSegments: UInt8 = 6, lastIndex: UInt16 = 6
    }

    /// Writes send and receive entries, their data and the doorbell records of `function`; nothing is rung.
    package func postWork(of function: FunctionID) {
        let made = objects[Int(function.index)]
        let mark = function.index &* 0x40
        store(function, Work.payload, (0..<0x1000).map { UInt8(truncatingIfNeeded: $0 &* 7) ^ UInt8(mark) })
        store(function, Work.payload, Self.header(segmented: false))
        for (block, entry) in sendEntries(of: function) {
            store(function, FuzzPlace.sendRing + UInt64(block) * 64, entry)
        }
        for number in 0..<UInt64(Work.receiveEntryCount) {
            let address = UInt32(Self.regionStart + Work.buffers + number * 0x800)
            let words = [
                0x100, made.key, 0, address, 0x700, made.key, 0, address + 0x100, 0, 0x100, 0, 0, 0, 0x100, 0, 0,
            ]
            store(function, FuzzPlace.receiveRing + number * 64, Self.bytes(words))
        }
        storeWord(function, FuzzPlace.records, UInt32(Work.receiveEntryCount))
        storeWord(function, FuzzPlace.records + 4, UInt32(Work.sendBlockCount))
    }

    /// Rings for the send entries, and lets the frames come in, a microsecond apart.
    package func startWork(of function: FunctionID) {
        ringSend(
            function, objects[Int(function.index)].sq, index: Work.lastIndex, opcode: Work.lastOpcode,
            segments: Work.lastSegments)
        startArrivals(of: function)
    }

    package func startArrivals(of function: FunctionID) {
        for number in 0..<Work.arrivalCount {
            queue.schedule(
                .arrival(function, number: number), at: queue.now + .nanoseconds(UInt64(300 + 1000 * number)))
        }
    }

    /// What has become of the workload of `function`.
    package func outcome(of function: FunctionID) -> WorkOutcome {
        var memory = [UInt64](repeating: 0, count: Int(Self.regionByteCount) / 8)
        memory.withUnsafeMutableBytes { try? host.memory.read(physical(function, 0), into: $0) }
        for ring in [FuzzPlace.sendCompletions, FuzzPlace.receiveCompletions] {
            // The time of a completion depends on who else uses the device; everything else does not.
            for entry in 0..<64 { memory[(Int(ring) + entry * 64 + 0x30) / 8] = 0 }
        }
        let index = Int(function.index)
        return WorkOutcome(frames: sent[index], memory: memory, interruptCount: interruptCounts[index])
    }

    /// Frame `number` that arrives for `function`: 60 to 1,310 bytes.
    package static func workFrame(_ number: Int, of function: FunctionID) -> [UInt8] {
        var bytes = header(segmented: false)
        bytes += (0..<18 + 250 * number).map { UInt8(truncatingIfNeeded: $0 &+ number) }
        bytes[26] = function.index == 0 ? 1 : 2
        return bytes
    }

    // MARK: Entries

    /// A frame of two pieces with checksums, one with an inline header, one with a tag, one to be segmented, nothing,
    /// and one whose data is in the entry; each with its first block.
    private func sendEntries(of function: FunctionID) -> [(block: Int, bytes: [UInt8])] {
        let made = objects[Int(function.index)]
        let data = UInt32(Self.regionStart + Work.payload)
        func control(_ block: Int, _ opcode: UInt32, _ segments: UInt32) -> [UInt32] {
            [UInt32(block) << 8 | opcode, made.sq << 8 | segments, 8, 0]
        }
        func pointer(_ byteCount: UInt32, _ offset: UInt32) -> [UInt32] { [byteCount, made.key, 0, data + offset] }
        let plain = control(0, 0xa, 4) + [0, 0xc000_0000, 0, 0] + pointer(42, 0) + pointer(58, 0x100)
        let tagged = control(2, 0xa, 3) + [0, 0, 0, 0x8000_0123] + pointer(60, 0)
        var inlineHeader = Self.bytes(control(1, 0xa, 4) + [0, 0, 0, 18 << 16])
        inlineHeader.replaceSubrange(30..<32, with: Self.header(segmented: false)[0..<2])
        inlineHeader += Self.header(segmented: false)[2..<18] + Self.bytes(pointer(82, 0x200))
        var segmented = Self.bytes(control(3, 0xe, 8) + [0, 0xc000_01f4, 0, 54 << 16])
        segmented.replaceSubrange(30..<32, with: Self.header(segmented: true)[0..<2])
        segmented += Self.header(segmented: true)[2..<54] + [UInt8](repeating: 0, count: 12)
        segmented += Self.bytes(pointer(900, 0x300) + pointer(700, 0x800))
        let inlineData = Self.bytes(control(6, 0xa, 6) + [0, 0, 0, 0, 0x8000_003c]) + Self.workFrame(0, of: function)
        return [
            (0, Self.bytes(plain)), (1, inlineHeader), (2, Self.bytes(tagged)), (3, segmented),
            (5, Self.bytes(control(5, 0, 1))), (6, inlineData),
        ]
    }

    static func bytes(_ words: [UInt32]) -> [UInt8] {
        words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - $0 * 8)) } }
    }

    /// Ethernet, IPv4, and UDP (42 bytes) or TCP (54 bytes).
    private static func header(segmented: Bool) -> [UInt8] {
        var bytes: [UInt8] = [2, 0, 0, 0, 0, 5, 2, 0, 0, 0, 0, 1, 8, 0]
        bytes += [0x45, 0, 0, 86, 0, 0, 0x40, 0, 64, segmented ? 6 : 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]
        bytes += [0, 80, 1, 0]
        return bytes + (segmented ? [0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0] : [0, 66, 0, 0])
    }
}

/// Work without frames.
extension FuzzWorld {
    /// Has function 0 execute `count` entries that do nothing but complete, 60 at a time.
    package func sendNothing(_ count: Int) {
        let made = objects[0]
        var posted = 0
        while posted < count {
            let batch = min(60, count - posted)
            for number in posted..<posted + batch {
                let entry = Self.bytes([UInt32(number & 0xffff) << 8, made.sq << 8 | 1, 8, 0])
                store(Self.attacker, FuzzPlace.sendRing + UInt64(number & 63) * 64, entry)
            }
            posted += batch
            storeWord(Self.attacker, FuzzPlace.records + 4, UInt32(posted))
            ringSend(Self.attacker, made.sq, index: UInt16(posted - 1), opcode: 0, segments: 1)
            // Others work meanwhile.
            for _ in 0..<200 where step() {}
        }
    }
}
