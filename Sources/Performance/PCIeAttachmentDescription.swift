import Foundation
package import Scenario

/// A file of `Models` that holds nothing but a PCIe attachment, as its author wrote it; `PCIeModelFile` has its values.
package struct PCIeAttachmentDescription: Sendable {
    package let name: String
    /// The device and the host it was measured in.
    package let summary: String
    /// The file's own numbers with the remarks behind them; those of a base are in the base's file.
    package let numbers: [DeviceModel.Number]

    /// The model `name` below `root`; `nil` when its file is no such model.
    package init?(named name: String, root: String) {
        guard (try? PCIeModelFile(named: name, root: root)) != nil,
            let lines = try? PCIeModelFile.readLines("Models/\(name).yaml", root: root)
        else { return nil }
        var heads: [String: String] = [:]
        var numbers: [DeviceModel.Number] = []
        for line in lines {
            let parts = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let pair = parts[0].split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard pair.count == 2, !pair[1].isEmpty else { continue }
            guard line.hasPrefix(" ") else {
                heads[pair[0]] = pair[1]
                continue
            }
            let remark = parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
            numbers.append(DeviceModel.Number(name: "pcie." + pair[0], text: pair[1], source: remark))
        }
        self.name = name
        let device = heads["device"] ?? heads["base"].map { "as \($0)" } ?? name
        summary = device + (heads["host"].map { ", \($0)" } ?? "")
        self.numbers = numbers
    }
}
