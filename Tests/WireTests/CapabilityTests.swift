import Testing
import Wire

/// The images of the native interface, section 4, read by the fields they were made from.
struct CapabilityTests {
    let general = image(
        """
        0x4=00000001, 0x10=0f0f0011, 0x18=00160011, 0x1c=00140006, 0x20=00000010, 0x30=01000000, 0x34=02000101,
        0x38=1e000000, 0x3c=00000001, 0x40=00000008, 0x44=20000000, 0x48=0000000c, 0x4c=80090001, 0x50=00000400,
        0x54=00000200, 0x64=0a100000, 0x6c=0d0d0d0d, 0x70=000d0900, 0x78=00000010, 0x7c=00090707, 0x8c=00000040,
        0xa4=00000001
        """, byteCount: HCACapabilities.byteCount)

    @Test func theGeneralPageTellsTheSizesOfTheFirstMilestone() {
        let expected: [(BitField, UInt32)] = [
            (HCACapabilities.vhcaId, 1), (HCACapabilities.logMaxSrqSz, 15), (HCACapabilities.logMaxQpSz, 15),
            (HCACapabilities.logMaxQp, 17), (HCACapabilities.logMaxCqSz, 22), (HCACapabilities.logMaxCq, 17),
            (HCACapabilities.logMaxMkey, 20), (HCACapabilities.logMaxEq, 6), (HCACapabilities.logMaxKlmListSize, 16),
            (HCACapabilities.maxQpCnt, 256), (HCACapabilities.numPorts, 1), (HCACapabilities.logMaxMsg, 30),
            (HCACapabilities.cqeVersion, 1), (HCACapabilities.logPgSz, 12), (HCACapabilities.logBfRegSize, 9),
            (HCACapabilities.numLagPorts, 1), (HCACapabilities.maxWqeSzSq, 1024), (HCACapabilities.maxWqeSzRq, 512),
            (HCACapabilities.logMaxTransportDomain, 10), (HCACapabilities.logMaxPd, 16),
            (HCACapabilities.logMaxRq, 13), (HCACapabilities.logMaxSq, 13), (HCACapabilities.logMaxTir, 13),
            (HCACapabilities.logMaxTis, 13), (HCACapabilities.logMaxRqt, 13), (HCACapabilities.logMaxRqtSize, 9),
            (HCACapabilities.logMaxWqSz, 16), (HCACapabilities.logMaxVlanList, 9),
            (HCACapabilities.logMaxCurrentMcList, 7), (HCACapabilities.logMaxCurrentUcList, 7),
            (HCACapabilities.maxNumEqs, 64), (HCACapabilities.numOfUarsPerPage, 1),
        ]
        for (field, value) in expected {
            #expect(general.get(field) == value, "offset \(field.offset) bit \(field.low)")
        }
    }

    @Test func theGeneralPageTellsTheFeaturesOfTheFirstMilestone() {
        for field in [
            HCACapabilities.nicFlowTable, HCACapabilities.ethNetOffloads, HCACapabilities.bf,
            HCACapabilities.cqModeration,
        ] { #expect(general.get(field) == 1) }
        #expect(general.get(HCACapabilities.portType) == 1)
        for field in [
            HCACapabilities.vportGroupManager, HCACapabilities.eswitchManager, HCACapabilities.roce,
            HCACapabilities.stridingRq, HCACapabilities.pcamReg, HCACapabilities.cqResize, HCACapabilities.xrc,
        ] { #expect(general.get(field) == 0) }
    }

    @Test func theEthernetPage() {
        let page = image("0x0=c1922800, 0x4=10000000", byteCount: EthernetCapabilities.byteCount)
        for field in [
            EthernetCapabilities.csumCap, EthernetCapabilities.vlanCap, EthernetCapabilities.wqeVlanInsert,
            EthernetCapabilities.selfLbEnModifiable, EthernetCapabilities.cqeChecksumFull,
        ] { #expect(page.get(field) == 1) }
        #expect(page.get(EthernetCapabilities.maxLsoCap) == 18)
        #expect(page.get(EthernetCapabilities.wqeInlineMode) == 2)
        #expect(page.get(EthernetCapabilities.rssIndTblCap) == 8)
        #expect(page.get(EthernetCapabilities.lroCap) == 0 && page.get(EthernetCapabilities.swp) == 0)
    }

    @Test func theFlowTablePage() {
        let page = image(
            "0x40=88000000, 0x44=16000040, 0x4c=00000010, 0x50=00000006, 0x54=00000014, 0x60=b2010000",
            byteCount: NICFlowTableCapabilities.byteCount)
        let receive = NICFlowTableCapabilities.flowTablePropertiesNicReceive
        #expect(page.get(FlowTableProperties.ftSupport, at: receive) == 1)
        #expect(page.get(FlowTableProperties.modifyRoot, at: receive) == 1)
        #expect(page.get(FlowTableProperties.flowModifyEn, at: receive) == 0)
        #expect(page.get(FlowTableProperties.logMaxFtSize, at: receive) == 22)
        #expect(page.get(FlowTableProperties.maxFtLevel, at: receive) == 64)
        #expect(page.get(FlowTableProperties.logMaxFtNum, at: receive) == 16)
        #expect(page.get(FlowTableProperties.logMaxDestination, at: receive) == 6)
        #expect(page.get(FlowTableProperties.logMaxFlow, at: receive) == 20)
        let fields = receive + FlowTableProperties.ftFieldSupport
        for field in [
            FlowTableFieldSupport.outerDmac, FlowTableFieldSupport.outerEtherType, FlowTableFieldSupport.outerIpVersion,
            FlowTableFieldSupport.outerFirstVid, FlowTableFieldSupport.outerIpProtocol,
        ] { #expect(page.get(field, at: fields) == 1) }
        #expect(page.get(FlowTableFieldSupport.outerSmac, at: fields) == 0)
    }
}
