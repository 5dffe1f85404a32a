import Wire

/// What the embedded switch can do: capability pages of types 8, 9 and 12 (native interface, section 4.3, and what
/// switchdev needs, section 2), for functions that manage a switch.
///
/// They say what is modelled and nothing else: no header rewrite, no tunnels put on or taken off, no metadata.
extension CapabilityPages {
    /// What tables of one type may be like.
    struct TableProperties {
        var highestLevel: Int
        var logLargestSize: Int
    }

    /// What tables of `type` may be like.
    func tableProperties(_ type: TableType) -> TableProperties {
        guard type == .nicRX else {
            return TableProperties(
                highestLevel: Int(Self.highestSwitchLevel), logLargestSize: Int(Self.logLargestSwitchTable))
        }
        let base = NICFlowTableCapabilities.flowTablePropertiesNicReceive
        return TableProperties(
            highestLevel: Int(flowTable.get(FlowTableProperties.maxFtLevel, at: base)),
            logLargestSize: Int(flowTable.get(FlowTableProperties.logMaxFtSize, at: base)))
    }

    // The same for all functions that have them.
    static let eswitchFlowTable = describeEswitchFlowTable()
    static let eswitch = describeEswitch()
    static let qos = describeQoS()

    private static let highestSwitchLevel: UInt32 = 255
    private static let logLargestSwitchTable: UInt32 = 22

    /// Page of type 8: tables of the forwarding database and of access lists.
    static func describeEswitchFlowTable() -> Record {
        typealias Table = FlowTableProperties
        typealias Page = EswitchFlowTableCapabilities
        var page = Record(byteCount: byteCount)
        page.set(Page.fdbMultiPathToTable, 1)
        let switching = [Table.popVlan2, Table.pushVlan2, Table.ignoreFlowLevel]
        describe(Page.flowTablePropertiesNicEswFdb, .fdb, further: switching, &page)
        describe(Page.flowTablePropertiesEswAclIngress, .ingressACL, further: [], &page)
        describe(Page.flowTablePropertiesEswAclEgress, .egressACL, further: [], &page)
        return page
    }

    private static func describe(_ base: Int, _ type: TableType, further: [BitField], _ page: inout Record) {
        typealias Table = FlowTableProperties
        let all = [
            Table.ftSupport, Table.flowCounter, Table.flowModifyEn, Table.modifyRoot, Table.identifiedMissTableMode,
            Table.flowTableModify, Table.popVlan, Table.pushVlan,
        ]
        for field in all + further { page.set(field, 1, at: base) }
        page.set(Table.logMaxFtSize, logLargestSwitchTable, at: base)
        page.set(Table.maxFtLevel, highestSwitchLevel, at: base)
        page.set(Table.logMaxFtNum, 16, at: base)
        let (destinations, counters) = (
            FlowEntryDescription.logMostDestinations(type), FlowEntryDescription.logMostCounters
        )
        page.set(Table.logMaxDestination, UInt32(destinations), at: base)
        page.set(Table.logMaxFlowCounter, UInt32(counters), at: base)
        page.set(Table.logMaxFlow, logLargestSwitchTable, at: base)
        for (index, word) in switchFields.enumerated() {
            page.set(BitField(word: Table.ftFieldSupport + index * 4), word, at: base)
        }
    }

    /// Outer fields but the sender's VHCA; inner fields; labels and the security parameter index.
    private static let switchFields: [UInt32] = [0xffef_fffd, 0xfeef_fe00, 0x07ff_f900]

    /// Page of type 9: tags that the switch puts on and takes off.
    static func describeEswitch() -> Record {
        var page = Record(byteCount: byteCount)
        let fields = [
            EswitchCapabilities.vportCvlanStrip, EswitchCapabilities.vportCvlanInsertIfNotExist,
            EswitchCapabilities.vportCvlanInsertOverwrite, EswitchCapabilities.vportCvlanInsertAlways,
        ]
        for field in fields { page.set(field, 1) }
        return page
    }

    /// Page of type 12: the highest rate of a vport; there are no guaranteed rates and no groups.
    static func describeQoS() -> Record {
        var page = Record(byteCount: byteCount)
        page.set(QoSCapabilities.eswScheduling, 1)
        page.set(QoSCapabilities.eswRateLimit, 1)
        // Arbiters and vports; arbiters are round robin.
        page.set(QoSCapabilities.eswElementType, 0b11)
        page.set(QoSCapabilities.eswTsarType, 0b1)
        page.set(QoSCapabilities.maxTsarBwShare, 100)
        return page
    }
}
