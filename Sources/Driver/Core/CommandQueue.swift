import Host
import Simulation
import Wire

/// The command interface as the driver sees it: entries, mailboxes, and what is in flight (section 2).
struct CommandQueue {
    /// What one entry of the queue is doing.
    struct Slot {
        var opcode: Opcode?
        var opMod: UInt16 = 0
        var outputByteCount = 0
        var generation: UInt16 = 0
        var deadline = SimTime.zero
        /// The first bytes of the input, for messages.
        var token: UInt8 = 0
    }

    let entries: DMAAllocation
    let mailboxes: DMAAllocation
    /// Binary logarithm of the distance of two entries.
    let logStride: Int
    /// Entries of the queue; the last serves page commands.
    let entryCount: Int
    /// Blocks of input, and as many of output, that each slot owns.
    let blockCounts: (command: Int, page: Int)
    var slots: [Slot] = [Slot(), Slot()]
    var nextToken: UInt8 = 1
    /// Whether completions are announced by events; before that ownership is polled.
    var usesEvents = false
    var issuedCount = 0
    /// A command was never answered: the device cannot be relied on until it is reset.
    var isBroken = false

    init(
        entries: DMAAllocation, mailboxes: DMAAllocation, logStride: Int, entryCount: Int, profile: FunctionProfile
    ) {
        blockCounts = (profile.commandBlockCount, profile.pageBlockCount)
        self.entries = entries
        self.mailboxes = mailboxes
        self.logStride = logStride
        self.entryCount = entryCount
    }

    /// Bytes the mailboxes of both slots take.
    static func mailboxByteCount(_ profile: FunctionProfile) -> Int {
        2 * (profile.commandBlockCount + profile.pageBlockCount) * Mailbox.alignment
    }

    /// Longest input or output of `slot`, in bytes.
    func longest(_ slot: Int) -> Int {
        CommandEntry.inlineByteCount + (slot == 0 ? blockCounts.command : blockCounts.page) * Mailbox.dataByteCount
    }

    /// Entry that slot `slot` uses: 0 for commands, the last for page commands.
    func entryIndex(_ slot: Int) -> Int { slot == 0 ? 0 : entryCount - 1 }
    func entryOffset(_ slot: Int) -> UInt64 { UInt64(entryIndex(slot) << logStride) }
    func isBusy(_ slot: Int) -> Bool { slots[slot].opcode != nil }

    private func blockOffset(_ slot: Int, output: Bool, _ block: Int) -> UInt64 {
        let first = slot == 0 ? 0 : 2 * blockCounts.command
        let own = slot == 0 ? blockCounts.command : blockCounts.page
        return UInt64((first + (output ? own : 0) + block) * Mailbox.alignment)
    }

    /// Writes `input` into the entry and mailboxes of `slot`, owned by the device; the doorbell is the caller's.
    mutating func post(_ input: Record, opcode: Opcode, outputByteCount: Int, slot: Int, host: inout Host)
        throws(DriverError)
    {
        precondition(!isBusy(slot), "command slot in use")
        guard input.byteCount <= longest(slot), outputByteCount <= longest(slot) else {
            throw DriverError("command \(opcode) is longer than the mailboxes")
        }
        let token = nextToken
        nextToken = nextToken == .max ? 1 : nextToken + 1
        slots[slot].opcode = opcode
        slots[slot].opMod = UInt16(truncatingIfNeeded: input.get(CommandHeader.opMod))
        slots[slot].outputByteCount = outputByteCount
        slots[slot].generation &+= 1
        slots[slot].token = token
        issuedCount += 1
        var entry = Record(byteCount: CommandEntry.byteCount)
        entry.set(CommandEntry.type, CommandEntry.pcieTransport)
        entry.set(CommandEntry.inputLength, UInt32(input.byteCount))
        entry.set(CommandEntry.outputLength, UInt32(outputByteCount))
        for index in 0..<min(16, input.byteCount) { entry.bytes[CommandEntry.input + index] = input.bytes[index] }
        let inputBlocks = Mailbox.blockCount(forByteCount: input.byteCount)
        let outputBlocks = Mailbox.blockCount(forByteCount: outputByteCount)
        if inputBlocks > 0 {
            entry.set64(CommandEntry.inputMailbox, mailboxes.address + blockOffset(slot, output: false, 0))
        }
        if outputBlocks > 0 {
            entry.set64(CommandEntry.outputMailbox, mailboxes.address + blockOffset(slot, output: true, 0))
        }
        entry.set(CommandEntry.token, UInt32(token))
        entry.set(CommandEntry.ownership, 1)
        for block in 0..<inputBlocks {
            try writeBlock(slot, output: false, block, of: inputBlocks, token: token, data: input, host: &host)
        }
        for block in 0..<outputBlocks {
            try writeBlock(slot, output: true, block, of: outputBlocks, token: token, data: nil, host: &host)
        }
        try Self.write(entry.bytes, at: entries.physical + entryOffset(slot), host: &host)
    }

    private func writeBlock(
        _ slot: Int, output: Bool, _ block: Int, of count: Int, token: UInt8, data: Record?, host: inout Host
    ) throws(DriverError) {
        var record = Record(byteCount: Mailbox.byteCount)
        if let data {
            let start = CommandEntry.inlineByteCount + block * Mailbox.dataByteCount
            let end = min(start + Mailbox.dataByteCount, data.byteCount)
            for index in start..<end { record.bytes[index - start] = data.bytes[index] }
        }
        if block + 1 < count {
            record.set64(Mailbox.nextPointer, mailboxes.address + blockOffset(slot, output: output, block + 1))
        }
        record.set(Mailbox.blockNumber, UInt32(block))
        record.set(Mailbox.token, UInt32(token))
        try Self.write(record.bytes, at: mailboxes.physical + blockOffset(slot, output: output, block), host: &host)
    }

    /// Whether the device has given the entry of `slot` back.
    func isFinished(_ slot: Int, host: inout Host) -> Bool {
        let address = entries.physical + entryOffset(slot) + 0x3c
        let word: UInt32 = (try? host.memory.bigEndian(at: address)) ?? 1
        return word & 1 == 0
    }

    /// Takes the output of the finished command of `slot` and frees the slot; a failure becomes a text.
    mutating func take(_ slot: Int, host: inout Host) throws(DriverError) -> Record {
        guard let opcode = slots[slot].opcode else { preconditionFailure("no command in the slot") }
        let outputByteCount = slots[slot].outputByteCount
        let opMod = slots[slot].opMod
        slots[slot].opcode = nil
        let entry = try Self.read(CommandEntry.byteCount, at: entries.physical + entryOffset(slot), host: &host)
        let what = "\(opcode)(0x\(String(opcode.rawValue, radix: 16))) op_mod(0x\(String(opMod, radix: 16)))"
        let delivery = UInt8(entry.get(CommandEntry.deliveryStatus))
        guard delivery == 0 else {
            let name = DeliveryStatus(rawValue: delivery).map { "\($0)" } ?? "unknown"
            throw DriverError("\(what) failed, delivery status \(name)(0x\(String(delivery, radix: 16)))")
        }
        var output = Record(byteCount: max(outputByteCount, 16))
        for index in 0..<16 { output.bytes[index] = entry.bytes[CommandEntry.output + index] }
        for block in 0..<Mailbox.blockCount(forByteCount: outputByteCount) {
            let address = mailboxes.physical + blockOffset(slot, output: true, block)
            let record = try Self.read(Mailbox.byteCount, at: address, host: &host)
            guard record.get(Mailbox.token) == UInt32(slots[slot].token),
                record.get(Mailbox.blockNumber) == UInt32(block)
            else { throw DriverError("\(what) output block \(block) has a wrong token or number") }
            let start = CommandEntry.inlineByteCount + block * Mailbox.dataByteCount
            for index in start..<min(start + Mailbox.dataByteCount, outputByteCount) {
                output.bytes[index] = record.bytes[index - start]
            }
        }
        let status = UInt8(output.get(CommandHeader.status))
        guard status == 0 else {
            let name = CommandStatus(rawValue: status).map { "\($0)" } ?? "unknown"
            let syndrome = String(output.get(CommandHeader.syndrome), radix: 16)
            throw DriverError(
                "\(what) failed, status \(name)(0x\(String(status, radix: 16))), syndrome (0x\(syndrome))")
        }
        return output
    }

    static func write(_ bytes: [UInt8], at address: UInt64, host: inout Host) throws(DriverError) {
        var failed = false
        bytes.withUnsafeBytes { buffer in
            do { try host.memory.write(address, from: buffer) } catch { failed = true }
        }
        if failed { throw DriverError("no memory is installed at \(address)") }
    }

    static func read(_ byteCount: Int, at address: UInt64, host: inout Host) throws(DriverError) -> Record {
        var record = Record(byteCount: byteCount)
        var failed = false
        record.bytes.withUnsafeMutableBytes { buffer in
            do { try host.memory.read(address, into: buffer) } catch { failed = true }
        }
        if failed { throw DriverError("no memory is installed at \(address)") }
        return record
    }
}
