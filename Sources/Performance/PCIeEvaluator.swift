import NIC

/// Compares the PCIe model with every calibration row below `root`, the folder that holds `Models`.
///
/// - Throws: `PCIeModelError` when the rows or a device model cannot be read.
package func pcieComparison(root: String) throws(PCIeModelError) -> PCIeComparison {
    var evaluator = PCIeEvaluator(root: root)
    var rows: [PCIeComparison.Row] = []
    for row in try PCIeCalibrationRow.readAll(root: root) {
        guard let section = PCIeSection(row), let measured = Double(row.value) else { continue }
        rows.append(
            PCIeComparison.Row(
                id: row.id, section: section.rawValue, device: row.device, workload: row.workload.rawValue,
                parameter: row.parameter, unit: row.unit, measured: measured, model: try evaluator.value(of: row)))
    }
    return PCIeComparison(rows: rows)
}

/// What the model says for a calibration row.
struct PCIeEvaluator {
    let root: String
    /// Operations of one bandwidth or latency figure.
    var operationCount = 8000
    private var parameters: [String: PCIeParameters] = [:]

    init(root: String) { self.root = root }

    mutating func value(of row: PCIeCalibrationRow) throws(PCIeModelError) -> Double {
        let value: Double?
        switch row.workload {
        case .analyticLink, .analyticDMA, .analyticNIC: value = analytic(row)
        case .commandLatency: value = latency(row, try model(row.device + "-command"))
        case .dmaLatency, .iommuLatency, .hostLatency: value = latency(row, try model(row.device))
        case .dmaBandwidth, .windowBandwidth, .iommuBandwidth: value = bandwidth(row, try model(row.device))
        case .host: value = nil
        }
        guard let value else {
            throw PCIeModelError(
                file: PCIeCalibrationRow.file, line: 0, found: "\(row.id) \"\(row.parameter)\"",
                expected: "a figure of \(row.workload.rawValue)")
        }
        return value
    }

    private mutating func model(_ name: String) throws(PCIeModelError) -> PCIeParameters {
        if let known = parameters[name] { return known }
        let read = try PCIeModelFile(named: name, root: root).parameters
        parameters[name] = read
        return read
    }

    private func analytic(_ row: PCIeCalibrationRow) -> Double? {
        // The device names the link: gen3-x8-mps256-mrrs512.
        let numbers = row.device.split(separator: "-").compactMap { Int($0.filter(\.isNumber)) }
        guard numbers.count == 4, (1...5).contains(numbers[0]), numbers.allSatisfy({ $0 > 0 }) else { return nil }
        let link = PCIeAnalytic(
            generation: numbers[0], laneCount: numbers[1], maxPayloadByteCount: numbers[2],
            maxReadRequestByteCount: numbers[3])
        switch row.workload {
        case .analyticLink: return row.field("layer") == "raw" ? link.rawRate : link.packetRate
        case .analyticDMA:
            guard let size = row.number("size") else { return nil }
            switch row.field("op") {
            case "read": return link.readRate(size)
            case "write": return link.writeRate(size)
            default: return link.readWriteRate(size)
            }
        default:
            guard let driver = row.field("driver").flatMap(PCIeInteraction.Driver.init(rawValue:)),
                let direction = row.field("direction").flatMap(PCIeInteraction.Direction.init(rawValue:)),
                let frame = row.number("frame")
            else { return nil }
            return PCIeInteraction(link: link, driver: driver, omitsDescriptorRequest: true)
                .rate(direction, frameByteCount: frame)
        }
    }

    private func bench(_ row: PCIeCalibrationRow, _ parameters: PCIeParameters) -> PCIeBench? {
        guard let window = row.number("window"), let cache = row.field("cache").flatMap(PCIeBench.Cache.init(rawValue:))
        else { return nil }
        var bench = PCIeBench(parameters)
        bench.windowByteCount = UInt64(window)
        bench.cache = cache
        bench.operationCount = operationCount
        return bench
    }

    private func bandwidth(_ row: PCIeCalibrationRow, _ parameters: PCIeParameters) -> Double? {
        guard let bench = bench(row, parameters), let size = row.number("size"),
            let operation = row.field("op").flatMap(PCIeBench.Operation.init(rawValue:))
        else { return nil }
        return bench.bandwidth(operation, byteCount: size)
    }

    private func latency(_ row: PCIeCalibrationRow, _ parameters: PCIeParameters) -> Double? {
        guard let bench = bench(row, parameters), let size = row.number("size"), let kind = row.field("op")
        else { return nil }
        let sorted = bench.latencies(kind == "read" ? .read : .readWrite, byteCount: size)
        switch row.field("stat") {
        case "median": return sorted[sorted.count / 2]
        case "p99.9": return sorted[sorted.count * 999 / 1000]
        case "mean": return sorted.reduce(0, +) / Double(sorted.count)
        default: return nil
        }
    }
}
