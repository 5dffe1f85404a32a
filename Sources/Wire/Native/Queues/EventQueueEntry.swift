/// An event, 64 bytes (native interface, section 5.5).
///
/// Held as the words of the record that can be non-zero; the fields are views of them.
@frozen public struct EventQueueEntry: Sendable, BitwiseCopyable, Equatable {
    @inlinable public static var byteCount: Int { 64 }

    @usableFromInline var word0: UInt64 = 0
    @usableFromInline var word4: UInt64 = 0
    @usableFromInline var word5: UInt64 = 0
    @usableFromInline var word6: UInt64 = 0
    @usableFromInline var word7: UInt64 = 0

    /// An event without data.
    @inlinable public init(_ type: EventType, subtype: UInt8 = 0) {
        eventTypeValue = type.rawValue
        self.subtype = subtype
    }

    /// The entry whose first byte is at `offset`; the reserved bytes 0x8 to 0x1f are not kept.
    ///
    /// Traps when it does not lie within `bytes`.
    @inlinable public init(decoding bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
        precondition(offset >= 0 && offset &+ Self.byteCount <= bytes.count, "event outside the buffer")
        word0 = bytes.word(at: offset)
        word4 = bytes.word(at: offset &+ 32)
        word5 = bytes.word(at: offset &+ 40)
        word6 = bytes.word(at: offset &+ 48)
        word7 = bytes.word(at: offset &+ 56)
    }

    /// Writes the entry with its first byte at `offset`, the owner bit last.
    ///
    /// Traps when it does not fit.
    @inlinable public func encode(into bytes: UnsafeMutableRawBufferPointer, at offset: Int = 0) {
        precondition(offset >= 0 && offset &+ Self.byteCount <= bytes.count, "event outside the buffer")
        bytes.store(word: word0, at: offset)
        bytes.store(word: 0, at: offset &+ 8)
        bytes.store(word: 0, at: offset &+ 16)
        bytes.store(word: 0, at: offset &+ 24)
        bytes.store(word: word4, at: offset &+ 32)
        bytes.store(word: word5, at: offset &+ 40)
        bytes.store(word: word6, at: offset &+ 48)
        bytes.store(word: word7, at: offset &+ 56)
    }
}
