import Testing
import Wire

struct CommandTests {
    @Test func theHeaderOfAnInput() {
        let input = image("0x0=09050011, 0x4=00000002", byteCount: CommandHeader.byteCount)
        #expect(input.get(CommandHeader.opcode) == UInt32(Opcode.modifySQ.rawValue))
        #expect(input.get(CommandHeader.uid) == 0x11)
        #expect(input.get(CommandHeader.opMod) == 2)
    }

    @Test func theHeaderOfAnOutput() {
        let output = image("0x0=09000000, 0x4=deadbeef", byteCount: CommandHeader.byteCount)
        #expect(output.get(CommandHeader.status) == UInt32(CommandStatus.badResourceState.rawValue))
        #expect(output.get(CommandHeader.syndrome) == 0xdead_beef)
    }

    @Test func anEntryOfTheCommandQueue() {
        let entry = Record(
            bytes: hex(
                """
                07000000 00000110 00000001 23456600 04000000 00000000 00000000 00000000
                00000000 00000000 00000000 00000000 00000002 34567800 00000010 5a00000d
                """))
        #expect(entry.byteCount == CommandEntry.byteCount)
        #expect(entry.get(CommandEntry.type) == CommandEntry.pcieTransport)
        #expect(entry.get(CommandEntry.inputLength) == 0x110)
        #expect(entry.get64(CommandEntry.inputMailbox) == 0x1_2345_6600)
        #expect(entry.get(CommandHeader.opcode, at: CommandEntry.input) == UInt32(Opcode.createCQ.rawValue))
        #expect(entry.get64(CommandEntry.outputMailbox) == 0x2_3456_7800)
        #expect(entry.get(CommandEntry.outputLength) == 0x10)
        #expect(entry.get(CommandEntry.token) == 0x5a)
        #expect(entry.get(CommandEntry.deliveryStatus) == UInt32(DeliveryStatus.firmwareError.rawValue))
        #expect(entry.get(CommandEntry.ownership) == 1)
    }

    @Test func aMailboxBlock() {
        let block = image(
            "0x230=00000001, 0x234=abcdec00, 0x238=00000003, 0x23c=005a1122", byteCount: Mailbox.byteCount)
        #expect(block.get64(Mailbox.nextPointer) == 0x1_abcd_ec00)
        #expect(block.get(Mailbox.blockNumber) == 3)
        #expect(block.bytes[0x23d] == 0x5a && block.get(Mailbox.token) == 0x5a)
        #expect(block.get(Mailbox.controlSignature) == 0x11)
        #expect(block.get(Mailbox.signature) == 0x22)
    }

    @Test func blocksHoldWhatTheEntryDoesNot() {
        #expect(Mailbox.blockCount(forByteCount: 0) == 0)
        #expect(Mailbox.blockCount(forByteCount: 16) == 0)
        #expect(Mailbox.blockCount(forByteCount: 17) == 1)
        #expect(Mailbox.blockCount(forByteCount: 528) == 1)
        #expect(Mailbox.blockCount(forByteCount: 529) == 2)
        #expect(Mailbox.blockCount(forByteCount: 0x1010) == 8)
    }

    @Test func opcodesHaveTheNumbersAndNamesOfTheSpecification() {
        #expect(Opcode.queryHCACap.rawValue == 0x100)
        #expect(Opcode.createCQ.rawValue == 0x400 && Opcode.createCQ.name == "CREATE_CQ")
        #expect(Opcode.setFlowTableEntry.rawValue == 0x936)
        #expect(Opcode.accessRegister.rawValue == 0x805 && Opcode.accessRegister.name == "ACCESS_REG")
        #expect(Opcode(rawValue: 0x829)?.name == "SET_L2_TABLE_ENTRY")
        #expect(Opcode(rawValue: 0x1) == nil)
        #expect(Set(Opcode.allCases.map(\.name)).count == Opcode.allCases.count)
    }

    @Test func opcodesKnowTheirByteCounts() {
        #expect(Opcode.createCQ.inputByteCount == CreateCQ.inputByteCount && CreateCQ.inputByteCount == 0x110)
        #expect(Opcode.queryHCACap.outputByteCount == 0x1010)
        #expect(Opcode.setFlowTableEntry.inputByteCount == 0x340)
        #expect(Opcode.enableHCA.outputByteCount == 0xc)
        #expect(Opcode.queryQCounter.outputByteCount == 0x100)
    }

    @Test func fieldsOfQueueCommands() {
        var input = image("0x8=30001234", byteCount: ModifySQ.inputByteCount)
        #expect(input.get(ModifySQ.sqState) == UInt32(QueueState.error.rawValue))
        #expect(input.get(ModifySQ.sqn) == 0x1234)
        #expect(ModifySQ.context == 0x20 && ModifySQ.modifyBitmask == 0x10)
        input = image("0x8=00000077", byteCount: CreateEQ.outputByteCount)
        #expect(input.get(CreateEQ.eqNumber) == 0x77)
        #expect(CreateEQ.context == 0x10 && CreateEQ.eventBitmask == 0x58 && CreateEQ.pas == 0x110)
        #expect(CreateTIR.context == 0x20 && CreateMKey.klmPasMtt == 0x110)
        input = image("0x14=00000015", byteCount: ModifyTIR.inputByteCount)
        #expect(input.get(ModifyTIR.bitmaskSelfLbEn) == 1)
        #expect(input.get(ModifyTIR.bitmaskHash) == 1)
        #expect(input.get(ModifyTIR.bitmaskPacketMerge) == 1)
    }

    @Test func fieldsOfFlowCommands() {
        let group = image(
            "0x8=80000003, 0x10=04000000, 0x14=00000009, 0x1c=00000010, 0x24=0000001f, 0x3c=00000009",
            byteCount: CreateFlowGroup.inputByteCount)
        #expect(group.get(CreateFlowGroup.otherVport) == 1 && group.get(CreateFlowGroup.vportNumber) == 3)
        #expect(group.get(CreateFlowGroup.tableType) == UInt32(TableType.fdb.rawValue))
        #expect(group.get(CreateFlowGroup.tableId) == 9)
        #expect(group.get(CreateFlowGroup.startFlowIndex) == 0x10 && group.get(CreateFlowGroup.endFlowIndex) == 0x1f)
        let criteria = MatchCriteria(rawValue: UInt8(group.get(CreateFlowGroup.matchCriteriaEnable)))
        #expect(criteria == [.outer, .misc2])
        let entry = image("0x18=80000015, 0x20=00000005", byteCount: SetFlowTableEntry.inputByteCount)
        #expect(entry.get(SetFlowTableEntry.ignoreFlowLevel) == 1)
        let changed = FlowEntryModify(rawValue: UInt8(entry.get(SetFlowTableEntry.modifyEnableMask)))
        #expect(changed == [.action, .destinations, .cryptoObject])
        #expect(entry.get(SetFlowTableEntry.flowIndex) == 5)
        #expect(SetFlowTableEntry.context == 0x40 && FlowContext.destination == 0x300)
    }

    @Test func fieldsOfVportCommands() {
        let modify = image("0xc=00000054, 0x100=02000000", byteCount: ModifyNICVportContext.inputByteCount)
        #expect(modify.get(ModifyNICVportContext.fieldSelectMtu) == 1)
        #expect(modify.get(ModifyNICVportContext.fieldSelectPromisc) == 1)
        #expect(modify.get(ModifyNICVportContext.fieldSelectAddressesList) == 1)
        #expect(modify.get(ModifyNICVportContext.fieldSelectMinInline) == 0)
        #expect(modify.get(NICVportContext.minWqeInlineMode, at: ModifyNICVportContext.context) == 2)
        let state = image("0xc=00000021", byteCount: QueryVportState.outputByteCount)
        #expect(state.get(QueryVportState.adminState) == UInt32(VportAdminState.auto.rawValue))
        #expect(state.get(QueryVportState.state) == UInt32(VportState.up.rawValue))
        #expect(VportCounter.receivedErrors.rawValue == 0x10 && VportCounter.localLoopback.rawValue == 0xd0)
    }

    @Test func capabilityTypesAreTheOperationModifiersUpperBits() {
        #expect(HCACapabilityType.ethernetOffloads.rawValue == 1)
        #expect(HCACapabilityType.flowTable.rawValue == 7)
        #expect(HCACapabilityType.general2.rawValue == 0x20)
        #expect(QueryHCACap.capability == 0x10)
    }
}
