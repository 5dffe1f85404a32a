extension MACAddress: CustomStringConvertible, LosslessStringConvertible {
    /// Such as "02:00:00:00:00:01".
    public var description: String {
        var text = ""
        for index in 0..<6 {
            let byte = rawValue >> UInt64(40 - 8 * index) & 0xff
            text += (index == 0 ? "" : ":") + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return text
    }

    /// Six bytes of one or two hexadecimal digits, separated by colons; nil for anything else.
    public init?(_ description: String) {
        let parts = description.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6 else { return nil }
        var value: UInt64 = 0
        for part in parts {
            guard part.utf8.count == 1 || part.utf8.count == 2, part.allSatisfy(\.isHexDigit) else { return nil }
            guard let byte = UInt8(part, radix: 16) else { return nil }
            value = value << 8 | UInt64(byte)
        }
        self.init(rawValue: value)
    }
}
