import Wire

/// The capability pages that functions of one kind share.
struct CapabilityTemplate: Sendable {
    let general: Record
    let generalMaximum: Record
    let flowTable: Record
    private let ethernet: Record
    /// Pages that only some functions have: e-switch tables, e-switch, quality of service.
    private let others: [HCACapabilityType: Record]

    /// The pages that `parameters` describe, for functions of `kind`.
    init(_ parameters: NICParameters, _ layout: FunctionLayout, _ kind: FunctionLayout.Kind) {
        let features = parameters.firmware.features
        let vectorCount =
            kind.isVirtual ? parameters.capacity.virtualFunctionVectorCount : parameters.identity.vectorCount
        var page = Self.describeGeneral(parameters, features, vectorCount: vectorCount)
        var others: [HCACapabilityType: Record] = [:]
        if case .physical(let number) = kind {
            Self.describeManagement(&page, parameters, number)
            others = Self.eswitchPages(parameters, number)
        }
        general = page
        page.set(HCACapabilities.uar4k, 1)
        page.set(HCACapabilities.logUarPageSz, 6)
        if case .physical(let number) = kind, layout.subCount(of: number) > 0 || parameters.offersSubfunctions(number) {
            for field in [
                HCACapabilities.vhcaState, HCACapabilities.eventOnVhcaStateInvalid,
                HCACapabilities.eventOnVhcaStateAllocated, HCACapabilities.eventOnVhcaStateActive,
                HCACapabilities.eventOnVhcaStateInUse, HCACapabilities.eventOnVhcaStateTeardownRequest,
            ] { page.set(field, 1) }
        }
        generalMaximum = page
        ethernet = Self.describeEthernet(parameters, features)
        flowTable = Self.describeFlowTable(features)
        self.others = others
    }

    /// The page of `type` beside the general one; `nil` when functions of this kind have none.
    func page(_ type: HCACapabilityType) -> Record? {
        switch type {
        case .ethernetOffloads: ethernet
        case .flowTable: flowTable
        default: others[type]
        }
    }

    private static func describeGeneral(
        _ parameters: NICParameters, _ features: CapabilityFeatures, vectorCount: Int
    ) -> Record {
        typealias General = HCACapabilities
        var page = Record(byteCount: CapabilityPages.byteCount)
        let limits: [(BitField, Int)] = [
            (General.logMaxSrqSz, 15), (General.logMaxQpSz, 15),
            (General.logMaxQp, 17), (General.logMaxCqSz, 22), (General.logMaxCq, 17), (General.logMaxMkey, 20),
            (General.logMaxEq, 6), (General.logMaxKlmListSize, 16), (General.maxQpCnt, 256),
            (General.nicFlowTable, 1), (General.portType, 1), (General.numPorts, 1), (General.logMaxMsg, 30),
            (General.cqeVersion, 1), (General.ethNetOffloads, 1), (General.cqModeration, 1), (General.logPgSz, 12),
            (General.bf, 1), (General.logBfRegSize, 9), (General.numLagPorts, 1),
            (General.maxWqeSzSq, parameters.longestSendEntry), (General.maxWqeSzRq, parameters.longestReceiveEntry),
            (General.logMaxTransportDomain, 10), (General.logMaxPd, 16), (General.logMaxRq, 13),
            (General.logMaxSq, 13), (General.logMaxTir, 13), (General.logMaxTis, 13), (General.logMaxRqt, 13),
            (General.logMaxRqtSize, 9), (General.logMaxWqSz, 16), (General.logMaxVlanList, 9),
            (General.logMaxCurrentMcList, 7), (General.logMaxCurrentUcList, 7),
            (General.maxNumEqs, min(64, vectorCount)), (General.numOfUarsPerPage, 1),
        ]
        for (field, value) in limits { page.set(field, UInt32(value)) }
        if features.contains(.driverVersion) { page.set(General.driverVersion, 1) }
        if features.contains(.clock) { page.set(General.deviceFrequencyKhz, 1_000_000) }
        if features.contains(.registerMasks) { page.set(General.pcamReg, 1) }
        if features.contains(.moderationModes) {
            page.set(General.cqPeriodModeModify, 1)
            page.set(General.cqPeriodStartFromCqe, 1)
        }
        if features.contains(.environmentCounters) {
            let fields = [
                General.nicReceiveSteeringDiscard, General.receiveDiscardVportDown, General.transmitDiscardVportDown,
                General.eqOverrunCount, General.invalidCommandCount, General.quotaExceededCount,
            ]
            for field in fields { page.set(field, 1) }
        }
        return page
    }

    private static func describeEthernet(_ parameters: NICParameters, _ features: CapabilityFeatures) -> Record {
        typealias Ethernet = EthernetCapabilities
        var page = Record(byteCount: CapabilityPages.byteCount)
        for field in [Ethernet.csumCap, Ethernet.vlanCap, Ethernet.wqeVlanInsert, Ethernet.selfLbEnModifiable] {
            page.set(field, 1)
        }
        page.set(Ethernet.maxLsoCap, UInt32(parameters.logLongestSegmentation))
        page.set(Ethernet.wqeInlineMode, 2)
        page.set(Ethernet.rssIndTblCap, 8)
        page.set(Ethernet.cqeChecksumFull, 1)
        if features.contains(.vxlanPorts) { page.set(Ethernet.maxVxlanUdpPorts, 8) }
        return page
    }

    private static func describeFlowTable(_ features: CapabilityFeatures) -> Record {
        typealias Table = FlowTableProperties
        var page = Record(byteCount: CapabilityPages.byteCount)
        let base = NICFlowTableCapabilities.flowTablePropertiesNicReceive
        func set(_ field: BitField, _ value: UInt32) { page.set(field, value, at: base) }
        set(Table.ftSupport, 1)
        set(Table.modifyRoot, 1)
        set(Table.logMaxFtSize, 22)
        set(Table.maxFtLevel, 64)
        set(Table.logMaxFtNum, 16)
        set(Table.logMaxDestination, UInt32(FlowEntryDescription.logMostDestinations(.nicRX)))
        set(Table.logMaxFlow, 20)
        page.set(BitField(word: 0), Self.receiveFields, at: base + Table.ftFieldSupport)
        if features.contains(.flowCounters) {
            set(Table.flowCounter, 1)
            set(Table.logMaxFlowCounter, 1)
        }
        if features.contains(.tableChaining) {
            for field in [Table.flowModifyEn, Table.identifiedMissTableMode, Table.flowTableModify] { set(field, 1) }
            // Linux 6.12 then stacks name spaces whose levels add up to 67; with 64 its last table is refused.
            set(Table.maxFtLevel, 127)
        }
        return page
    }

    /// Outer MAC, EtherType, IP version, VLAN identifier, IP protocol: 0x60 of the page (section 4.3).
    private static let receiveFields: UInt32 = 0xb201_0000
}
