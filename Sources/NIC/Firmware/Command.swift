package import Simulation
package import Wire

/// One command while it is executed: its whole input, the reply as it is built.
package struct Command: Sendable {
    package let opcode: Opcode
    package let opMod: UInt16
    package let input: Record
    package var output: Record
    /// Bytes of output that the driver has room for.
    package let outputRoom: Int
    package let now: SimTime

    /// The number in `field` of the input.
    package func number(_ field: BitField) -> Int { Int(input.get(field)) }

    /// The structure of `byteCount` bytes at `offset` of the input.
    package func part(_ offset: Int, _ byteCount: Int) -> Record {
        let end = min(input.byteCount, offset + byteCount)
        var bytes = Array(input.bytes[min(offset, end)..<end])
        bytes.append(contentsOf: repeatElement(0, count: byteCount - bytes.count))
        return Record(bytes: bytes)
    }

    /// Sets `field` of the reply.
    package mutating func reply(_ field: BitField, _ value: Int) {
        output.set(field, UInt32(truncatingIfNeeded: value))
    }

    /// The 64-bit words from `offset` of the input to its end.
    package func list(at offset: Int) -> [UInt64] {
        stride(from: offset, to: input.byteCount - 7, by: 8).map { input.get64($0) }
    }
}
