import Wire

/// What a function announces, as far as a driver asks: taken from the pages of QUERY_HCA_CAP, which are not kept.
struct Capabilities {
    // General.
    var hasCQModeration = false
    var logL2Table = 0
    var isVportGroupManager = false
    var isEswitchManager = false
    var hasQoS = false
    var hasEthernet = false
    var hasRoCE = false
    var hasVirtioQueues = false
    /// MSI-X vectors that a manager may give to virtual functions.
    var dynamicVectorCount = 0
    var dynamicVectorRange = 0...0
    var hasSubfunctions = false
    var subfunctionCount = 0
    var firstSubfunction: UInt16 = 0
    /// Binary logarithm of the 4 KiB pages of a subfunction's slice of BAR 2.
    var logSubfunctionPages = 0
    var hasVHCAState = false
    /// The same of the maximum page: whether SET_HCA_CAP may turn it on.
    var canHaveVHCAState = false

    // E-switch.
    var hasForwardingDatabase = false
    var logDatabaseSize = 0
    var ingressACL = AccessList()
    var egressACL = AccessList()
    var canStripVLAN = false
    var canInsertVLAN = false
    var alwaysInsertsVLAN = false

    // Quality of service.
    var canSchedule = false
    var canShareBandwidth = false
    var canLimitRate = false
    var maximumBandwidthShare: UInt32 = 0

    /// What access lists of one direction can do.
    struct AccessList {
        var isSupported = false
        var pushesVLAN = false
        var popsVLAN = false
        var hasCounter = false
    }

    /// Takes what the general page says.
    mutating func takeGeneral(_ page: Record, at base: Int) {
        func bit(_ field: BitField) -> Bool { page.get(field, at: base) != 0 }
        func value(_ field: BitField) -> Int { Int(page.get(field, at: base)) }
        hasCQModeration = bit(HCACapabilities.cqModeration)
        logL2Table = value(HCACapabilities.logMaxL2Table)
        isVportGroupManager = bit(HCACapabilities.vportGroupManager)
        isEswitchManager = bit(HCACapabilities.eswitchManager) && isVportGroupManager
        hasQoS = bit(HCACapabilities.qos)
        hasEthernet = bit(HCACapabilities.ethNetOffloads)
        hasRoCE = bit(HCACapabilities.roce)
        // Object type 13 is the virtio queue.
        hasVirtioQueues = page.get64(base + HCACapabilities.generalObjTypes) >> 13 & 1 != 0
        dynamicVectorCount = value(HCACapabilities.numTotalDynamicVfMsix)
        let least = value(HCACapabilities.minDynamicVfMsixTableSize)
        dynamicVectorRange = least...max(least, value(HCACapabilities.maxDynamicVfMsixTableSize))
        hasSubfunctions = bit(HCACapabilities.sf)
        let count = value(HCACapabilities.maxNumSf)
        subfunctionCount = hasSubfunctions ? (count > 0 ? count : 1 << value(HCACapabilities.logMaxSf)) : 0
        firstSubfunction = UInt16(value(HCACapabilities.sfBaseId))
        logSubfunctionPages = value(HCACapabilities.logMinSfSize)
        hasVHCAState = bit(HCACapabilities.vhcaState)
    }

    /// Whether a function publishes auxiliary devices of `kind`.
    func offers(_ kind: AuxiliaryKind) -> Bool {
        switch kind {
        case .eth: hasEthernet
        case .rdma: hasRoCE
        case .vnet: hasVirtioQueues
        case .sf: false
        }
    }

    /// Takes what the general page says could be turned on.
    mutating func takeMaximum(_ page: Record, at base: Int) {
        canHaveVHCAState = page.get(HCACapabilities.vhcaState, at: base) != 0
    }

    /// Takes what another page says.
    mutating func take(_ type: HCACapabilityType, _ page: Record, at base: Int) {
        func bit(_ field: BitField, _ structure: Int = 0) -> Bool { page.get(field, at: base + structure) != 0 }
        func list(_ structure: Int) -> AccessList {
            AccessList(
                isSupported: bit(FlowTableProperties.ftSupport, structure),
                pushesVLAN: bit(FlowTableProperties.pushVlan, structure),
                popsVLAN: bit(FlowTableProperties.popVlan, structure),
                hasCounter: bit(FlowTableProperties.flowCounter, structure))
        }
        switch type {
        case .eswitchFlowTable:
            let database = EswitchFlowTableCapabilities.flowTablePropertiesNicEswFdb
            hasForwardingDatabase = bit(FlowTableProperties.ftSupport, database)
            logDatabaseSize = Int(page.get(FlowTableProperties.logMaxFtSize, at: base + database))
            ingressACL = list(EswitchFlowTableCapabilities.flowTablePropertiesEswAclIngress)
            egressACL = list(EswitchFlowTableCapabilities.flowTablePropertiesEswAclEgress)
        case .eswitch:
            canStripVLAN = bit(EswitchCapabilities.vportCvlanStrip)
            canInsertVLAN = bit(EswitchCapabilities.vportCvlanInsertIfNotExist)
            alwaysInsertsVLAN = bit(EswitchCapabilities.vportCvlanInsertAlways)
        case .qos:
            canSchedule = bit(QoSCapabilities.eswScheduling)
            canShareBandwidth = bit(QoSCapabilities.eswBwShare)
            canLimitRate = bit(QoSCapabilities.eswRateLimit)
            maximumBandwidthShare = page.get(QoSCapabilities.maxTsarBwShare, at: base)
        default: break
        }
    }
}
