import NIC
import Testing
import Wire

/// Commands at the wrong time, with wrong numbers and in wrong states; each is refused with its own syndrome.
@Suite struct MisuseTests {
    static func expect(
        _ reply: CommandClient.Reply, _ syndrome: Syndrome, _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(reply.delivery == 0, sourceLocation: location)
        #expect(reply.syndrome == syndrome.rawValue, sourceLocation: location)
        #expect(reply.status == syndrome.status.rawValue, sourceLocation: location)
    }

    @Test func theOrderOfTheProbeIsEnforced() {
        var client = CommandClient()
        client.start()
        Self.expect(client.command(0x10a, outputByteCount: 0x70), .notEnabled)
        Self.expect(client.command(0x104, 16, [0x8: 1]), .otherFunction)
        #expect(client.command(0x104).isOK)
        Self.expect(client.command(0x104), .alreadyEnabled)
        Self.expect(client.command(0x100, modifier: 1, outputByteCount: 0x1010), .bootPagesMissing)
        Self.expect(client.command(0x102, 0x20), .bootPagesMissing)
        Self.expect(client.command(0x802), .notInitialized)
        Self.expect(client.command(0x103), .notInitialized)
        Self.expect(client.command(0x10b, 16, [0x8: 2]), .interfaceVersionUnknown)
        client.givePages(1)
        Self.expect(client.command(0x102, 0x20), .initializationPagesMissing)
        client.givePages(2)
        #expect(client.command(0x102, 0x20).isOK)
        Self.expect(client.command(0x102, 0x20), .alreadyInitialized)
        Self.expect(client.command(0x10b, 16, [0x8: 1]), .interfaceVersionTooLate)
        Self.expect(client.command(0x109, 0x1010, modifier: 0), .capabilityTooLate)
        Self.expect(client.command(0x105), .disableWhileInitialized)
        Self.expect(client.command(0x904, 0x110), .interfaceTooOld)
        Self.expect(client.command(0x103, 16, [0x8: 1]), .teardownProfileUnknown)
    }

    @Test func commandsThatAreNotThereAreBadOpcodes() {
        var client = CommandClient()
        client.probe()
        Self.expect(client.command(0xfff), .unknownOpcode)
        Self.expect(client.command(0x500, 0x110), .opcodeNotModelled)
        Self.expect(client.command(0x800, modifier: 1), .badOperationModifier)
        Self.expect(client.execute(commandBytes(0x0800_0001 >> 16, 16).withByte(3, 1)), .userContextUnknown)
    }

    @Test func numbersOfObjectsThatDoNotExistAreRefused() {
        var client = CommandClient()
        client.probe()
        let destructions: [(UInt32, Int, Int, Syndrome)] = [
            (0x803, 16, 8, .missingUAR), (0x801, 16, 8, .missingProtectionDomain),
            (0x817, 16, 8, .missingTransportDomain), (0x202, 16, 8, .missingMemoryKey),
            (0x302, 16, 8, .missingEventQueue), (0x401, 16, 8, .missingCompletionQueue),
            (0x906, 16, 8, .missingSendQueue), (0x90a, 16, 8, .missingReceiveQueue),
            (0x914, 16, 8, .missingTransportSend), (0x902, 16, 8, .missingTransportReceive),
            (0x918, 16, 8, .missingQueueTable), (0x772, 16, 8, .missingQueueCounter),
            (0x931, 0x40, 0x14, .missingFlowTable), (0x93a, 16, 8, .missingFlowCounter),
        ]
        for (opcode, byteCount, offset, syndrome) in destructions {
            Self.expect(client.command(opcode, byteCount, [offset: 200]), syndrome)
        }
    }

    @Test func queuesThatCannotWorkAreRefused() {
        var client = CommandClient()
        let made = client.makeObjects()
        let page: UInt32 = 0x300_0000
        func eq(_ words: [Int: UInt32], _ byteCount: Int = 0x118) -> CommandClient.Reply {
            client.command(
                0x301, byteCount, [0x1c: 6 << 24 | made.uar].merging(words) { $1 })
        }
        Self.expect(eq([0x1c: 6 << 24 | 900]), .missingUAR)
        Self.expect(eq([0x24: 64, 0x114: page]), .vectorUnknown)
        Self.expect(eq([0x1c: 23 << 24 | made.uar]), .queueTooLarge)
        Self.expect(eq([:], 0x110), .queueAddressesMissing)
        Self.expect(eq([0x114: page + 512]), .queueAddressMisaligned)
        Self.expect(eq([0x28: 20 << 24, 0x114: page]), .queuePageSize)
        func cq(_ words: [Int: UInt32]) -> CommandClient.Reply {
            client.command(
                0x400, 0x118, [0x1c: 6 << 24 | made.uar, 0x24: made.eq, 0x114: page].merging(words) { $1 })
        }
        Self.expect(cq([0x24: 63]), .missingEventQueue)
        Self.expect(cq([0x10: 3 << 21]), .completionSizeUnknown)
        Self.expect(cq([0x10: 1 << 14]), .completionFeature)
        Self.expect(cq([0x4c: 4]), .doorbellRecordMisaligned)
        Self.expect(cq([0x5c: 1 << 31]), .userMemory)
        func sq(_ words: [Int: UInt32]) -> CommandClient.Reply {
            let base: [Int: UInt32] = [
                0x28: made.cq, 0x40: 1 << 16, 0x4c: made.tis, 0x50: 1 << 28, 0x58: made.pd, 0x5c: made.uar,
                0x70: 6 << 16 | 6, 0x114: page,
            ]
            return client.command(0x904, 0x118, base.merging(words) { $1 })
        }
        #expect(sq([:]).isOK)
        Self.expect(sq([0x20: 1 << 20]), .queueNotReset)
        Self.expect(sq([0x20: 1 << 17]), .workQueueFeature)
        Self.expect(sq([0x20: 5 << 24]), .inlineModeUnknown)
        Self.expect(sq([0x40: 2 << 16]), .transportSendCount)
        Self.expect(sq([0x4c: 99]), .missingTransportSend)
        Self.expect(sq([0x50: 0]), .workQueueType)
        Self.expect(sq([0x70: 5 << 16 | 6]), .workQueueStride)
        Self.expect(sq([0x70: 6 << 16 | 17]), .queueTooLarge)
    }

    @Test func statesOfQueuesFollowTheirRules() {
        var client = CommandClient()
        let made = client.makeObjects()
        func modify(_ said: UInt32, _ wanted: UInt32) -> CommandClient.Reply {
            client.command(0x905, 0x110, [0x8: said << 28 | made.sq, 0x20: wanted << 20])
        }
        Self.expect(modify(1, 1), .queueStateDiffers)
        Self.expect(modify(0, 2), .queueTransition)
        #expect(modify(0, 1).isOK)
        #expect(modify(1, 3).isOK)
        Self.expect(modify(3, 1), .queueTransition)
        #expect(modify(3, 0).isOK)
        let query = client.command(0x907, 16, [0x8: made.sq], outputByteCount: 0x110)
        #expect(query.word(0x20) >> 20 & 0xf == 0)
        #expect(query.word(0x28) == made.cq)
        Self.expect(
            client.command(0x909, 0x110, [0x8: made.rq, 0x14: 1, 0x20: 1 << 20]), .modifyFieldUnknown)
    }

    @Test func tablesAndInterfacesAreChecked() {
        var client = CommandClient()
        let made = client.makeObjects()
        Self.expect(client.command(0x916, 0x110, [0x34: 4, 0x38: 1]), .tableListTooShort)
        Self.expect(client.command(0x916, 0x110, [0x34: 4]), .tableSize)
        Self.expect(client.command(0x916, 0x110, [0x34: 513, 0x38: 1]), .tableSize)
        Self.expect(client.command(0x917, 0x124, [0x8: made.rqt, 0x14: 1, 0x38: 5]), .tableSize)
        Self.expect(client.command(0x917, 0x114, [0x8: made.rqt, 0x14: 1, 0x38: 1, 0x110: 77]), .missingReceiveQueue)
        Self.expect(client.command(0x900, 0x110, [0x24: 2 << 28, 0x44: made.domain]), .dispatchUnknown)
        Self.expect(
            client.command(0x900, 0x110, [0x24: 1 << 28, 0x40: made.rqt, 0x44: 3 << 28 | made.domain]),
            .hashFunctionUnknown)
        Self.expect(client.command(0x912, 0xc0, [0x44: 99]), .missingTransportDomain)
        Self.expect(client.command(0x918, 16, [0x8: made.rqt]), .busyQueueTable)
        Self.expect(client.command(0x90a, 16, [0x8: made.rq]), .busyReceiveQueue)
    }

    @Test func flowTablesAreChecked() {
        var client = CommandClient()
        let made = client.makeObjects()
        Self.expect(client.command(0x930, 0x40, [0x10: 5 << 24]), .tableTypeNotModelled)
        Self.expect(client.command(0x930, 0x40, [0x10: 4 << 24]), .eswitchManagerOnly)
        Self.expect(client.command(0x930, 0x40, [0x10: 3 << 24]), .eswitchManagerOnly)
        Self.expect(client.command(0x930, 0x40, [0x18: 65 << 16]), .tableLevel)
        Self.expect(client.command(0x930, 0x40, [0x18: 23]), .flowTableSize)
        Self.expect(client.command(0x930, 0x40, [0x18: 1 << 31]), .tableFeature)
        Self.expect(client.command(0x930, 0x40, [0x18: 1 << 24, 0x1c: 99]), .missAction)
        Self.expect(client.command(0x930, 0x40, [0x18: 1 << 24 | 5 << 16, 0x1c: made.table]), .forwardDown)
        Self.expect(client.command(0x933, 0x400, [0x14: made.table, 0x1c: 8, 0x24: 16]), .groupRange)
        Self.expect(client.command(0x933, 0x400, [0x14: made.table, 0x1c: 7, 0x24: 8]), .groupOverlap)
        Self.expect(client.command(0x931, 0x40, [0x14: made.table]), .busyFlowTable)
        Self.expect(client.command(0x931, 0x40, [0x10: 4 << 24, 0x14: made.table]), .tableTypeDiffers)
        func entry(_ words: [Int: UInt32], _ byteCount: Int = 0x348, modifier: UInt32 = 0) -> CommandClient.Reply {
            let base: [Int: UInt32] = [
                0x14: made.table, 0x20: 1, 0x44: made.group, 0x4c: 4, 0x50: 1, 0x340: 2 << 24 | made.tir,
            ]
            return client.command(
                0x936, byteCount, base.merging(words) { $1 }.filter { $0.key < byteCount }, modifier: modifier)
        }
        Self.expect(entry([0x20: 8]), .flowIndexOutside)
        Self.expect(entry([0x20: 1 << 20]), .flowIndexOutside)
        Self.expect(entry([0x44: 9]), .missingFlowGroup)
        Self.expect(entry([0x4c: 0x40]), .actionNotModelled)
        Self.expect(entry([0x4c: 6]), .actionContradiction)
        Self.expect(entry([0x4c: 4, 0x50: 0]), .actionContradiction)
        Self.expect(entry([0x340: 1 << 24 | made.table]), .forwardDown)
        Self.expect(entry([0x340: 6 << 24]), .destinationType)
        Self.expect(entry([0x340: 2 << 24 | 99]), .missingTransportReceive)
        Self.expect(entry([0x50: 1000]), .destinationCount)
        Self.expect(entry([:], 0x340), .destinationListTooShort)
        Self.expect(entry([:], modifier: 1), .missingFlowEntry)
        #expect(entry([0x20: 7]).isOK)
        Self.expect(entry([0x20: 7]), .busyFlowEntry)
        #expect(entry([0x18: 2, 0x20: 7, 0x48: 0x1234], modifier: 1).isOK)
        let query = client.command(0x937, 0x40, [0x14: made.table, 0x20: 7], outputByteCount: 0x348)
        #expect(query.word(0x48) == 0x1234)
        #expect(query.word(0x340) == 2 << 24 | made.tir)
        Self.expect(client.command(0x934, 0x40, [0x14: made.table, 0x18: made.group]), .busyFlowGroup)
        Self.expect(client.command(0x902, 16, [0x8: made.tir]), .busyTransportReceive)
    }

    @Test func memoryKeysAreChecked() {
        var client = CommandClient()
        let made = client.makeObjects()
        func key(_ words: [Int: UInt32], _ byteCount: Int = 0x120) -> CommandClient.Reply {
            let base: [Int: UInt32] = [
                0x10: 0xd00, 0x1c: made.pd, 0x2c: 0x2000, 0x48: 12, 0x60: 1, 0x114: 0x300_0000, 0x11c: 0x300_1000,
            ]
            return client.command(0x200, byteCount, base.merging(words) { $1 }.filter { $0.key < byteCount })
        }
        let good = key([:])
        #expect(good.isOK)
        let query = client.command(0x201, 16, [0x8: good.word(8)], outputByteCount: 0x130)
        #expect(query.word(0x2c) == 0x2000)
        #expect(query.word(0x114) == 0x300_0000)
        Self.expect(key([0x10: 0xe00]), .accessModeNotModelled)
        Self.expect(key([:], 0x118), .translationsMissing)
        Self.expect(key([0x48: 11]), .translationPageSize)
        Self.expect(key([0x2c: 0x2001]), .translationTooShort)
        Self.expect(key([0x28: 0xffff_ffff, 0x2c: 0xffff_ffff]), .translationTooShort)
        Self.expect(key([0x114: 0x300_0100]), .translationMisaligned)
        Self.expect(key([0x1c: 99]), .missingProtectionDomain)
        Self.expect(key([0x10: 0x4000_0d00]), .memoryKeyFeature)
    }
}

extension [UInt8] {
    /// The same bytes with another one at `index`.
    fileprivate func withByte(_ index: Int, _ value: UInt8) -> [UInt8] {
        var bytes = self
        bytes[index] = value
        return bytes
    }
}
