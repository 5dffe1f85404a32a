import Wire

/// What the embedded switch can do: capability pages of types 8 and 9 (native interface, section 4.3), for functions
/// that manage one.
extension CapabilityPages {
    /// What tables of one type may be like.
    struct TableProperties {
        var highestLevel: Int
        var logLargestSize: Int
    }

    /// What tables of `type` may be like.
    func tableProperties(_ type: TableType) -> TableProperties {
        switch type {
        case .nicRX:
            let base = NICFlowTableCapabilities.flowTablePropertiesNicReceive
            return TableProperties(
                highestLevel: Int(flowTable.get(FlowTableProperties.maxFtLevel, at: base)),
                logLargestSize: Int(flowTable.get(FlowTableProperties.logMaxFtSize, at: base)))
        default: return TableProperties(highestLevel: 255, logLargestSize: 22)
        }
    }
}
