/// The checksum at the end of an Ethernet frame: CRC-32 (IEEE 802.3, 3.2.9).
public enum FrameCheckSequence {
    @inlinable public static var byteCount: Int { 4 }

    /// The checksum of all of `bytes`, as the number whose little-endian bytes follow the frame.
    public static func compute(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        ~extend(.max, with: bytes)
    }

    /// Goes on with `crc`, not inverted and starting as all ones, over `bytes`.
    public static func extend(_ crc: UInt32, with bytes: UnsafeRawBufferPointer) -> UInt32 {
        table.withUnsafeBufferPointer { table in
            var crc = crc
            var place = 0
            while place &+ 8 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                crc = step(crc, UInt64(littleEndian: word), table)
                place &+= 8
            }
            while place < bytes.count {
                crc = crc >> 8 ^ table[Int(UInt8(truncatingIfNeeded: crc) ^ bytes[place])]
                place &+= 1
            }
            return crc
        }
    }

    /// Eight bytes at once: the remainder of each is looked up at its distance from the end.
    @inline(__always)
    private static func step(_ crc: UInt32, _ word: UInt64, _ table: UnsafeBufferPointer<UInt32>) -> UInt32 {
        let word = word ^ UInt64(crc)
        var result: UInt32 = 0
        for index in 0..<8 { result ^= table[(7 &- index) &* 256 &+ Int(word &>> UInt64(8 &* index) & 0xff)] }
        return result
    }

    /// Eight tables of 256: entry `256 × n + b` is the remainder of byte `b` with `n` zero bytes behind it.
    private static let table: [UInt32] = {
        var table = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 != 0 ? 0xedb8_8320 ^ value >> 1 : value >> 1 }
            table[byte] = value
        }
        for index in 256..<8 * 256 {
            let shorter = table[index - 256]
            table[index] = shorter >> 8 ^ table[Int(shorter & 0xff)]
        }
        return table
    }()
}
