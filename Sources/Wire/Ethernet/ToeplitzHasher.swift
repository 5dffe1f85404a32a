/// The Toeplitz hash that spreads received packets over queues, for one key.
///
/// The hash is linear: that of an input is the exclusive or of those of its parts, each in its place. So the hash of
/// every value of every four bits of the longest input is worked out once for a key, and hashing is 24 look-ups for
/// TCP over IPv4 in a table of 4608 bytes, which several keys can share the first-level cache with.
public struct ToeplitzHasher: Sendable {
    /// Bytes of a key.
    @inlinable public static var keyByteCount: Int { 40 }
    /// Bytes of the longest input: two IPv6 addresses and two ports.
    @inlinable public static var maximumInputByteCount: Int { 36 }

    /// An input under way.
    @frozen public struct State: Sendable, BitwiseCopyable {
        /// Result so far.
        public var hash: UInt32 = 0
        /// Index in the table of the next four bits' entries.
        @usableFromInline var place = 0

        @inlinable public init() {}
    }

    /// The hash of the key of zeros, which is always zero.
    public static let zero = ToeplitzHasher(key: Array(repeating: 0, count: keyByteCount))

    /// The key.
    public let key: [UInt8]
    @usableFromInline let table: [UInt32]

    /// Prepares the hash of a key of 40 bytes.
    ///
    /// Traps for any other length.
    public init(key: [UInt8]) {
        precondition(key.count == Self.keyByteCount, "a Toeplitz key has 40 bytes")
        var table: [UInt32] = []
        table.reserveCapacity(Self.maximumInputByteCount * 2 * 16)
        for nibble in 0..<Self.maximumInputByteCount * 2 {
            let windows = (0..<4).map { Self.window(of: key, atBit: nibble * 4 + $0) }
            for value in 0..<16 as Range<Int> {
                var hash: UInt32 = 0
                for bit in 0..<4 where value >> (3 - bit) & 1 != 0 { hash ^= windows[bit] }
                table.append(hash)
            }
        }
        self.key = key
        self.table = table
    }

    /// The 32 bits of `key` that start at bit `first`, counted from the first byte's highest bit.
    private static func window(of key: [UInt8], atBit first: Int) -> UInt32 {
        var window: UInt32 = 0
        for bit in first..<first + 32 { window = window << 1 | UInt32(key[bit / 8] >> UInt8(7 - bit % 8) & 1) }
        return window
    }

    /// Appends 32 bits to the input.
    ///
    /// Traps when it gets longer than 36 bytes.
    @inlinable public func append(_ value: UInt32, to state: inout State) {
        let place = state.place
        precondition(place &+ 128 <= table.count, "the hash's input is longer than the key allows")
        state.hash ^= table.withUnsafeBufferPointer { Self.hash(of: value, at: place, $0) }
        state.place = place &+ 128
    }

    /// Appends 16 bits to the input.
    ///
    /// Traps when it gets longer than 36 bytes.
    @inlinable public func append(_ value: UInt16, to state: inout State) {
        let place = state.place
        precondition(place &+ 64 <= table.count, "the hash's input is longer than the key allows")
        state.hash ^= table.withUnsafeBufferPointer { Self.hash(of: value, at: place, $0) }
        state.place = place &+ 64
    }

    /// Appends `count` bytes, a multiple of four, from `offset`.
    ///
    /// Traps when they do not lie within `bytes`, or when the input gets longer than 36 bytes.
    @inlinable public func append(
        _ bytes: UnsafeRawBufferPointer, from offset: Int, count: Int, to state: inout State
    ) {
        precondition(count & 3 == 0 && count >= 0 && offset >= 0 && offset <= bytes.count &- count)
        let place = state.place
        precondition(place &+ count &* 32 <= table.count, "the hash's input is longer than the key allows")
        state.hash ^= table.withUnsafeBufferPointer { entries in
            var hash: UInt32 = 0
            var done = 0
            while done < count {
                let value = bytes.loadUnaligned(fromByteOffset: offset &+ done, as: UInt32.self)
                hash ^= Self.hash(of: UInt32(bigEndian: value), at: place &+ done &* 32, entries)
                done &+= 4
            }
            return hash
        }
        state.place = place &+ count &* 32
    }

    /// Part of the hash that 32 bits at index `place` of the table make.
    @inlinable static func hash(of value: UInt32, at place: Int, _ entries: UnsafeBufferPointer<UInt32>) -> UInt32 {
        hash(of: UInt16(truncatingIfNeeded: value &>> 16), at: place, entries)
            ^ hash(of: UInt16(truncatingIfNeeded: value), at: place &+ 64, entries)
    }

    /// Part of the hash that 16 bits at index `place` of the table make.
    @inlinable static func hash(of value: UInt16, at place: Int, _ entries: UnsafeBufferPointer<UInt32>) -> UInt32 {
        let value = Int(value)
        return entries[place &+ (value &>> 12)] ^ entries[place &+ 16 &+ (value &>> 8 & 15)]
            ^ entries[place &+ 32 &+ (value &>> 4 & 15)] ^ entries[place &+ 48 &+ (value & 15)]
    }
}
