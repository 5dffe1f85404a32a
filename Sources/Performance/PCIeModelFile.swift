import Foundation
package import NIC

/// The PCIe part of a device model, `Models/<name>.yaml`.
///
/// Only the `base` and the flat `pcie` mapping are read here, in the subset of YAML that those need; a model may have
/// other parts, which are other readers' affair. `base: NAME` takes what another model says first.
package struct PCIeModelFile: Sendable {
    /// The model's name: the file's, without its extension.
    package let name: String
    package let parameters: PCIeParameters

    /// Most models between one and its last base.
    private static let deepestBase = 8

    /// Reads the model `name` below `root`, the folder that holds `Models`.
    ///
    /// - Throws: `PCIeModelError` when a file cannot be read, or says something that is not understood.
    package init(named name: String, root: String) throws(PCIeModelError) {
        self.name = name
        parameters = try Self.read(name, root: root, depth: 0)
    }

    private static func read(_ name: String, root: String, depth: Int) throws(PCIeModelError) -> PCIeParameters {
        let file = "Models/\(name).yaml"
        guard depth < deepestBase else {
            throw PCIeModelError(file: file, line: 0, found: "a chain of bases that does not end", expected: "a model")
        }
        let lines = try readLines(file, root: root)
        var parameters = PCIeParameters()
        var isInside = false
        for (index, line) in lines.enumerated() {
            let content = line.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]
            let parts = content.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard let key = parts.first, !key.isEmpty else { continue }
            let value = parts.count > 1 ? parts[1] : ""
            if !line.hasPrefix(" ") {
                isInside = key == "pcie"
                if key == "base" { parameters = try read(value, root: root, depth: depth + 1) }
                continue
            }
            guard isInside else { continue }
            guard let number = UInt64(value), number <= UInt64(Int32.max) else {
                throw PCIeModelError(
                    file: file, line: index + 1, found: "\"\(value)\"", expected: "a whole number for \(key)")
            }
            guard parameters.set(key, to: number) else {
                throw PCIeModelError(
                    file: file, line: index + 1, found: "\"\(key)\"", expected: "a parameter of a PCIe attachment")
            }
        }
        if let problem = parameters.problem {
            throw PCIeModelError(file: file, line: 0, found: problem.found, expected: problem.expected)
        }
        return parameters
    }

    /// The lines of a text file below `root`.
    static func readLines(_ file: String, root: String) throws(PCIeModelError) -> [String] {
        guard let text = try? String(contentsOfFile: root + "/" + file, encoding: .utf8) else {
            throw PCIeModelError(file: file, line: 0, found: "no readable file in \(root)", expected: "a text file")
        }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
