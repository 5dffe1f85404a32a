import NIC
import Simulation
import Wire

/// Commands and accesses made of bytes that mean nothing in particular: the device answers every command.
struct CommandFuzz {
    /// Inputs that are right, to start from.
    var corpus: [[UInt8]] = []
    /// Where the bytes come from; zeros when there are no more.
    var next: () -> UInt64

    mutating func pick(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    /// A word that is often the number of an object that exists, a flag, or a small size.
    mutating func word() -> UInt32 {
        let random = UInt32(truncatingIfNeeded: next() >> 8)
        switch pick(6) {
        case 0: return 0
        case 1: return random & 0x1f
        case 2: return 1 << (random & 31)
        case 3: return random & 0x0f0f_001f
        case 4: return 16 + random & 3
        default: return random
        }
    }

    /// A right command with a few words changed, or one made from nothing.
    mutating func anyInput() -> [UInt8] {
        guard !corpus.isEmpty, pick(3) != 0 else { return input() }
        var bytes = corpus[pick(corpus.count)]
        for _ in 0..<pick(4) where bytes.count > 8 {
            let offset = 8 + pick(bytes.count - 8)
            bytes[offset] = pick(2) == 0 ? UInt8(pick(8)) : UInt8(pick(256))
        }
        return bytes
    }

    /// One command with a plausible header and implausible fields.
    mutating func input() -> [UInt8] {
        let opcodes = Opcode.allCases
        let opcode = opcodes[pick(opcodes.count)]
        var byteCount = opcode.inputByteCount
        switch pick(8) {
        case 0: byteCount = pick(0x500)
        case 1...4: byteCount += pick(16) * 8
        default: break
        }
        var bytes = [UInt8](repeating: 0, count: max(1, byteCount))
        for _ in 0..<pick(24) {
            let offset = pick(bytes.count) & ~3
            let word = word()
            for index in 0..<4 where offset + index < bytes.count {
                bytes[offset + index] = UInt8(truncatingIfNeeded: word >> UInt32(24 - index * 8))
            }
        }
        let modifier = pick(4) == 0 ? UInt8(pick(32)) : 0
        let header = [UInt8(opcode.rawValue >> 8), UInt8(opcode.rawValue & 0xff), 0, 0, 0, 0, 0, modifier]
        bytes.replaceSubrange(0..<min(8, bytes.count), with: header.prefix(bytes.count))
        return bytes
    }

    /// One step: mostly a command, sometimes a broken mailbox, a register write or a reset.
    ///
    /// - Returns: whether the device did what it owes.
    mutating func step(_ client: inout CommandClient) -> Bool {
        if client.nic.functions[0].firmware.lifeCycle != .initialized, pick(4) == 0 { return reset(&client) }
        switch pick(256) {
        case 0:
            return reset(&client)
        case 1...6:
            client.write(pick(0x2_0000), 1 << pick(4), next())
            client.run(for: .microseconds(20))
            // A register write may have disabled the interface or moved the queue.
            client.writeWord(0x10, 0)
            client.writeWord(0x14, UInt32(CommandClient.queueAddress))
            client.run(for: .milliseconds(6))
            if client.command(0x10a, outputByteCount: 0x70).status == 4 { client.probe() }
            return true
        case 7...12:
            let bytes = anyInput()
            client.prepare(bytes, outputByteCount: pick(0x1100), slot: 1)
            let place = CommandClient.inputBlock(1, 0) + 0x230 + UInt64(pick(16))
            client.store(pick(2) == 0 ? place : CommandClient.queueAddress + 64 + UInt64(pick(62)), [UInt8(pick(256))])
            client.ring(2)
            client.run(for: .milliseconds(10))
            return true
        default:
            let bytes = anyInput()
            return client.execute(bytes, outputByteCount: 8 + pick(0x200)).delivery != 0xff
        }
    }

    /// Function level reset, and everything up to one object of each kind again.
    private func reset(_ client: inout CommandClient) -> Bool {
        client.configurationWrite(0x69, 1, 0x80)
        client.run(for: .milliseconds(6))
        client.nextPage = 0x100_0000
        _ = client.makeObjects()
        return client.command(0x10a, outputByteCount: 0x70).isOK
    }
}
