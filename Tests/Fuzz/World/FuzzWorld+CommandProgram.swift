import Host
import Wire

/// The command interface: right commands with wrong fields, in wrong mailboxes, at wrong times.
extension FuzzWorld {
    package func runCommands(_ input: inout FuzzInput) {
        for _ in 0..<48 where !input.isAtEnd {
            switch input.below(16) {
            case 0...8: someCommand(&input)
            case 9: ringCommands(input.number(), of: Self.attacker)
            case 10:
                let offset = UInt64(input.half())
                store(Self.attacker, offset, input.take(input.below(64)))
            case 11: someSteps(&input)
            case 12: write(Self.attacker, UInt32(input.half()), 1 << UInt8(input.byte() & 3), input.long())
            case 13: someFrame(&input)
            case 14: someSend(&input)
            default: unmap(extent: input.below(8))
            }
        }
    }

    /// Lets up to 255 events happen.
    func someSteps(_ input: inout FuzzInput) {
        for _ in 0..<input.byte() where step() {}
    }

    /// A command that is right but for what the input changes.
    private func someCommand(_ input: inout FuzzInput) {
        let opcodes = Opcode.allCases
        let choice = input.below(opcodes.count + 1)
        var command = choice < opcodes.count ? template(opcodes[choice]) : Command(UInt32(input.half()))
        let flags = input.byte()
        if flags & 1 != 0 {
            let length = Int(input.half()) % 0x2000
            command.input =
                Array(command.input.prefix(length)) + Array(repeating: 0, count: max(0, length - command.input.count))
        }
        if flags & 2 != 0 { command.outputByteCount = Int(input.half()) % 0x4000 }
        for _ in 0..<(flags >> 2 & 7) where !command.input.isEmpty {
            let offset = Int(input.byte()) * 4 % max(4, min(command.input.count, 0x400))
            command.put(someNumber(&input), at: offset)
        }
        command.slot = flags & 0x20 != 0 ? input.below(32) : 0
        if flags & 0x40 != 0 { spoil(&command, &input) }
        prepare(command, of: Self.attacker)
        if flags & 0x40 != 0 { spoilMemory(command, &input) }
        if flags & 0x80 != 0 { return }
        ringCommands(1 << UInt32(command.slot), of: Self.attacker)
        // Until the command is done, or a little less.
        for _ in 0..<(input.byte() | 15) where step() {}
    }

    /// A number that may be that of an object, or an address in the region.
    private func someNumber(_ input: inout FuzzInput) -> UInt32 {
        switch input.below(4) {
        case 0:
            let numbers = objects[0].all
            return numbers[input.below(numbers.count)] | UInt32(input.byte() & 0xf0) << 24
        case 1: return UInt32(Self.regionStart) + UInt32(input.half()) << 4
        default: return input.number()
        }
    }

    private func spoil(_ command: inout Command, _ input: inout FuzzInput) {
        switch input.below(4) {
        case 0: command.saidInputLength = input.number()
        case 1: command.saidOutputLength = input.number()
        case 2: command.token = input.byte()
        default: break
        }
    }

    /// Spoils the entry or a mailbox: its token, number or next pointer, which may lead back to itself.
    private func spoilMemory(_ command: Command, _ input: inout FuzzInput) {
        let base = input.byte() & 1 == 0 ? FuzzPlace.inputBlocks : FuzzPlace.outputBlocks
        let block = Self.block(base, command.slot, input.below(9))
        switch input.below(6) {
        case 0: store(Self.attacker, block + 0x23d, [input.byte()])
        case 1: storeWord(Self.attacker, block + 0x238, input.number())
        case 2: storeWord(Self.attacker, block + 0x234, UInt32(Self.regionStart + block))
        case 3: storeWord(Self.attacker, block + 0x230 + UInt64(input.byte() & 4), input.number())
        case 4: store(Self.attacker, UInt64(command.slot) * 64 + UInt64(input.byte() & 63), [input.byte()])
        default: storeWord(Self.attacker, UInt64(command.slot) * 64 + UInt64(input.byte() & 63), someNumber(&input))
        }
    }

    /// The command `opcode` as it would be right now.
    private func template(_ opcode: Opcode) -> Command {
        let made = objects[0]
        func page(_ offset: UInt64) -> UInt32 { UInt32(Self.regionStart + offset) }
        let words: [Int: UInt32]
        var byteCount = opcode.inputByteCount
        var modifier: UInt32 = 0
        switch opcode {
        case .managePages:
            (words, byteCount, modifier) = ([0xc: 2, 0x14: page(0x3_c000), 0x1c: page(0x3_d000)], 0x20, 1)
        case .setISSI: words = [0x8: 1]
        case .createMKey:
            byteCount = 0x120
            words = [
                0x10: 0xd00, 0x14: 0xffff_ff11, 0x1c: made.pd, 0x2c: 0x2000, 0x48: 12, 0x60: 1,
                0x114: page(FuzzPlace.data), 0x11c: page(FuzzPlace.data + 0x2000),
            ]
        case .destroyMKey, .queryMKey: words = [0x8: made.key >> 8]
        case .createEQ:
            (words, byteCount) = ([0x1c: 6 << 24 | made.uar, 0x5c: .max, 0x114: page(0x3_0000)], 0x118)
        case .destroyEQ, .queryEQ: words = [0x8: made.eq]
        case .createCQ:
            byteCount = 0x118
            words = [0x1c: 6 << 24 | made.uar, 0x24: made.eq, 0x4c: page(0x3_1000), 0x114: page(0x3_2000)]
        case .destroyCQ, .queryCQ, .modifyCQ: words = [0x8: made.sendCQ, 0xc: 3]
        case .createSQ:
            byteCount = 0x118
            words = [
                0x20: 1 << 28, 0x28: made.sendCQ, 0x40: 1 << 16, 0x4c: made.tis, 0x50: 1 << 28, 0x58: made.pd,
                0x5c: made.uar, 0x64: page(0x3_1100), 0x70: 6 << 16 | 6, 0x114: page(0x3_3000),
            ]
        case .createRQ:
            byteCount = 0x118
            words = [
                0x28: made.receiveCQ, 0x50: 1 << 28, 0x58: made.pd, 0x64: page(0x3_1200), 0x70: 6 << 16 | 6,
                0x114: page(0x3_4000),
            ]
        case .modifySQ, .destroySQ, .querySQ: words = [0x8: 1 << 28 | made.sq, 0x20: 3 << 20]
        case .modifyRQ, .destroyRQ, .queryRQ: words = [0x8: 1 << 28 | made.rq, 0x20: 3 << 20]
        case .createTIS, .modifyTIS, .destroyTIS: words = [0x8: made.tis, 0x44: made.domain]
        case .createRQT, .modifyRQT:
            (words, byteCount) = ([0x8: made.rqt, 0x14: 1, 0x34: 4, 0x38: 1, 0x110: made.rq], 0x114)
        case .destroyRQT: words = [0x8: made.rqt]
        case .createTIR, .modifyTIR:
            words = [0x8: made.tir, 0x24: 1 << 28, 0x40: made.rqt, 0x44: 2 << 28 | made.domain, 0x70: 0xf]
        case .destroyTIR: words = [0x8: made.tir]
        case .deallocPD: words = [0x8: made.pd]
        case .deallocUAR: words = [0x8: made.uar]
        case .deallocTransportDomain: words = [0x8: made.domain]
        case .createFlowTable: words = [0x18: 0x0005_0004]
        case .createFlowGroup: words = [0x14: made.table, 0x1c: 8, 0x24: 11]
        case .setFlowTableEntry:
            byteCount = 0x348
            words = [0x14: made.table, 0x20: 1, 0x44: made.group, 0x4c: 4, 0x50: 1, 0x340: 2 << 24 | made.tir]
        case .destroyFlowTable, .destroyFlowGroup, .queryFlowTableEntry, .deleteFlowTableEntry, .setFlowTableRoot,
            .modifyFlowTable:
            words = [0x14: made.table, 0x18: made.group]
        case .accessRegister: (words, byteCount) = ([0x8: 0x5003, 0x10: 1 << 16], 0x110)
        default: words = [:]
        }
        return Command(
            UInt32(opcode.rawValue), byteCount, words.filter { $0.key < byteCount }, modifier: modifier,
            outputByteCount: opcode.outputByteCount)
    }
}
