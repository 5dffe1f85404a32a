package import Simulation

/// Reads pcapng files completely: interfaces with their names, and packets with exact times, directions, numbers and
/// comments, which libpcap leaves out.
///
/// For Martlet's own traces, in either byte order and with blocks it does not know.
package struct PcapngReader: ~Copyable {
    /// An interface as the file describes it.
    package struct Interface: Equatable, Sendable {
        package var name = ""
        package var summary = ""
        package var linkType: UInt16
        package var bitsPerSecond: UInt64 = 0
        /// From the interface's statistics, which follow the packets; `nil` until they were read.
        package var receivedCount: UInt64?
        package var droppedCount: UInt64?
        var timeResolution: UInt8 = 6
        var timeOffsetSeconds: Int64 = 0
    }

    /// One packet.
    package struct Packet {
        /// Index in `interfaces`.
        package var interface: Int
        /// Exact when Martlet wrote the file, else as exact as the interface's resolution.
        package var time: SimTime
        package var direction: TapDirection?
        /// The frame's serial number.
        package var serial: UInt64?
        package var originalByteCount: Int
        /// The kept bytes.
        ///
        /// Valid until the next call of `next`.
        package var bytes: UnsafeRawBufferPointer
        package var comment: String?
    }

    var input: CaptureInput
    var isSwapped = false
    /// Index of the section's first interface in `interfaces`.
    var firstInterface = 0
    private var blockToSkip = 0

    /// All interfaces met so far.
    package internal(set) var interfaces: [Interface] = []
    /// The program that wrote the section read last, and that section's comment; empty for none.
    package internal(set) var application = ""
    package internal(set) var comment = ""
    /// Number of packets read.
    package internal(set) var packetCount: UInt64 = 0

    /// Opens the file at `path`, which must begin as pcapng does.
    ///
    /// Its interfaces are read along with its packets.
    package init(path: String) throws(CaptureError) { input = try Self.open(path) }

    private static func open(_ path: String) throws(CaptureError) -> CaptureInput {
        var input = try CaptureInput(path: path)
        let isPcapng = try input.need(4) && input.bytes[..<4].elementsEqual([0x0a, 0x0d, 0x0d, 0x0a])
        guard isPcapng else {
            throw CaptureError(file: path, byteOffset: 0, found: "no section header", expected: "a pcapng file")
        }
        return input
    }

    /// The next packet; `nil` at the end of the file.
    ///
    /// - Throws: `CaptureError` where the file is damaged; all packets before it were given.
    package mutating func next() throws(CaptureError) -> Packet? {
        while let block = try nextBlock() {
            switch block.type {
            case PcapngFormat.Block.sectionHeader: try readSectionHeader(block)
            case PcapngFormat.Block.interfaceDescription: try readInterface(block)
            case PcapngFormat.Block.interfaceStatistics: try readStatistics(block)
            case PcapngFormat.Block.enhancedPacket: return try readEnhancedPacket(block)
            case PcapngFormat.Block.simplePacket: return try readSimplePacket(block)
            default: break  // A kind of block that has no packet for us (section 3.1: to be skipped).
            }
        }
        return nil
    }

    /// A block at hand: its type, and the bytes between its two lengths.
    struct Block {
        var type: UInt32
        var body: UnsafeRawBufferPointer
    }

    /// The next block, whole; the one before is forgotten.
    private mutating func nextBlock() throws(CaptureError) -> Block? {
        input.take(blockToSkip)
        blockToSkip = 0
        guard try input.need(12) else {
            if input.bytes.isEmpty { return nil }
            throw error(found: "the end of the file after \(input.bytes.count) bytes", expected: "a whole block")
        }
        if input.bytes.loadUnaligned(as: UInt32.self) == PcapngFormat.Block.sectionHeader {
            let magic = input.bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
            guard magic == PcapngFormat.byteOrderMagic || magic.byteSwapped == PcapngFormat.byteOrderMagic else {
                throw error(
                    found: "byte-order magic 0x\(String(magic, radix: 16))", expected: "0x1a2b3c4d in either byte order"
                )
            }
            isSwapped = magic != PcapngFormat.byteOrderMagic
        }
        let type: UInt32 = number(input.bytes, 0)
        let total = Int(number(input.bytes, 4) as UInt32)
        guard total >= 12, total % 4 == 0, total <= PcapngFormat.longestBlock else {
            throw error(
                found: "a block of \(total) bytes", expected: "a multiple of 4 from 12 to \(PcapngFormat.longestBlock)")
        }
        guard try input.need(total) else {
            throw error(
                found: "the end of the file after \(input.bytes.count) bytes of a block", expected: "\(total) bytes")
        }
        let closing = Int(number(input.bytes, total - 4) as UInt32)
        guard closing == total else {
            throw error(found: "a block whose second length is \(closing)", expected: "\(total), as its first")
        }
        blockToSkip = total
        return Block(type: type, body: UnsafeRawBufferPointer(rebasing: input.bytes[8..<total - 4]))
    }

    /// The number at `offset` of `bytes`, in the section's byte order.
    ///
    /// The caller has checked that it is there.
    func number<Number: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: UnsafeRawBufferPointer, _ offset: Int
    ) -> Number {
        let stored = bytes.loadUnaligned(fromByteOffset: offset, as: Number.self)
        return isSwapped ? stored.byteSwapped : stored
    }

    /// An error at the start of the block at hand.
    func error(found: String, expected: String) -> CaptureError {
        CaptureError(
            file: input.path, byteOffset: input.offset, frameNumber: packetCount + 1, found: found, expected: expected)
    }
}
