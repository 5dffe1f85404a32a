import Testing
import Wire

struct ContextTests {
    @Test func anEventQueueContext() {
        let context = image(
            "0x0=a0060900, 0x8=00000540, 0xc=07123456, 0x14=00000abc, 0x18=03000000, 0x28=00111111, 0x2c=00222222",
            byteCount: EQContext.byteCount)
        #expect(context.get(EQContext.status) == 0xa)
        #expect(context.get(EQContext.ec) == 1 && context.get(EQContext.oi) == 1)
        #expect(context.get(EQContext.st) == UInt32(ArmState.armed.rawValue))
        #expect(context.get(EQContext.pageOffset) == 0x15)
        #expect(context.get(EQContext.logEqSize) == 7 && context.get(EQContext.uarPage) == 0x123456)
        #expect(context.get(EQContext.intr) == 0xabc && context.get(EQContext.logPageSize) == 3)
        #expect(context.get(EQContext.consumerCounter) == 0x111111)
        #expect(context.get(EQContext.producerCounter) == 0x222222)
    }

    @Test func aCompletionQueueContext() {
        let context = image(
            "0x0=02228900, 0xc=0a000123, 0x10=00140080, 0x14=00000007, 0x18=02000000, 0x38=00000001, 0x3c=23456780",
            byteCount: CQContext.byteCount)
        #expect(context.get(CQContext.dbrUmemValid) == 1)
        #expect(context.get(CQContext.cqeSz) == UInt32(CQESize.bytes128.rawValue))
        #expect(context.get(CQContext.oi) == 1 && context.get(CQContext.cc) == 0)
        #expect(context.get(CQContext.cqPeriodMode) == UInt32(CQPeriodMode.fromCQE.rawValue))
        #expect(context.get(CQContext.st) == 9)
        #expect(context.get(CQContext.logCqSize) == 10 && context.get(CQContext.uarPage) == 0x123)
        #expect(context.get(CQContext.cqPeriod) == 0x14 && context.get(CQContext.cqMaxCount) == 0x80)
        #expect(context.get(CQContext.cEqnOrApuElement) == 7 && context.get(CQContext.logPageSize) == 2)
        #expect(context.get64(CQContext.dbrAddr) == 0x1_2345_6780)
    }

    @Test func aSendQueueContextWithItsWorkQueue() {
        let context = image(
            """
            0x0=92100000, 0x4=00abcdef, 0x8=00000011, 0x20=00010000, 0x2c=00000022,
            0x30=10000000, 0x38=00000033, 0x3c=00000044, 0x40=00000001, 0x44=89abcdc0, 0x50=0006000a
            """, byteCount: SQContext.byteCount)
        #expect(context.get(SQContext.rlky) == 1 && context.get(SQContext.flushInErrorEn) == 1)
        #expect(context.get(SQContext.minWqeInlineMode) == UInt32(InlineMode.ip.rawValue))
        #expect(context.get(SQContext.state) == UInt32(QueueState.ready.rawValue))
        #expect(context.get(SQContext.userIndex) == 0xabcdef && context.get(SQContext.cqn) == 0x11)
        #expect(context.get(SQContext.tisLstSz) == 1 && context.get(SQContext.tisNum0) == 0x22)
        let wq = SQContext.wq
        #expect(context.get(WQContext.wqType, at: wq) == UInt32(WQType.cyclic.rawValue))
        #expect(context.get(WQContext.pd, at: wq) == 0x33 && context.get(WQContext.uarPage, at: wq) == 0x44)
        #expect(context.get64(wq + WQContext.dbrAddr) == 0x1_89ab_cdc0)
        #expect(context.get(WQContext.logWqStride, at: wq) == 6 && context.get(WQContext.logWqSz, at: wq) == 10)
        #expect(context.get(WQContext.logWqPgSz, at: wq) == 0)
        #expect(wq + WQContext.pas == SQContext.byteCount)
    }

    @Test func aReceiveQueueContext() {
        let context = image("0x0=10340000, 0x8=00000055, 0xc=5c000000, 0x54=4a000987", byteCount: RQContext.byteCount)
        #expect(context.get(RQContext.vsd) == 1 && context.get(RQContext.flushInErrorEn) == 1)
        #expect(context.get(RQContext.state) == UInt32(QueueState.error.rawValue))
        #expect(context.get(RQContext.cqn) == 0x55 && context.get(RQContext.counterSetId) == 0x5c)
        let wq = RQContext.wq
        #expect(context.get(WQContext.wqUmemValid, at: wq) == 1)
        #expect(context.get(WQContext.logWqeNumOfStrides, at: wq) == 9)
        #expect(context.get(WQContext.twoByteShiftEn, at: wq) == 1)
        #expect(context.get(WQContext.logWqeStrideSize, at: wq) == 7)
    }

    @Test func transportInterfacesAndTheReceiveTable() {
        let tis = image("0x0=00060000, 0x24=00000101, 0x2c=00000202", byteCount: TISContext.byteCount)
        #expect(tis.get(TISContext.prio) == 6)
        #expect(tis.get(TISContext.transportDomain) == 0x101 && tis.get(TISContext.pd) == 0x202)
        let tir = image(
            "0x4=10000000, 0x1c=00000303, 0x20=80000404, 0x24=23000505, 0x28=6d5a56da, 0x50=c000000f, 0x54=40000003",
            byteCount: TIRContext.byteCount)
        #expect(tir.get(TIRContext.dispType) == UInt32(TIRDispatch.indirect.rawValue))
        #expect(tir.get(TIRContext.inlineRqn) == 0x303)
        #expect(tir.get(TIRContext.rxHashSymmetric) == 1 && tir.get(TIRContext.indirectTable) == 0x404)
        #expect(tir.get(TIRContext.rxHashFn) == UInt32(RxHashFunction.toeplitz.rawValue))
        #expect(SelfLoopbackBlock(rawValue: UInt8(tir.get(TIRContext.selfLbBlock))) == [.unicast, .multicast])
        #expect(tir.get(TIRContext.transportDomain) == 0x505)
        #expect(Array(tir.bytes[TIRContext.rxHashToeplitzKey...].prefix(4)) == hex("6d5a56da"))
        #expect(tir.get(TIRContext.rxHashFieldSelectorOuterL3ProtType) == 1)
        #expect(tir.get(TIRContext.rxHashFieldSelectorOuterL4ProtType) == 1)
        let outer = HashFields(rawValue: tir.get(TIRContext.rxHashFieldSelectorOuterSelectedFields))
        #expect(outer == [.sourceIP, .destinationIP, .l4SourcePort, .l4DestinationPort])
        #expect(tir.get(TIRContext.rxHashFieldSelectorInnerL3ProtType) == 0)
        #expect(tir.get(TIRContext.rxHashFieldSelectorInnerL4ProtType) == 1)
        let rqt = image("0x14=01000100, 0x18=00000080", byteCount: RQTContext.byteCount)
        #expect(rqt.get(RQTContext.listQType) == UInt32(RQTListType.virtioNetQ.rawValue))
        #expect(rqt.get(RQTContext.rqtMaxSize) == 0x100 && rqt.get(RQTContext.rqtActualSize) == 0x80)
        #expect(RQTContext.rqNum == 0xf0)
    }

    @Test func aMemoryKey() {
        let context = image(
            "0x0=04004e00, 0x4=ffffff42, 0xc=80000077, 0x10=00000001, 0x14=00002000, 0x1c=00010000, 0x38=0000000c",
            byteCount: MKeyContext.byteCount)
        let mode = context.get(MKeyContext.accessMode4_2) << 2 | context.get(MKeyContext.accessMode1_0)
        #expect(mode == UInt32(AccessMode.crossing.rawValue))
        #expect(context.get(MKeyContext.a) == 1 && context.get(MKeyContext.rw) == 0 && context.get(MKeyContext.rr) == 0)
        #expect(context.get(MKeyContext.lw) == 1 && context.get(MKeyContext.lr) == 1)
        #expect(context.get(MKeyContext.qpn) == 0xff_ffff && context.get(MKeyContext.mkey7_0) == 0x42)
        #expect(context.get(MKeyContext.length64) == 1 && context.get(MKeyContext.pd) == 0x77)
        #expect(context.get64(MKeyContext.startAddr) == 0x1_0000_2000 && context.get64(MKeyContext.len) == 0x10000)
        #expect(context.get(MKeyContext.logPageSize) == 12)
    }

    @Test func flowTablesEntriesAndDestinations() {
        let table = image("0x0=013a000b, 0x4=00000066", byteCount: FlowTableContext.byteCount)
        #expect(table.get(FlowTableContext.tableMissAction) == UInt32(TableMissAction.forwardToTable.rawValue))
        #expect(table.get(FlowTableContext.level) == 58 && table.get(FlowTableContext.logSize) == 11)
        #expect(table.get(FlowTableContext.tableMissId) == 0x66)
        let entry = image(
            "0x0=8100a123, 0x4=00000007, 0x8=0000cafe, 0xc=0000010c, 0x10=20000002, 0x14=00000001",
            byteCount: FlowContext.byteCount)
        #expect(entry.get(FlowContext.pushVlanEthtype) == 0x8100 && entry.get(FlowContext.pushVlanPrio) == 5)
        #expect(entry.get(FlowContext.pushVlanVid) == 0x123 && entry.get(FlowContext.groupId) == 7)
        #expect(entry.get(FlowContext.flowTag) == 0xcafe)
        #expect(FlowAction(rawValue: UInt16(entry.get(FlowContext.action))) == [.forward, .count, .vlanPush])
        #expect(entry.get(FlowContext.flowSource) == UInt32(FlowSource.localVport.rawValue))
        #expect(entry.get(FlowContext.destinationListSize) == 2 && entry.get(FlowContext.flowCounterListSize) == 1)
        #expect(FlowContext.matchValue == 0x40)
        let destination = image("0x0=02000abc, 0x4=80020003", byteCount: FlowDestination.byteCount)
        #expect(destination.get(FlowDestination.destinationType) == UInt32(DestinationType.tir.rawValue))
        #expect(destination.get(FlowDestination.destinationId) == 0xabc)
        #expect(destination.get(FlowDestination.destinationEswitchOwnerVhcaIdValid) == 1)
        #expect(destination.get(FlowDestination.destinationTableType) == 2)
    }

    @Test func matchParametersOfTheOuterHeaders() {
        let match = image(
            "0x0=02aabbcc, 0x4=ddee0800, 0x8=01005e00, 0xc=00017064, 0x10=06b9a812, 0x14=00501f90, 0x2c=c0a80001",
            byteCount: MatchParameters.byteCount)
        #expect(match.get(MatchLayer24.smac47_16) == 0x02aa_bbcc && match.get(MatchLayer24.smac15_0) == 0xddee)
        #expect(match.get(MatchLayer24.ethertype) == 0x0800)
        #expect(match.get(MatchLayer24.dmac47_16) == 0x0100_5e00 && match.get(MatchLayer24.dmac15_0) == 1)
        #expect(match.get(MatchLayer24.firstPrio) == 3 && match.get(MatchLayer24.firstCfi) == 1)
        #expect(match.get(MatchLayer24.firstVid) == 0x64 && match.get(MatchLayer24.ipProtocol) == 6)
        #expect(match.get(MatchLayer24.ipDscp) == 0x2e && match.get(MatchLayer24.ipEcn) == 1)
        #expect(match.get(MatchLayer24.cvlanTag) == 1 && match.get(MatchLayer24.svlanTag) == 0)
        #expect(match.get(MatchLayer24.frag) == 1 && match.get(MatchLayer24.ipVersion) == 4)
        #expect(match.get(MatchLayer24.tcpFlags) == 0x12)
        #expect(match.get(MatchLayer24.tcpSport) == 80 && match.get(MatchLayer24.tcpDport) == 8080)
        #expect(match.get(MatchLayer24.sourceIPv4) == 0xc0a8_0001)
    }

    @Test func matchParametersBeyondTheOuterHeaders() {
        let match = image(
            "0x40=05001234, 0x44=0009ffff, 0x54=00abcd00, 0xec=00010002, 0x120=08000000",
            byteCount: MatchParameters.byteCount)
        #expect(match.get(MatchMisc.sourceVhcaPort, at: MatchParameters.misc) == 5)
        #expect(match.get(MatchMisc.sourceSqn, at: MatchParameters.misc) == 0x1234)
        #expect(match.get(MatchMisc.sourceEswitchOwnerVhcaId, at: MatchParameters.misc) == 9)
        #expect(match.get(MatchMisc.sourcePort, at: MatchParameters.misc) == 0xffff)
        #expect(match.get(MatchMisc.vxlanVni, at: MatchParameters.misc) == 0xabcd)
        #expect(match.get(MatchMisc2.metadataRegC0, at: MatchParameters.misc2) == 0x10002)
        #expect(match.get(MatchMisc3.icmpType, at: MatchParameters.misc3) == 8)
        #expect(MatchMisc4.identifier(3) == BitField(word: 0x1c))
        #expect(MatchMisc5.tunnelHeader(3) == BitField(word: 0x1c))
    }

    @Test func vportContexts() {
        let nic = image(
            "0x0=01000006, 0x4=80000009, 0x24=000005f2, 0x30=00112233, 0x34=44556677, 0xf0=21000003, 0xf8=00000001",
            byteCount: NICVportContext.byteCount)
        #expect(nic.get(NICVportContext.minWqeInlineMode) == 1)
        #expect(nic.get(NICVportContext.disableMcLocalLb) == 1 && nic.get(NICVportContext.disableUcLocalLb) == 1)
        #expect(nic.get(NICVportContext.roceEn) == 0)
        #expect(nic.get(NICVportContext.armChangeEvent) == 1 && nic.get(NICVportContext.eventOnPromiscChange) == 1)
        #expect(nic.get(NICVportContext.eventOnUcAddressChange) == 1)
        #expect(nic.get(NICVportContext.mtu) == 1522)
        #expect(nic.get64(NICVportContext.portGuid) == 0x0011_2233_4455_6677)
        #expect(nic.get(NICVportContext.promiscAll) == 1 && nic.get(NICVportContext.promiscUc) == 0)
        #expect(nic.get(NICVportContext.allowedListType) == UInt32(AddressListType.multicast.rawValue))
        #expect(nic.get(NICVportContext.allowedListSize) == 3)
        #expect(nic.get64(NICVportContext.permanentAddress) == 1)
        #expect(NICVportContext.currentUcMacAddress == 0x100)
        let esw = image("0x0=0b010000, 0x8=0000a064", byteCount: EswVportContext.byteCount)
        #expect(esw.get(EswVportContext.vportCvlanStrip) == 1 && esw.get(EswVportContext.vportCvlanInsert) == 3)
        #expect(esw.get(EswVportContext.fdbToVportRegCId) == 1)
        #expect(esw.get(EswVportContext.cvlanPcp) == 2 && esw.get(EswVportContext.cvlanCfi) == 1)
        #expect(esw.get(EswVportContext.cvlanId) == 0x64)
    }

    @Test func queuePairsAndVirtioQueues() {
        let qp = image(
            "0x0=30050000, 0x8=20000000, 0x14=02000abc, 0x90=00000001, 0xa4=12345678", byteCount: QPContext.byteCount)
        #expect(qp.get(QPContext.state) == UInt32(QPState.readyToSend.rawValue) && qp.get(QPContext.st) == 5)
        #expect(qp.get(QPContext.mtu) == 1 && qp.get(QPContext.remoteQpn) == 0xabc)
        #expect(qp.get(QPContext.cdMaster) == 1 && qp.get64(QPContext.dbrAddr) == 0x1234_5678)
        let queue = image("0x28=00110022, 0x40=00010003, 0x48=00000100", byteCount: VirtioNetQObject.byteCount)
        #expect(queue.get(VirtioNetQObject.hwAvailableIndex) == 0x11 && queue.get(VirtioNetQObject.hwUsedIndex) == 0x22)
        let inner = VirtioNetQObject.virtioQContext
        #expect(queue.get(VirtioQContext.eventMode, at: inner) == 1)
        #expect(queue.get(VirtioQContext.queueIndex, at: inner) == 3)
        #expect(queue.get(VirtioQContext.queueSize, at: inner) == 0x100)
    }

    @Test func headerActionsAndManagedFunctions() {
        let copy = image("0x0=30520310, 0x4=00500800", byteCount: HeaderAction.byteCount)
        #expect(copy.get(HeaderAction.actionType) == UInt32(HeaderActionType.copy.rawValue))
        #expect(copy.get(HeaderAction.field) == UInt32(HeaderField.metadataRegC1.rawValue))
        #expect(copy.get(HeaderAction.offset) == 3 && copy.get(HeaderAction.length) == 16)
        #expect(copy.get(HeaderAction.destinationField) == UInt32(HeaderField.metadataRegB.rawValue))
        #expect(copy.get(HeaderAction.destinationOffset) == 8)
        let function = image("0x0=80020000, 0x4=00000058", byteCount: VHCAStateContext.byteCount)
        #expect(function.get(VHCAStateContext.armChangeEvent) == 1)
        #expect(function.get(VHCAStateContext.state) == UInt32(VHCAState.active.rawValue))
        #expect(function.get(VHCAStateContext.swFunctionId) == 88)
        #expect(VHCAStateModify.swFunctionID.rawValue == 2 && VHCAStateModify.armChangeEvent.rawValue == 1)
    }
}
