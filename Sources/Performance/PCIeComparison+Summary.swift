package import Scenario

extension PCIeComparison {
    /// What `martlet bench pcie --json` prints: the errors of all rows together, in percent without their sign.
    package var benchmarkJSON: JSONValue {
        let errors = rows.map { abs($0.errorPercent) }
        let worst = rows.max { abs($0.errorPercent) < abs($1.errorPercent) }
        let mean = errors.isEmpty ? 0 : errors.reduce(0, +) / Double(errors.count)
        return .object([
            "rows": .integer(UInt64(rows.count)), "mean_error_percent": .number(mean),
            "worst_error_percent": .number(errors.max() ?? 0), "worst_row": worst.map { .string($0.id) } ?? .null,
            "within_targets": .flag(isWithinTargets),
        ])
    }
}
