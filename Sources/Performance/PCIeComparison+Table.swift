extension PCIeComparison {
    /// The comparison as text that fits 100 columns: the sections, and every row when asked for.
    package func table(listsRows: Bool = false) -> String {
        var text =
            pad("section", 36) + pad("rows", 6, right: true) + pad("mean", 9, right: true)
            + pad("worst", 9, right: true) + "  " + pad("at", 7) + pad("target", 8, right: true) + "\n"
        for section in sections {
            let target = section.target.map { percent($0) } ?? "-"
            let mark = section.target.map { section.worstError <= $0 ? "" : "  missed" } ?? ""
            text += pad(section.name, 36) + pad(String(section.count), 6, right: true)
            text += pad(percent(section.meanError), 9, right: true) + pad(percent(section.worstError), 9, right: true)
            text += "  " + pad(section.worstID, 7) + pad(target, 8, right: true) + mark + "\n"
        }
        guard listsRows else { return text }
        for section in sections {
            text += "\n" + section.name + "\n"
            for row in rows where row.section == section.name { text += line(of: row) }
        }
        return text
    }

    private func line(of row: Row) -> String {
        let what = row.device.hasPrefix("nfp6000-hsw-e5-2637v3") ? row.words : "\(row.shortDevice) \(row.words)"
        let sign = row.errorPercent >= 0 ? "+" : "-"
        return "  " + pad(row.id, 7) + pad(what, 58) + pad(fixed(row.measured), 9, right: true)
            + pad(fixed(row.model), 9, right: true) + " " + pad(row.unit, 5)
            + pad(sign + percent(abs(row.errorPercent)), 8, right: true) + "\n"
    }

    private func percent(_ value: Double) -> String { fixed(value) + " %" }

    /// A number that is not negative, with two decimals.
    private func fixed(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }

    /// `text` in exactly `width` columns.
    private func pad(_ text: String, _ width: Int, right: Bool = false) -> String {
        if text.count > width { return String(text.prefix(width)) }
        let space = String(repeating: " ", count: width - text.count)
        return right ? space + text : text + space
    }
}

extension PCIeComparison.Row {
    /// The parameter without the keys of what explains itself: `read size=64 in 8192 warm`.
    fileprivate var words: String {
        parameter.split(separator: " ").map { pair -> Substring in
            if pair.hasPrefix("window=") { return "in " + pair.dropFirst(7) }
            let value = pair.split(separator: "=").last ?? ""
            return Int(value) == nil ? value : pair
        }.joined(separator: " ")
    }

    /// The device without what all rows of its kind share.
    fileprivate var shortDevice: Substring {
        if device.hasPrefix("nfp6000-") { return device.dropFirst(8) }
        return device.hasSuffix("-mps256-mrrs512") ? device.dropLast(15) : device[...]
    }
}
