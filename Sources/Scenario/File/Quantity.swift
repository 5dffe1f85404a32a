/// A number with a unit, read exactly: `1.5us` is 1,500,000 ps and `0.1ps` is refused.
package enum Quantity {
    /// The units of one dimension: name and size in the base unit.
    ///
    /// The first is the base unit.
    package struct Dimension: Sendable {
        package var name: String
        /// A value that shows the form, for messages.
        package var example: String
        package var units: [(name: String, size: UInt64)]
        /// Whether a number without a unit counts base units.
        package var allowsBareNumber: Bool
    }

    /// Picoseconds.
    package static let time = Dimension(
        name: "a duration", example: "10us",
        units: [
            ("ps", 1), ("ns", 1000), ("us", 1_000_000), ("µs", 1_000_000), ("ms", 1_000_000_000),
            ("s", 1_000_000_000_000),
        ],
        allowsBareNumber: false)
    /// Bytes.
    package static let byteCount = Dimension(
        name: "a number of bytes", example: "4KiB",
        units: [
            ("B", 1), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("KiB", 1 << 10), ("MiB", 1 << 20),
            ("GiB", 1 << 30), ("TiB", 1 << 40),
        ],
        allowsBareNumber: true)
    /// Bits per second.
    package static let bitRate = Dimension(
        name: "a bit rate", example: "100Gbps",
        units: [
            ("bps", 1), ("kbps", 1000), ("Mbps", 1_000_000), ("Gbps", 1_000_000_000), ("Tbps", 1_000_000_000_000),
        ],
        allowsBareNumber: false)
    /// Packets per second.
    package static let packetRate = Dimension(
        name: "a packet rate", example: "10Mpps",
        units: [("pps", 1), ("kpps", 1000), ("Mpps", 1_000_000), ("Gpps", 1_000_000_000)], allowsBareNumber: false)
    /// Millimetres.
    package static let length = Dimension(
        name: "a length", example: "2m", units: [("mm", 1), ("cm", 10), ("m", 1000), ("km", 1_000_000)],
        allowsBareNumber: false)

    /// Why a text is not a quantity.
    package enum Failure: Error, Hashable, Sendable {
        case notANumber
        case noUnit
        /// Another unit than the dimension's; with the nearest that it has.
        case unknownUnit(String)
        case negative
        case finerThanBaseUnit
        case tooLarge
    }

    /// The value of `text` in the dimension's base unit.
    package static func parse(_ text: String, as dimension: Dimension) throws(Failure) -> UInt64 {
        let trimmed = text.filter { $0 != "_" }
        guard !trimmed.hasPrefix("-") else { throw .negative }
        let digits = trimmed.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let unit = trimmed.dropFirst(digits.count).drop { $0 == " " }
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, whole.allSatisfy(\.isNumber) else { throw .notANumber }
        var fraction = parts.count == 2 ? parts[1] : ""
        guard parts.count == 1 || (!fraction.isEmpty && fraction.allSatisfy(\.isNumber)) else { throw .notANumber }
        while fraction.last == "0" { fraction.removeLast() }
        guard let size = try size(of: String(unit), in: dimension, isZero: digits.allSatisfy { $0 == "0" || $0 == "." })
        else { throw .unknownUnit(String(unit)) }
        return try value(whole: whole, fraction: fraction, size: size)
    }

    private static func size(
        of unit: String, in dimension: Dimension, isZero: Bool
    ) throws(Failure) -> UInt64? {
        if unit.isEmpty {
            guard dimension.allowsBareNumber || isZero else { throw .noUnit }
            return 1
        }
        return dimension.units.first { $0.name == unit }?.size
    }

    private static func value(
        whole: Substring, fraction: Substring, size: UInt64
    ) throws(Failure) -> UInt64 {
        guard fraction.count <= 18, let count = UInt64(whole) else { throw .tooLarge }
        let (product, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow else { throw .tooLarge }
        guard !fraction.isEmpty else { return product }
        guard let numerator = UInt64(fraction) else { throw .notANumber }
        var scale: UInt64 = 1
        for _ in fraction { scale *= 10 }
        let (high, low) = numerator.multipliedFullWidth(by: size)
        let (quotient, remainder) = scale.dividingFullWidth((high, low))
        guard remainder == 0 else { throw .finerThanBaseUnit }
        let (sum, carries) = product.addingReportingOverflow(quotient)
        guard !carries else { throw .tooLarge }
        return sum
    }
}
