import Driver
import Simulation
import Testing
import Wire

/// Bytes of rings, doorbell records and doorbells, typed from sections 1.4, 5.1 to 5.5.
@Suite struct DataPathTests {
    private func device(ring: Int = 6) -> ScriptedDevice {
        var software = HostSoftwareParameters()
        software.coreCount = 1
        software.logReceiveRing = ring
        software.logTransmitRing = ring
        let device = ScriptedDevice(software)
        device.probe()
        #expect(device.execute("ip link set dev eth0 up") == nil)
        return device
    }

    /// Ring and doorbell record of send queue `position`: 0 for control, 1 for sending.
    private func sendQueue(_ device: ScriptedDevice, _ position: Int) throws -> (ring: UInt64, record: UInt64) {
        let command = try #require(device.command(0x904, position))
        return (device.address(in: command.input, at: 0x110), device.address(in: command.input, at: 0x60))
    }

    /// Ring and doorbell record of completion queue `position`: drop, control, sending, receiving.
    private func completionQueue(_ device: ScriptedDevice, _ position: Int) throws -> (ring: UInt64, record: UInt64) {
        let command = try #require(device.command(0x400, position))
        return (device.address(in: command.input, at: 0x110), device.address(in: command.input, at: 0x48))
    }

    /// A completion with opcode `opcode` and owner `owner`.
    private func completion(
        opcode: UInt8, owner: UInt8, counter: Int, byteCount: Int = 0, edits: [Int: UInt8] = [:]
    ) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64)
        bytes[0x2e] = UInt8(byteCount >> 8)
        bytes[0x2f] = UInt8(byteCount & 255)
        bytes[0x3c] = UInt8(counter >> 8)
        bytes[0x3d] = UInt8(counter & 255)
        bytes[0x3f] = opcode << 4 | owner
        for (offset, byte) in edits { bytes[offset] = byte }
        return bytes
    }

    @Test func aNOPWakesTheChannelAndTheQueuesAreArmed() throws {
        let device = device()
        let (ring, record) = try sendQueue(device, 0)
        let number = device.id(ofCommand: 0x904, 0)
        // NOP, index 0; queue number and one segment of 16 bytes; completion.
        #expect(device.read(16, at: ring) == [0, 0, 0, 0, 0, 0, number, 1, 0, 0, 0, 8, 0, 0, 0, 0])
        #expect(device.read(8, at: record) == [0, 0, 0, 0, 0, 0, 0, 1])
        let doorbells = device.doorbells
        #expect(doorbells.contains { $0.offset == 0x800 && $0.value == UInt64(number) << 8 | 1 })
        // Each CQ: sequence 0, any completion, consumer index 0; number.
        for position in 1...3 {
            let queue = UInt64(device.id(ofCommand: 0x400, position))
            #expect(doorbells.contains { $0.offset == 0x20 && $0.value == queue })
            #expect(device.read(8, at: try completionQueue(device, position).record) == Array(repeating: 0, count: 8))
        }
        // Each EQ: number and consumer index 0, once at least.
        for position in 0..<4 {
            let queue = UInt64(device.id(ofCommand: 0x301, position))
            #expect(doorbells.contains { $0.offset == 0x40 && $0.value == queue << 24 })
        }
        // Completion entries belong to the device: opcode 15, owner 1.
        #expect(device.read(64, at: try completionQueue(device, 3).ring) == Array(repeating: 0xf1, count: 64))
    }

    @Test func aFrameIsThreeSegments() throws {
        let device = device()
        let (ring, record) = try sendQueue(device, 1)
        let number = device.id(ofCommand: 0x904, 1)
        device.doorbells = []
        let frame = (0..<61).map { UInt8($0) }
        #expect(device.transmit(frame))
        let entry = device.read(64, at: ring)
        // SEND, index 0; queue and 3 segments; completion asked for.
        #expect(entry[0..<16] == [0, 0, 0, 0x0a, 0, 0, number, 3, 0, 0, 0, 8, 0, 0, 0, 0])
        #expect(entry[16..<32].allSatisfy { $0 == 0 })
        // 61 bytes, key = index << 8, address: the frame lies there.
        #expect(entry[32..<40] == [0, 0, 0, 61, 0, 0, device.id(ofCommand: 0x200), 0])
        #expect(device.read(61, at: device.address(in: entry, at: 40)) == frame)
        #expect(device.read(8, at: record) == [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(device.doorbells.map(\.offset) == [0x800])
        #expect(device.doorbells.first?.value == 0x0000_000a_0000_0003 | UInt64(number) << 8)
        // The next one asks for a tag: bit 31 and the TCI where an inline header would begin.
        #expect(device.transmit(frame, vlan: 0x6064))
        let second = device.read(64, at: ring + 64)
        #expect(second[0..<8] == [0, 0, 1, 0x0a, 0, 0, number, 3])
        #expect(second[16..<32] == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0x60, 0x64])
        #expect(device.read(8, at: record)[4...] == [0, 0, 0, 2])
    }

    @Test func theRingFillsAndTheCountersWrap() throws {
        let device = device()
        let (ring, record) = try sendQueue(device, 1)
        let completions = try completionQueue(device, 2).ring
        let frame = [UInt8](repeating: 7, count: 60)
        for _ in 0..<70 where device.transmit(frame) {}
        // One block stays free: an entry finds room for itself and for padding.
        let posted = Int(ScriptedDevice.number(device.read(4, at: record + 4)))
        #expect((62...64).contains(posted))
        #expect(device.counter("tx_queue_stopped") >= 1)
        // 66,000 frames, each completed at once: the 16-bit counter passes zero, the owner bit changes every 64.
        var counter = posted - 1
        for index in 0..<66_000 {
            let owner = UInt8(index / 64 & 1)
            device.write(
                completion(opcode: 0, owner: owner, counter: counter & 0xffff),
                at: completions + UInt64(index % 64 * 64))
            device.interrupt(1)
            guard device.transmit(frame) else { break }
            counter += 1
        }
        #expect(counter == posted - 1 + 66_000)
        #expect(ScriptedDevice.number(device.read(4, at: record + 4)) == UInt64((posted + 66_000) & 0xffff))
        #expect(
            device.read(4, at: ring + UInt64((posted + 65_999) % 64 * 64))[1...2] == [
                UInt8((posted + 65_999) >> 8 & 255), UInt8((posted + 65_999) & 255),
            ])
        #expect(device.counter("tx_cqes") == 66_000)
    }

    @Test func buffersArePostedAndCompletionsUnderstood() throws {
        let device = device()
        let receive = try #require(device.command(0x908, 1))
        let ring = device.address(in: receive.input, at: 0x110)
        let record = device.address(in: receive.input, at: 0x60)
        let completions = try completionQueue(device, 3)
        // The NOP completes: the poll that follows posts a buffer for every entry.
        device.write(completion(opcode: 0, owner: 0, counter: 0), at: try completionQueue(device, 1).ring)
        device.doorbells = []
        device.interrupt(1)
        #expect(device.read(4, at: record) == [0, 0, 0, 64])
        for entry in 0..<64 {
            let bytes = device.read(16, at: ring + UInt64(entry * 16))
            #expect(bytes[0..<8] == [0, 0, 8, 0, 0, 0, device.id(ofCommand: 0x200), 0])
            #expect(device.address(in: bytes, at: 8) % 2048 == 0)
        }
        // The control CQ is armed at consumer index 1, mirrored in its record.
        let control = UInt64(device.id(ofCommand: 0x400, 1))
        #expect(device.doorbells.contains { $0.offset == 0x20 && $0.value == 1 << 32 | control })
        #expect(device.read(8, at: try completionQueue(device, 1).record) == [0, 0, 0, 1, 0, 0, 0, 1])

        // A packet of 100 bytes of 0x01 behind the addresses: 86 bytes sum to 43 × 0x0101.
        let buffer = device.address(in: device.read(16, at: ring), at: 8)
        device.write([8, 0] + Array(repeating: 1, count: 98), at: buffer)
        device.write([0x08, 0x00], at: buffer + 12)
        let sum = 43 * 0x0101
        device.write(
            completion(
                opcode: 2, owner: 0, counter: 0, byteCount: 100,
                edits: [
                    0x0c: 0x12, 0x10: 0x48, 0x14: UInt8(sum >> 8), 0x15: UInt8(sum & 255), 0x1c: 7, 0x1d: 0x29,
                    0x1e: 0x60,
                    0x1f: 0x64,
                ]), at: completions.ring)
        device.interrupt(1)
        #expect(device.deliveredCount == 1)
        #expect(device.counter("rx_packets") == 1 && device.counter("rx_bytes") == 100)
        #expect(device.counter("rx_removed_vlan_packets") == 1)
        #expect(device.counter("rx_csum_complete") == 1 && device.counter("rx_csum_failure") == 0)
        #expect(device.read(4, at: record) == [0, 0, 0, 65])

        // An entry that is still the device's is left alone: owner 1 in the first round.
        device.write(completion(opcode: 2, owner: 1, counter: 1, byteCount: 100), at: completions.ring + 64)
        device.interrupt(1)
        #expect(device.deliveredCount == 1)
        // A wrong sum is counted.
        device.write([0x08, 0x00], at: device.address(in: device.read(16, at: ring + 16), at: 8) + 12)
        device.write(
            completion(opcode: 2, owner: 0, counter: 1, byteCount: 100, edits: [0x15: 9, 0x1c: 7, 0x1d: 0x28]),
            at: completions.ring + 64)
        device.interrupt(1)
        #expect(device.deliveredCount == 2)
        #expect(device.counter("rx_csum_failure") == 1)
        // The second round has owner 1.
        for index in 2..<200 {
            device.write(
                completion(opcode: 2, owner: UInt8(index / 64 & 1), counter: index, byteCount: 60),
                at: completions.ring + UInt64(index % 64 * 64))
            device.interrupt(1)
            #expect(device.deliveredCount == index + 1)
        }
        #expect(device.read(4, at: record) == [0, 0, 1, 8])
        #expect(device.read(4, at: completions.record) == [0, 0, 0, 200])
    }

    @Test func eventsForPagesAreAnsweredAndRefusedWhenMemoryIsShort() throws {
        let device = device()
        let queue = try #require(device.command(0x301, 2))
        let ring = device.address(in: queue.input, at: 0x110)
        func event(_ index: Int, pages: Int32) {
            var bytes = [UInt8](repeating: 0, count: 64)
            bytes[1] = 0x0b
            for byte in 0..<4 { bytes[0x24 + byte] = UInt8(truncatingIfNeeded: pages >> (24 - 8 * byte)) }
            device.write(bytes, at: ring + UInt64(index * 64))
            device.commands = []
            device.doorbells = []
            device.interrupt(0)
        }
        let number = UInt64(device.id(ofCommand: 0x301, 2))
        let held = device.outstanding[1]
        event(0, pages: 4)
        #expect(device.commands.map(\.opcode) == [0x108])
        #expect(device.commands[0].modifier == 1 && device.commands[0].input[12..<16] == [0, 0, 0, 4])
        #expect(device.outstanding[1] == held + 4)
        // The queue was read up to 1 and armed.
        #expect(device.doorbells.contains { $0.offset == 0x40 && $0.value == number << 24 | 1 })
        event(1, pages: -2)
        #expect(device.commands.map { [$0.opcode, $0.modifier] } == [[0x108, 2]])
        #expect(device.outstanding[1] == held + 2)
        // 64 MiB are 16,384 pages: after what fits, "cannot give" is modifier 0.
        event(2, pages: 20_000)
        #expect(device.commands.last.map { [$0.opcode, $0.modifier] } == [0x108, 0])
        #expect(device.commands.last?.input[12..<16] == [0, 0, 0, 0])
    }
}
