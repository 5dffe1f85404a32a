/// One published figure about PCIe: a line of `Models/calibration/pcie.csv`.
package struct PCIeCalibrationRow: Sendable, Equatable {
    /// Where the rows are, below the folder that holds `Models`.
    package static let file = "Models/calibration/pcie.csv"
    static let header = "id,device,workload,parameter,value,unit,source"

    /// The row's name, as `C0125`.
    package let id: String
    /// A link, as `gen3-x8-mps256-mrrs512`, or the name of a device model.
    package let device: String
    package let workload: PCIeWorkload
    /// What was measured: `key=value` pairs.
    package let parameter: String
    /// A number, or the name of a link.
    package let value: String
    package let unit: String
    package let source: String

    /// The value of `key` in `parameter`.
    package func field(_ key: String) -> String? {
        for pair in parameter.split(separator: " ") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0] == key { return String(parts[1]) }
        }
        return nil
    }

    /// The value of `key` as a whole number.
    func number(_ key: String) -> Int? { field(key).flatMap { Int($0) } }

    /// Every row below `root`, in the order of the file.
    package static func readAll(root: String) throws(PCIeModelError) -> [PCIeCalibrationRow] {
        let lines = try PCIeModelFile.readLines(file, root: root)
        guard lines.first == header else {
            throw PCIeModelError(file: file, line: 1, found: "\"\(lines.first ?? "")\"", expected: "\"\(header)\"")
        }
        var rows: [PCIeCalibrationRow] = []
        for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            rows.append(try parse(line, number: index + 1))
        }
        return rows
    }

    private static func parse(_ line: String, number: Int) throws(PCIeModelError) -> PCIeCalibrationRow {
        let columns = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard columns.count == 7 else {
            throw PCIeModelError(file: file, line: number, found: "\(columns.count) columns", expected: "7")
        }
        guard let workload = PCIeWorkload(rawValue: columns[2]) else {
            let known = PCIeWorkload.allCases.map(\.rawValue).joined(separator: ", ")
            throw PCIeModelError(file: file, line: number, found: "\"\(columns[2])\"", expected: "one of \(known)")
        }
        if workload != .host, Double(columns[4]) == nil {
            throw PCIeModelError(file: file, line: number, found: "\"\(columns[4])\"", expected: "a number")
        }
        return PCIeCalibrationRow(
            id: columns[0], device: columns[1], workload: workload, parameter: columns[3], value: columns[4],
            unit: columns[5], source: columns[6])
    }
}
