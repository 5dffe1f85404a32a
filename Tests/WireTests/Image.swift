import Wire

/// A record written as the specification writes capability images: "0x4=00000001, 0x10=0f0f0011", all other words zero.
func image(_ text: String, byteCount: Int) -> Record {
    var record = Record(byteCount: byteCount)
    for part in text.split(separator: ",") {
        let sides = part.split(separator: "=").map { $0.filter { !$0.isWhitespace } }
        guard sides.count == 2, let offset = Int(sides[0].dropFirst(2), radix: 16),
            let word = UInt32(sides[1], radix: 16)
        else { preconditionFailure("not a word of an image: \(part)") }
        for index in 0..<4 { record.bytes[offset + index] = UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * index)) }
    }
    return record
}

/// Bytes written in hexadecimal; spaces and line ends are for the reader.
func hex(_ text: String) -> [UInt8] {
    let digits = text.filter { !$0.isWhitespace }
    precondition(digits.count % 2 == 0)
    var bytes: [UInt8] = []
    var index = digits.startIndex
    while index < digits.endIndex {
        let next = digits.index(index, offsetBy: 2)
        guard let byte = UInt8(digits[index..<next], radix: 16) else { preconditionFailure("not hexadecimal: \(text)") }
        bytes.append(byte)
        index = next
    }
    return bytes
}

/// A repeatable source of random numbers (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }
}
