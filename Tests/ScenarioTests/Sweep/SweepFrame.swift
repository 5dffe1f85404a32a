import Simulation
import Wire

/// A frame of the sweep: it says who sent it, and every byte behind that follows from its number.
struct SweepFrame {
    /// What the sweep remembers of a frame that it has sent.
    struct Record {
        var sender: Int
        var destination: MACAddress
        var source: MACAddress
        /// VLAN of the tag that it was sent with.
        var tag: UInt16?
        var time: SimTime
        /// Whether the rules are settled, so that where it arrives is known exactly.
        var isExact = false
        /// The places that have seen it.
        var places: [Int] = []
    }

    /// What a frame says of itself.
    struct Identity: Equatable {
        var sender: Int
        var serial: Int
        var tag: UInt16?
    }

    private static let mark: [UInt8] = [0x53, 0x57, 0x45, 0x50]
    private static let etherType: [UInt8] = [0x88, 0xb5]

    /// The bytes of frame `serial`.
    static func bytes(_ record: Record, serial: Int, byteCount: Int) -> [UInt8] {
        var bytes = octets(record.destination) + octets(record.source)
        if let tag = record.tag { bytes += [0x81, 0, UInt8(tag >> 8), UInt8(tag & 0xff)] }
        bytes += etherType + mark + [UInt8(record.sender), 0]
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: serial >> (24 - 8 * $0)) }
        while bytes.count < byteCount { bytes.append(filler(serial, bytes.count - (record.tag == nil ? 0 : 4))) }
        return bytes
    }

    /// Who has sent `bytes`; `nil` when they are none of the sweep's, or have been changed on the way.
    static func identity(_ bytes: UnsafeRawBufferPointer) -> Identity? {
        guard bytes.count >= 26 else { return nil }
        let isTagged = bytes[12] == 0x81 && bytes[13] == 0
        let start = isTagged ? 16 : 12
        guard bytes.count >= start + 12, bytes[start] == etherType[0], bytes[start + 1] == etherType[1],
            mark.indices.allSatisfy({ bytes[start + 2 + $0] == mark[$0] })
        else { return nil }
        let serial = (0..<4).reduce(0) { $0 << 8 | Int(bytes[start + 8 + $1]) }
        for place in start + 12..<bytes.count where bytes[place] != filler(serial, place - (isTagged ? 4 : 0)) {
            return nil
        }
        let tag = isTagged ? UInt16(bytes[14] & 0xf) << 8 | UInt16(bytes[15]) : nil
        return Identity(sender: Int(bytes[start + 6]), serial: serial, tag: tag)
    }

    private static func filler(_ serial: Int, _ place: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: (serial &* 31) ^ (place &* 7))
    }

    static func octets(_ address: MACAddress) -> [UInt8] {
        (0..<6).map { UInt8(truncatingIfNeeded: address.rawValue >> (40 - 8 * UInt64($0))) }
    }
}
