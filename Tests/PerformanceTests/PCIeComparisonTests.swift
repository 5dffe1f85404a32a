import NIC
import Performance
import Testing

@Suite struct PCIeComparisonTests {
    /// The folder of the package: three above this file.
    private static var root: String {
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    }

    private static let comparison = Result { try pcieComparison(root: root) }

    @Test func everySectionIsWithinItsTarget() throws {
        let comparison = try Self.comparison.get()
        for section in comparison.sections {
            #expect(section.worstError <= section.target ?? 20, "\(section.name): \(section.worstID)")
        }
        #expect(comparison.isWithinTargets)
        // All rows but the 24 that describe hosts.
        #expect(comparison.rows.count == 277 - 24)
        let ids = comparison.rows.filter { $0.section == "DMA bandwidth, powers of two" }.map(\.id)
        #expect(ids.count == 24 && ids.first == "C0148" && ids.last == "C0183")
    }

    @Test func theTableFitsOneHundredColumns() throws {
        let text = try Self.comparison.get().table(listsRows: true)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
        #expect(text.contains("C0125"))
    }

    @Test func twoComparisonsAreEqual() throws {
        #expect(try Self.comparison.get().json() == pcieComparison(root: Self.root).json())
    }

    @Test func aMissingFileIsNamed() {
        #expect {
            try pcieComparison(root: "/nonexistent")
        } throws: { error in
            "\(error)".hasPrefix("Models/calibration/pcie.csv: found no readable file")
        }
    }

    @Test func aModelTakesWhatItsBaseSays() throws {
        let base = try PCIeModelFile(named: "nfp6000-hsw-e5-2637v3", root: Self.root).parameters
        let iommu = try PCIeModelFile(named: "nfp6000-hsw-e5-2637v3-iommu", root: Self.root).parameters
        #expect(base.translationEntryCount == 0)
        #expect(iommu.translationEntryCount == 116)
        #expect(iommu.readLatency == base.readLatency)
        #expect(base.generation == 3 && base.laneCount == 8 && base.maxPayloadByteCount == 256)
    }

    @Test func anUnknownParameterIsRefused() {
        var parameters = PCIeParameters()
        let isWrongNameKnown = parameters.set("tagcount", to: 3)
        let isRightNameKnown = parameters.set("tagCount", to: 3)
        #expect(!isWrongNameKnown && isRightNameKnown)
        #expect(parameters.tagCount == 3)
    }

    @Test func aWorseModelMissesTheTarget() {
        let row = PCIeComparison.Row(
            id: "C0125", section: "DMA latency, median", device: "d", workload: "dma-latency", parameter: "op=read",
            unit: "ns", measured: 600, model: 631)
        #expect(!PCIeComparison(rows: [row]).isWithinTargets)
        #expect(PCIeComparison(rows: [row]).sections[0].worstError > 5)
    }
}
