package import Simulation
package import Wire

/// One entry of the command queue while the firmware works on it (native interface, section 2.3).
package struct CommandSlot: Sendable {
    /// How far it got.
    package enum Phase: UInt8, Sendable {
        /// The entry belongs to the driver.
        case idle
        case fetchingEntry
        case fetchingInput
        case fetchingOutput
        case executing
        case writingOutput
    }

    /// A read of host memory.
    package struct Fetch: Equatable, Sendable {
        package var address: UInt64 = 0
        package var byteCount = 0
    }

    package var phase = Phase.idle
    package var doorbellTime = SimTime.zero
    package var entryAddress: UInt64 = 0
    package var delivery = DeliveryStatus.ok
    package var raisesEvent = false
    package var input = Record(byteCount: 0)
    package var output = Record(byteCount: 0)
    /// Bytes of input and output that the entry announces.
    package private(set) var inputByteCount = 0
    package private(set) var outputByteCount = 0
    /// The blocks of the output, in order.
    package var outputBlocks: [UInt64] = []
    package private(set) var currentFetch = Fetch()

    private var token: UInt32 = 0
    private var outputMailbox: UInt64 = 0
    /// The block to fetch next.
    private var nextBlock: UInt64 = 0
    /// Blocks fetched so far in the present phase.
    private var blockCount = 0

    package init() {}

    /// Takes the fetched entry, which is the device's.
    ///
    /// - Throws: the delivery status when the entry itself is wrong.
    package mutating func begin(_ entry: Record, byteCountLimit: Int) throws(DeliveryStatus) {
        token = entry.get(CommandEntry.token)
        guard entry.get(CommandEntry.type) == CommandEntry.pcieTransport else { throw .badDescriptor }
        guard entry.get(BitField(0x0, 23, 0)) == 0 else { throw .reservedNotZero }
        let inputLength = Int(entry.get(CommandEntry.inputLength))
        let outputLength = Int(entry.get(CommandEntry.outputLength))
        guard (8...byteCountLimit).contains(inputLength) else { throw .badInputLength }
        guard (8...byteCountLimit).contains(outputLength) else { throw .badOutputLength }
        inputByteCount = inputLength
        outputByteCount = outputLength
        let inline = CommandEntry.input..<CommandEntry.input + min(CommandEntry.inlineByteCount, inputLength)
        input.bytes = Array(entry.bytes[inline])
        nextBlock = entry.get64(CommandEntry.inputMailbox)
        outputMailbox = entry.get64(CommandEntry.outputMailbox)
        phase = .fetchingInput
    }

    /// What to read from host memory next; `nil` when input and output blocks are complete.
    package mutating func nextFetch() throws(DeliveryStatus) -> Fetch? {
        if phase == .fetchingInput {
            if blockCount < Mailbox.blockCount(forByteCount: inputByteCount) {
                guard nextBlock != 0 || blockCount == 0 else { throw .badInputLength }
                guard nextBlock != 0, nextBlock & 0x1ff == 0 else { throw .badInputPointer }
                return fetch(nextBlock, Mailbox.byteCount)
            }
            phase = .fetchingOutput
            blockCount = 0
            nextBlock = outputMailbox
        }
        guard blockCount < Mailbox.blockCount(forByteCount: outputByteCount) else { return nil }
        guard nextBlock != 0 || blockCount == 0 else { throw .badOutputLength }
        guard nextBlock != 0, nextBlock & 0x1ff == 0 else { throw .badOutputPointer }
        return fetch(nextBlock &+ UInt64(Mailbox.control), Mailbox.byteCount - Mailbox.control)
    }

    private mutating func fetch(_ address: UInt64, _ byteCount: Int) -> Fetch {
        currentFetch = Fetch(address: address, byteCount: byteCount)
        return currentFetch
    }

    /// Takes the block that was fetched, or `nil` when host memory could not be reached.
    package mutating func take(_ block: Record?) throws(DeliveryStatus) {
        let isInput = phase == .fetchingInput
        guard let block else { throw isInput ? .badInputPointer : .badOutputPointer }
        let base = isInput ? 0 : -Mailbox.control
        guard block.get(Mailbox.token, at: base) == token else { throw .badToken }
        guard block.get(Mailbox.blockNumber, at: base) == UInt32(blockCount) else { throw .badBlockNumber }
        if isInput {
            let byteCount = min(Mailbox.dataByteCount, inputByteCount - input.byteCount)
            input.bytes.append(contentsOf: block.bytes[..<byteCount])
        } else {
            outputBlocks.append(nextBlock)
        }
        nextBlock = block.get64(base + Mailbox.nextPointer)
        blockCount += 1
    }

    /// Takes the reply, cut or padded with zeros to what the driver has room for.
    package mutating func finish(_ reply: Record) {
        output = reply
        let missing = outputByteCount - reply.byteCount
        if missing > 0 {
            output.bytes.append(contentsOf: repeatElement(0, count: missing))
        } else {
            output.bytes.removeLast(-missing)
        }
    }

    /// What is written to host memory, in order: blocks, inline output, and the status byte last.
    var outputPieces: [NIC.HostPiece] {
        var pieces: [NIC.HostPiece] = []
        var position = CommandEntry.inlineByteCount
        for block in outputBlocks where position < output.byteCount {
            let end = min(output.byteCount, position + Mailbox.dataByteCount)
            pieces.append(NIC.HostPiece(address: block, bytes: Array(output.bytes[position..<end])))
            position = end
        }
        if output.byteCount > 0 {
            var inline = Array(output.bytes.prefix(CommandEntry.inlineByteCount))
            inline.append(contentsOf: repeatElement(0, count: CommandEntry.inlineByteCount - inline.count))
            pieces.append(NIC.HostPiece(address: entryAddress &+ UInt64(CommandEntry.output), bytes: inline))
        }
        let status = UInt64(CommandEntry.byteCount - 1)
        pieces.append(NIC.HostPiece(address: entryAddress &+ status, bytes: [delivery.rawValue << 1]))
        return pieces
    }
}
