import Testing
import Wire

struct RegisterTests {
    @Test func theInitializationSegment() {
        let segment = image(
            """
            0x0=00630016, 0x4=00050001, 0x10=00000001, 0x14=23456056, 0x18=00000003, 0x1fc=83800000, 0x230=00163201,
            0x238=8b000000, 0xffc=00000000, 0x1010=12000007
            """, byteCount: InitializationSegment.byteCount)
        #expect(segment.get(InitializationSegment.fwRevMajor) == 22)
        #expect(segment.get(InitializationSegment.fwRevMinor) == 99)
        #expect(segment.get(InitializationSegment.cmdInterfaceRev) == InitializationSegment.supportedCmdInterfaceRev)
        #expect(segment.get(InitializationSegment.fwRevSubminor) == 1)
        #expect(segment.get(InitializationSegment.cmdqPhyAddrHigh) == 1)
        #expect(segment.get(InitializationSegment.cmdqPhyAddrLow) == 0x23456)
        #expect(segment.get(InitializationSegment.logCmdqSize) == 5)
        #expect(segment.get(InitializationSegment.logCmdqStride) == 6)
        #expect(segment.get(InitializationSegment.commandDoorbellVector) == 3)
        #expect(segment.get(InitializationSegment.initializing) == 1)
        #expect(segment.get(InitializationSegment.embeddedCpu) == 1)
        #expect(segment.get(InitializationSegment.nicInterfaceSupported) == 3)
        #expect(segment.get(InitializationSegment.healthBufferRfr) == 1)
        #expect(segment.get(InitializationSegment.healthBufferValid) == 1)
        #expect(segment.get(InitializationSegment.healthBufferSeverity) == 3)
        #expect(segment.get(InitializationSegment.healthSyndrome) == 0x12)
        #expect(segment.get(InitializationSegment.healthCounter) == 7)
    }

    @Test func portRegisters() {
        let mtu = image("0x0=00010000, 0x4=26fa0000, 0x8=05f20000, 0xc=05f20000", byteCount: PMTU.byteCount)
        #expect(mtu.get(PMTU.localPort) == 1 && mtu.get(PMTU.maxMtu) == 9978)
        #expect(mtu.get(PMTU.adminMtu) == 1522 && mtu.get(PMTU.operMtu) == 1522)
        let state = image("0x0=00010102, 0x4=80000001", byteCount: PAOS.byteCount)
        #expect(state.get(PAOS.adminStatus) == UInt32(PortAdminStatus.up.rawValue))
        #expect(state.get(PAOS.operStatus) == UInt32(PortOperStatus.down.rawValue))
        #expect(state.get(PAOS.ase) == 1 && state.get(PAOS.ee) == 0 && state.get(PAOS.e) == 1)
        let type = image(
            "0x0=00010004, 0xc=00100000, 0x18=00100000, 0x24=00100000, 0x2c=00000003", byteCount: PTYS.byteCount)
        #expect(type.get(PTYS.protoMask) == 4 && type.get(PTYS.ethProtoCapability) == 1 << 20)
        #expect(type.get(PTYS.ethProtoAdmin) == 1 << 20 && type.get(PTYS.ethProtoOper) == 1 << 20)
        #expect(type.get(PTYS.connectorType) == 3)
        let flow = image("0x0=00010000, 0x8=80010000, 0xc=80030000", byteCount: PFCC.byteCount)
        #expect(flow.get(PFCC.pptx) == 1 && flow.get(PFCC.pfctx) == 1)
        #expect(flow.get(PFCC.pprx) == 1 && flow.get(PFCC.pfcrx) == 3)
        #expect(image("0x0=80000000", byteCount: HostEndianness.byteCount).get(HostEndianness.he) == 1)
        let lanes = image("0x0=80010001, 0x4=02010003", byteCount: PMLP.byteCount)
        #expect(lanes.get(PMLP.rxtx) == 1 && lanes.get(PMLP.width) == 1 && lanes.get(PMLP.lane0Module) == 3)
    }

    @Test func portCountersStandWhereTheirGroupsPutThem() {
        let header = image("0x0=00014010, 0x4=80000003", byteCount: PPCNT.byteCount)
        #expect(header.get(PPCNT.localPort) == 1 && header.get(PPCNT.pnat) == 1)
        #expect(header.get(PPCNT.grp) == UInt32(PortCounterGroup.perPriority.rawValue))
        #expect(header.get(PPCNT.clr) == 1 && header.get(PPCNT.prioTc) == 3)
        #expect(IEEE8023Counter.aFramesTransmittedOK.rawValue == 0x8)
        #expect(IEEE8023Counter.aFramesReceivedOK.rawValue == 0x10)
        #expect(IEEE8023Counter.aFrameCheckSequenceErrors.rawValue == 0x18)
        #expect(IEEE8023Counter.aOctetsTransmittedOK.rawValue == 0x28)
        #expect(IEEE8023Counter.aOctetsReceivedOK.rawValue == 0x30)
        #expect(IEEE8023Counter.aPauseMACCtrlFramesTransmitted.rawValue == 0x98)
        #expect(RFC2863Counter.ifOutBroadcastPkts.rawValue == 0x68)
        #expect(RFC2819Counter.etherStatsPkts64Octets.rawValue == 0x60)
        #expect(RFC2819Counter.etherStatsPkts8192to10239Octets.rawValue == 0xa8)
        #expect(ExtendedPortCounter.rxBufferFull.rawValue == 0x38)
        #expect(PerPriorityCounter.rxFrames.rawValue == 0x28 && PerPriorityCounter.txFrames.rawValue == 0x50)
        #expect(PerPriorityCounter.rxPause.rawValue == 0x58 && PerPriorityCounter.rxDiscards.rawValue == 0x80)
    }

    @Test func registersHaveTheNumbersOfTheSpecification() {
        #expect(AccessRegisterID.pmtu.rawValue == 0x5003 && AccessRegisterID.paos.rawValue == 0x5006)
        #expect(AccessRegisterID.ppcnt.rawValue == 0x5008 && AccessRegisterID.ptys.rawValue == 0x5004)
        #expect(AccessRegisterID.hostEndianness.rawValue == 0x7004 && AccessRegisterID.dtor.rawValue == 0xc00e)
        #expect(AccessRegister.registerId == BitField(0x8, 15, 0) && AccessRegister.registerData == 0x10)
    }
}
