/// A completion, 64 bytes (native interface, section 5.3).
///
/// Completions of 128 bytes hold one in their upper half.
///
/// Held as the eight 64-bit words of the record; the fields are views of them (`CompletionQueueEntry+Fields.swift`),
/// so that an entry survives decoding and encoding bit for bit, also where the table names nothing.
@frozen public struct CompletionQueueEntry: Sendable, BitwiseCopyable, Equatable {
    @inlinable public static var byteCount: Int { 64 }
    /// The byte a driver fills a new completion queue with: opcode `invalid`, owner 1.
    @inlinable public static var initialByte: UInt8 { 0xf1 }

    @usableFromInline var word0: UInt64 = 0
    @usableFromInline var word1: UInt64 = 0
    @usableFromInline var word2: UInt64 = 0
    @usableFromInline var word3: UInt64 = 0
    @usableFromInline var word4: UInt64 = 0
    @usableFromInline var word5: UInt64 = 0
    @usableFromInline var word6: UInt64 = 0
    @usableFromInline var word7: UInt64 = 0

    /// All bits zero: opcode `requester`, owner 0.
    @inlinable public init() {}

    /// The entry whose first byte is at `offset`.
    ///
    /// Traps when it does not lie within `bytes`.
    @inlinable public init(decoding bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
        precondition(offset >= 0 && offset &+ Self.byteCount <= bytes.count, "completion outside the buffer")
        word0 = bytes.word(at: offset)
        word1 = bytes.word(at: offset &+ 8)
        word2 = bytes.word(at: offset &+ 16)
        word3 = bytes.word(at: offset &+ 24)
        word4 = bytes.word(at: offset &+ 32)
        word5 = bytes.word(at: offset &+ 40)
        word6 = bytes.word(at: offset &+ 48)
        word7 = bytes.word(at: offset &+ 56)
    }

    /// Writes the entry with its first byte at `offset`, the owner bit last.
    ///
    /// Traps when it does not fit.
    @inlinable public func encode(into bytes: UnsafeMutableRawBufferPointer, at offset: Int = 0) {
        precondition(offset >= 0 && offset &+ Self.byteCount <= bytes.count, "completion outside the buffer")
        bytes.store(word: word0, at: offset)
        bytes.store(word: word1, at: offset &+ 8)
        bytes.store(word: word2, at: offset &+ 16)
        bytes.store(word: word3, at: offset &+ 24)
        bytes.store(word: word4, at: offset &+ 32)
        bytes.store(word: word5, at: offset &+ 40)
        bytes.store(word: word6, at: offset &+ 48)
        bytes.store(word: word7, at: offset &+ 56)
    }

    /// The owner bit of the entry that a queue of `1 << logSize` entries writes as its `producer`-th, from zero.
    @inlinable public static func owner(ofProducer producer: UInt32, logSize: UInt32) -> Bool {
        producer >> logSize & 1 == 1
    }

    /// A received frame of `byteCount` bytes that consumed the entry `wqeCounter`; other fields are set afterwards.
    @inlinable public static func received(
        byteCount: UInt32, wqeCounter: UInt16, timestamp: UInt64 = 0
    ) -> CompletionQueueEntry {
        var entry = CompletionQueueEntry()
        entry.opcode = .send
        entry.byteCount = byteCount
        entry.wqeCounter = wqeCounter
        entry.timestamp = timestamp
        entry.signature = 0xff
        return entry
    }

    /// A finished send: the entry `wqeCounter` of queue `queueNumber`, which asked for `sendOpcode`.
    @inlinable public static func sent(
        queueNumber: UInt32, wqeCounter: UInt16, sendOpcode: UInt8, timestamp: UInt64 = 0
    ) -> CompletionQueueEntry {
        var entry = CompletionQueueEntry()
        entry.opcode = .requester
        entry.sendOpcode = sendOpcode
        entry.queueNumber = queueNumber
        entry.wqeCounter = wqeCounter
        entry.timestamp = timestamp
        entry.signature = 0xff
        return entry
    }

    /// A failure of the entry `wqeCounter` of queue `queueNumber`; `opcode` is one of the three errors.
    @inlinable public static func failed(
        _ opcode: CompletionOpcode, queueNumber: UInt32, wqeCounter: UInt16, sendOpcode: UInt8 = 0,
        syndrome: CompletionSyndrome, vendorSyndrome: UInt8 = 0
    ) -> CompletionQueueEntry {
        var entry = CompletionQueueEntry()
        entry.opcode = opcode
        entry.sendOpcode = sendOpcode
        entry.queueNumber = queueNumber
        entry.wqeCounter = wqeCounter
        entry.rawSyndrome = syndrome.rawValue
        entry.vendorSyndrome = vendorSyndrome
        entry.signature = 0xff
        return entry
    }
}
