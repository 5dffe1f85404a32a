import Foundation

/// How the PCIe model compares with published figures, row by row and in sections.
package struct PCIeComparison: Sendable, Codable, Equatable {
    /// One figure and the model's.
    package struct Row: Sendable, Codable, Equatable {
        package let id: String
        package let section: String
        package let device: String
        package let workload: String
        package let parameter: String
        package let unit: String
        package let measured: Double
        package let model: Double

        /// (model − measured) / measured, in percent.
        package let errorPercent: Double

        package init(
            id: String, section: String, device: String, workload: String, parameter: String, unit: String,
            measured: Double, model: Double
        ) {
            self.id = id
            self.section = section
            self.device = device
            self.workload = workload
            self.parameter = parameter
            self.unit = unit
            self.measured = measured
            self.model = model
            errorPercent = (model - measured) / measured * 100
        }
    }

    /// The rows of one kind together.
    ///
    /// Errors are in percent, without their sign.
    package struct Section: Sendable, Codable, Equatable {
        package let name: String
        /// What the model is held to, in percent; `nil` where it is only reported.
        package let target: Double?
        package let count: Int
        package let meanError: Double
        package let worstError: Double
        /// The row with the worst error.
        package let worstID: String
    }

    package let sections: [Section]
    package let rows: [Row]

    /// Whether every section that has a target is within it.
    package var isWithinTargets: Bool {
        sections.allSatisfy { section in section.target.map { section.worstError <= $0 } ?? true }
    }

    package init(rows: [Row]) {
        self.rows = rows
        sections = PCIeSection.allCases.compactMap { section in
            let own = rows.filter { $0.section == section.rawValue }
            guard let worst = own.max(by: { abs($0.errorPercent) < abs($1.errorPercent) }) else { return nil }
            let sum = own.reduce(0) { $0 + abs($1.errorPercent) }
            return Section(
                name: section.rawValue, target: section.target, count: own.count, meanError: sum / Double(own.count),
                worstError: abs(worst.errorPercent), worstID: worst.id)
        }
    }

    /// The comparison as JSON, with keys in order.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
