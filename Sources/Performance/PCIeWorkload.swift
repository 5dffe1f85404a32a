/// The kinds of figures about PCIe that a model is compared with.
package enum PCIeWorkload: String, Sendable, CaseIterable {
    case analyticLink = "analytic-link"
    case analyticDMA = "analytic-dma"
    case analyticNIC = "analytic-nic"
    /// A host's link, MPS and MRRS: what a model is given.
    case host
    case hostLatency = "host-latency"
    case dmaLatency = "dma-latency"
    case commandLatency = "command-latency"
    case dmaBandwidth = "dma-bandwidth"
    case windowBandwidth = "window-bandwidth"
    case iommuBandwidth = "iommu-bandwidth"
    case iommuLatency = "iommu-latency"
}
