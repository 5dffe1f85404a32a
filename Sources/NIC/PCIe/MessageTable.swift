/// The MSI-X table and pending bits of one function (PCI Express 5.0, section 7.7.2).
///
/// A vector that is due while it is masked becomes pending, and is sent once when the mask is lifted.
package struct MessageTable: Sendable {
    /// A memory write that is an interrupt.
    package struct Message: Equatable, Sendable {
        package var address: UInt64
        package var data: UInt32
    }

    /// Four words a vector: address low, address high, data, control (bit 0: masked); empty while all are as after
    /// reset.
    private var words: [UInt32] = []
    private var pending = InlineArray<4, UInt64>(repeating: 0)
    package private(set) var vectorCount: Int
    /// Message control, bit 15.
    ///
    /// While it is clear, no interrupt leaves the function.
    package private(set) var isEnabled = false
    /// Message control, bit 14.
    package private(set) var isMasked = false

    package init(vectorCount: Int) {
        precondition(vectorCount >= 1 && vectorCount <= 256)
        self.vectorCount = vectorCount
    }

    /// Gives the function another number of vectors; all of them are as after reset.
    package mutating func resize(to count: Int) { self = MessageTable(vectorCount: count) }

    private func word(_ index: Int) -> UInt32 { words.isEmpty ? (index & 3 == 3 ? 1 : 0) : words[index] }

    /// Has `vector` wait: its message cannot leave now.
    package mutating func setPending(_ vector: Int) {
        guard vector >= 0, vector < vectorCount else { return }
        pending[vector >> 6] |= 1 << UInt64(vector & 63)
    }

    /// Puts every vector back to its state after reset.
    package mutating func reset() { self = MessageTable(vectorCount: vectorCount) }

    /// Takes over what the driver wrote to the message control register; ask `takeReleased` afterwards.
    package mutating func setControl(isEnabled: Bool, isMasked: Bool) {
        self.isEnabled = isEnabled
        self.isMasked = isMasked
    }

    /// The message of `vector` when it may be sent now; otherwise `nil`, and the vector is pending if it is masked.
    package mutating func message(for vector: Int) -> Message? {
        guard isEnabled, vector >= 0, vector < vectorCount else { return nil }
        if isMasked || word(vector * 4 + 3) & 1 != 0 {
            pending[vector >> 6] |= 1 << UInt64(vector & 63)
            return nil
        }
        return message(at: vector)
    }

    /// The message of the lowest vector that is pending and no longer masked, which stops being pending.
    package mutating func takeReleased() -> Message? {
        guard isEnabled, !isMasked else { return nil }
        for index in pending.indices where pending[index] != 0 {
            var left = pending[index]
            while left != 0 {
                let vector = index << 6 + left.trailingZeroBitCount
                if word(vector * 4 + 3) & 1 == 0 {
                    pending[index] &= ~(left & (0 &- left))
                    return message(at: vector)
                }
                left &= left - 1
            }
        }
        return nil
    }

    /// Whether `vector` waits for its mask to be lifted.
    package func isPending(_ vector: Int) -> Bool {
        vector >= 0 && vector < vectorCount && pending[vector >> 6] >> UInt64(vector & 63) & 1 != 0
    }

    private func message(at vector: Int) -> Message {
        Message(
            address: UInt64(word(vector * 4)) | UInt64(word(vector * 4 + 1)) << 32, data: word(vector * 4 + 2))
    }

    // MARK: Accesses to BAR4

    /// The `byteCount` bytes at `offset` of the BAR; zero where there is nothing.
    package func read(_ offset: Int, byteCount: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in 0..<min(byteCount, 8) { value |= UInt64(byte(at: offset + index)) << UInt64(index * 8) }
        return value
    }

    /// Writes the lowest `byteCount` bytes of `value` at `offset` of the BAR; ask `takeReleased` afterwards.
    ///
    /// Address bits 1 and 0 and all control bits but the mask read as zero; pending bits cannot be written.
    package mutating func write(_ offset: Int, byteCount: Int, value: UInt64) {
        if words.isEmpty, offset < vectorCount * 16 { words = (0..<vectorCount * 4).map { $0 & 3 == 3 ? 1 : 0 } }
        for index in 0..<min(byteCount, 8) where offset + index < words.count * 4 {
            let place = offset + index
            let shift = UInt32(place & 3) * 8
            let permitted: UInt32 = place >> 2 & 3 == 3 ? 1 : place >> 2 & 3 == 0 ? ~3 : .max
            let mask = 0xff << shift & permitted
            let new = UInt32(truncatingIfNeeded: value >> UInt64(index * 8)) & 0xff
            words[place >> 2] = words[place >> 2] & ~mask | new << shift & mask
        }
    }

    private func byte(at offset: Int) -> UInt8 {
        if offset < vectorCount * 16 {
            return UInt8(truncatingIfNeeded: word(offset >> 2) >> (UInt32(offset & 3) * 8))
        }
        let index = offset - ConfigurationSpace.pendingOffset
        guard index >= 0, index < (vectorCount + 63) / 64 * 8 else { return 0 }
        return UInt8(truncatingIfNeeded: pending[index >> 3] >> (UInt64(index & 7) * 8))
    }
}
