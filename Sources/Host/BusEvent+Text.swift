extension BusEvent: CustomStringConvertible {
    /// What happens, for people: `function 0: write of 4 bytes at BAR0 0x18, 0x1000000`.
    ///
    /// Stable from run to run.
    public var description: String {
        func hexadecimal(_ value: some BinaryInteger) -> String { "0x" + String(value, radix: 16) }
        let what: String
        switch self {
        case .configurationRead(_, let offset, let byteCount, let tag):
            what = "read \(tag) of \(byteCount) bytes at configuration space \(hexadecimal(offset))"
        case .configurationWrite(_, let offset, let byteCount, let value):
            what = "write of \(byteCount) bytes at configuration space \(hexadecimal(offset)), \(hexadecimal(value))"
        case .memoryRead(_, let bar, let byteCount, let offset, let tag):
            what = "read \(tag) of \(byteCount) bytes at BAR\(bar) \(hexadecimal(offset))"
        case .memoryWrite(_, let bar, let byteCount, let offset, let value):
            what = "write of \(byteCount) bytes at BAR\(bar) \(hexadecimal(offset)), \(hexadecimal(value))"
        case .completion(_, let tag, let value): what = "answer to read \(tag), \(hexadecimal(value))"
        case .interrupt(_, let vector): what = "interrupt, vector \(vector)"
        case .fault: what = "the IOMMU refuses an access"
        }
        return "function \(function.index): \(what)"
    }
}
