/// The sections of the comparison, in the order in which they are printed.
package enum PCIeSection: String, Sendable, CaseIterable {
    case analyticLink = "analytic: link"
    case analyticDMA = "analytic: DMA"
    case analyticNIC = "analytic: NIC models, as published"
    case dmaLatency = "DMA latency, median"
    case dmaTail = "DMA latency, 99.9th percentile"
    case commandLatency = "command interface latency"
    case dmaBandwidth = "DMA bandwidth, powers of two"
    case dmaBandwidthOdd = "DMA bandwidth, one byte over"
    case cacheBandwidth = "bandwidth by window and cache"
    case iommuBandwidth = "bandwidth by window, IOMMU on"
    case iommuLatency = "latency by window, IOMMU on"
    case hostLatency = "other hosts, one point each"

    /// Largest error allowed, in percent.
    package var target: Double? {
        switch self {
        case .analyticLink, .analyticDMA, .analyticNIC: 1
        case .dmaLatency: 5
        case .dmaBandwidth: 10
        default: nil
        }
    }

    /// The section of a row; `nil` for what a model is given instead of compared with.
    init?(_ row: PCIeCalibrationRow) {
        switch row.workload {
        case .host: return nil
        case .analyticLink: self = .analyticLink
        case .analyticDMA: self = .analyticDMA
        case .analyticNIC: self = .analyticNIC
        case .hostLatency: self = .hostLatency
        case .dmaLatency: self = row.field("stat") == "median" ? .dmaLatency : .dmaTail
        case .commandLatency: self = .commandLatency
        case .dmaBandwidth: self = (row.number("size") ?? 0).nonzeroBitCount == 1 ? .dmaBandwidth : .dmaBandwidthOdd
        case .windowBandwidth: self = .cacheBandwidth
        case .iommuBandwidth: self = .iommuBandwidth
        case .iommuLatency: self = .iommuLatency
        }
    }
}
