/// The first segment of every send work queue entry, 16 bytes (native interface, section 5.1).
@frozen public struct WQEControlSegment: Sendable, BitwiseCopyable, Equatable {
    @inlinable public static var byteCount: Int { 16 }

    @usableFromInline var word0: UInt64 = 0
    @usableFromInline var word1: UInt64 = 0

    /// All bits zero: NOP of queue 0.
    @inlinable public init() {}

    /// A segment of an entry `segmentCount` × 16 bytes long.
    @inlinable public init(
        _ opcode: SendOpcode, queueNumber: UInt32, wqeIndex: UInt16, segmentCount: UInt8,
        completion: CompletionMode = .onErrorOnly, opcodeModifier: UInt8 = 0
    ) {
        self.opcodeModifier = opcodeModifier
        rawOpcode = opcode.rawValue
        self.queueNumber = queueNumber
        self.wqeIndex = wqeIndex
        self.segmentCount = segmentCount
        completionModeValue = completion.rawValue
    }

    /// Offset 0x0 [31:24].
    @inlinable public var opcodeModifier: UInt8 {
        get { UInt8(truncatingIfNeeded: word0.bits(56, 8)) }
        set { word0.setBits(56, 8, UInt64(newValue)) }
    }

    /// Offset 0x0 [23:8]: counter of the entry's first 64-byte block.
    @inlinable public var wqeIndex: UInt16 {
        get { UInt16(truncatingIfNeeded: word0.bits(40, 16)) }
        set { word0.setBits(40, 16, UInt64(newValue)) }
    }

    /// Offset 0x0 [7:0], as it stands.
    @inlinable public var rawOpcode: UInt8 {
        get { UInt8(truncatingIfNeeded: word0.bits(32, 8)) }
        set { word0.setBits(32, 8, UInt64(newValue)) }
    }

    /// Offset 0x4 [31:8]: number of the send queue.
    @inlinable public var queueNumber: UInt32 {
        get { UInt32(truncatingIfNeeded: word0.bits(8, 24)) }
        set { word0.setBits(8, 24, UInt64(newValue)) }
    }

    /// Offset 0x4 [5:0]: the entry's length in units of 16 bytes, this segment included.
    @inlinable public var segmentCount: UInt8 {
        get { UInt8(truncatingIfNeeded: word0.bits(0, 6)) }
        set { word0.setBits(0, 6, UInt64(newValue)) }
    }

    /// Offset 0x8 [31:24].
    @inlinable public var signature: UInt8 {
        get { UInt8(truncatingIfNeeded: word1.bits(56, 8)) }
        set { word1.setBits(56, 8, UInt64(newValue)) }
    }

    /// Offset 0x8 [7:5].
    @inlinable public var fence: UInt8 {
        get { UInt8(truncatingIfNeeded: word1.bits(37, 3)) }
        set { word1.setBits(37, 3, UInt64(newValue)) }
    }

    /// Offset 0x8 [3:2], as it stands.
    @inlinable public var completionModeValue: UInt8 {
        get { UInt8(truncatingIfNeeded: word1.bits(34, 2)) }
        set { word1.setBits(34, 2, UInt64(newValue)) }
    }

    /// Offset 0x8 [1]: the receiver is to raise an event.
    @inlinable public var isSolicited: Bool {
        get { word1.bits(33, 1) != 0 }
        set { word1.setBits(33, 1, newValue ? 1 : 0) }
    }

    /// Offset 0xc: immediate data, memory key or transport interface number.
    @inlinable public var immediate: UInt32 {
        get { UInt32(truncatingIfNeeded: word1.bits(0, 32)) }
        set { word1.setBits(0, 32, UInt64(newValue)) }
    }

    /// Offset 0x0 [7:0]; nil for values not assigned.
    @inlinable public var opcode: SendOpcode? { SendOpcode(rawValue: rawOpcode) }

    /// Offset 0x8 [3:2]; `onErrorOnly` for the value not assigned.
    @inlinable public var completion: CompletionMode { CompletionMode(rawValue: completionModeValue) ?? .onErrorOnly }

    /// The first eight bytes as a number: what the send doorbell is written with, big-endian.
    @inlinable public var doorbell: UInt64 { word0 }

    /// The segment whose first byte is at `offset`.
    ///
    /// Traps when it does not lie within `bytes`.
    @inlinable public init(decoding bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
        precondition(offset >= 0 && offset &+ Self.byteCount <= bytes.count, "segment outside the buffer")
        word0 = bytes.word(at: offset)
        word1 = bytes.word(at: offset &+ 8)
    }

    /// Writes the segment with its first byte at `offset`.
    ///
    /// Traps when it does not fit.
    @inlinable public func encode(into bytes: UnsafeMutableRawBufferPointer, at offset: Int = 0) {
        precondition(offset >= 0 && offset &+ Self.byteCount <= bytes.count, "segment outside the buffer")
        bytes.store(word: word0, at: offset)
        bytes.store(word: word1, at: offset &+ 8)
    }
}
