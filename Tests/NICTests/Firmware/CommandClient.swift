import Host
import NIC
import Simulation
import Wire

/// The smallest possible driver: it writes command entries and mailboxes byte by byte, as the native interface's
/// section 2 has them, and shares no code with the real driver.
struct CommandClient: ~Copyable {
    enum Event: BitwiseCopyable {
        case nic(NIC.Event)
        case bus(BusEvent)
    }

    /// What came back for one command.
    struct Reply {
        var delivery: UInt8 = 0
        var bytes: [UInt8] = []
        var status: UInt8 { bytes.first ?? 0xff }
        var syndrome: UInt32 { word(4) }
        var isOK: Bool { delivery == 0 && status == 0 }

        /// The big-endian word at `offset`.
        func word(_ offset: Int) -> UInt32 {
            bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
    }

    static let function = FunctionID(0)
    /// The function that is driven.
    var function = Self.function
    static let queueAddress: UInt64 = 0x10_0000
    static let memoryByteCount: UInt64 = 64 << 20

    var nic: NIC
    var platform: Platform
    /// The only host.
    var host: Host {
        _read { yield platform[0] }
        _modify { yield &platform[0] }
    }
    var medium = Medium()
    var queue = EventQueue<Event>(expectedCount: 256)
    var completions: [UInt32: UInt64] = [:]
    var interrupts: [UInt32] = []
    var faults = 0
    /// The next page of host memory for the firmware or a queue.
    var nextPage: UInt64 = 0x100_0000
    /// The inputs of all commands, while `keepsInputs`.
    var inputs: [[UInt8]] = []
    var keepsInputs = false
    private var nextTag: UInt32 = 0

    init(_ parameters: NICParameters = NICParameters()) {
        nic = NIC(parameters)
        platform = Platform(Host(memoryByteCount: Self.memoryByteCount, domains: [IOMMUDomain()]))
        try? host.map(Self.function, 0, to: 0, byteCount: Self.memoryByteCount, [.read, .write])
    }

    // MARK: Time

    mutating func collect() {
        var bus: [(SimTime, BusEvent)] = []
        host.bus.drain { bus.append(($0, $1)) }
        for (time, event) in bus { queue.schedule(.bus(event), at: max(time, queue.now)) }
        var events: [(SimTime, NIC.Event)] = []
        nic.events.drain { events.append(($0, $1)) }
        for (time, event) in events { queue.schedule(.nic(event), at: max(time, queue.now)) }
        nic.departures.removeAll()
    }

    /// Lets the next thing happen; false when there is none before `limit`.
    mutating func step(until limit: SimTime = .never) -> Bool {
        collect()
        guard let event = queue.popNext(until: limit) else { return false }
        switch event {
        case .nic(let event): nic.handle(event, at: queue.now, platform: &platform, medium: &medium)
        case .bus(.completion(_, let tag, let value)): completions[tag] = value
        case .bus(.interrupt(_, let vector)): interrupts.append(vector)
        case .bus(.fault): faults += 1
        case .bus(let event): nic.receive(event, at: queue.now, platform: &platform)
        }
        return true
    }

    mutating func run(for duration: SimDuration) {
        let limit = queue.now + duration
        // Keeps time going where nothing happens.
        queue.schedule(.bus(.fault(FunctionID(0))), at: limit)
        faults -= 1
        while step(until: limit) {}
    }

    // MARK: Bus

    mutating func configurationRead(_ offset: Int, _ byteCount: Int) -> UInt32 {
        nextTag += 1
        host.send(
            .configurationRead(
                function, offset: UInt16(offset), byteCount: UInt8(byteCount), tag: nextTag), at: queue.now)
        while completions[nextTag] == nil, step() {}
        return UInt32(truncatingIfNeeded: completions.removeValue(forKey: nextTag) ?? 0)
    }

    mutating func configurationWrite(_ offset: Int, _ byteCount: Int, _ value: UInt32) {
        host.send(
            .configurationWrite(function, offset: UInt16(offset), byteCount: UInt8(byteCount), value: value),
            at: queue.now)
    }

    mutating func read(bar: Int = 0, _ offset: Int, _ byteCount: Int) -> UInt64 {
        nextTag += 1
        host.send(
            .memoryRead(
                function, bar: UInt8(bar), byteCount: UInt8(byteCount), offset: UInt32(offset), tag: nextTag),
            at: queue.now)
        while completions[nextTag] == nil, step() {}
        return completions.removeValue(forKey: nextTag) ?? 0
    }

    mutating func write(bar: Int = 0, _ offset: Int, _ byteCount: Int, _ value: UInt64) {
        host.send(
            .memoryWrite(
                function, bar: UInt8(bar), byteCount: UInt8(byteCount), offset: UInt32(offset), value: value),
            at: queue.now)
    }

    /// A big-endian register of BAR0.
    mutating func readWord(_ offset: Int) -> UInt32 { UInt32(truncatingIfNeeded: read(offset, 4)).byteSwapped }
    mutating func writeWord(_ offset: Int, _ value: UInt32) { write(offset, 4, UInt64(value.byteSwapped)) }

    /// The message that the NIC would send for `vector` now.
    mutating func message(_ vector: Int) -> MessageTable.Message? {
        nic.functions[0].messageTable.message(for: vector)
    }

    // MARK: Memory

    mutating func store(_ address: UInt64, _ bytes: [UInt8]) {
        bytes.withUnsafeBytes { try? host.memory.write(address, from: $0) }
    }

    mutating func storeWord(_ address: UInt64, _ value: UInt32) { try? host.memory.storeBigEndian(value, at: address) }

    mutating func load(_ address: UInt64, _ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.withUnsafeMutableBytes { try? host.memory.read(address, into: $0) }
        return bytes
    }

    mutating func takePage() -> UInt64 {
        defer { nextPage += 4096 }
        return nextPage
    }

    // MARK: Commands

    /// Power is on: memory space and bus master, the boot awaited, the queue's address written.
    mutating func start() {
        configurationWrite(0x04, 2, 0x0006)
        while readWord(0x1fc) >> 31 != 0 { run(for: .microseconds(100)) }
        writeWord(0x10, 0)
        writeWord(0x14, UInt32(Self.queueAddress))
        run(for: .microseconds(2))
    }

    static func inputBlock(_ slot: Int, _ number: Int) -> UInt64 {
        0x20_0000 + UInt64(slot) << 16 + UInt64(number) << 10
    }
    static func outputBlock(_ slot: Int, _ number: Int) -> UInt64 {
        0x60_0000 + UInt64(slot) << 16 + UInt64(number) << 10
    }
    static func blockCount(_ byteCount: Int) -> Int { byteCount <= 16 ? 0 : (byteCount - 16 + 511) / 512 }

    /// Writes the entry and its mailboxes.
    mutating func prepare(_ input: [UInt8], outputByteCount: Int, slot: Int, token: UInt8 = 0x5a) {
        let entry = Self.queueAddress + UInt64(slot) * 64
        var bytes = [UInt8](repeating: 0, count: 64)
        bytes[0] = 7
        bytes.replaceSubrange(0x10..<0x10 + min(16, input.count), with: input.prefix(16))
        bytes[0x3c] = token
        bytes[0x3f] = 1
        store(entry, bytes)
        storeWord(entry + 4, UInt32(input.count))
        storeWord(entry + 0x38, UInt32(outputByteCount))
        let inputBlocks = Self.blockCount(input.count)
        if inputBlocks > 0 { storeWord(entry + 0xc, UInt32(Self.inputBlock(slot, 0))) }
        for number in 0..<inputBlocks {
            let start = 16 + number * 512
            let data = Array(input[start..<min(input.count, start + 512)])
            let isLast = number == inputBlocks - 1
            writeBlock(
                Self.inputBlock(slot, number), data, number: number, token: token,
                next: isLast ? 0 : Self.inputBlock(slot, number + 1))
        }
        let outputBlocks = Self.blockCount(outputByteCount)
        if outputBlocks > 0 { storeWord(entry + 0x34, UInt32(Self.outputBlock(slot, 0))) }
        for number in 0..<outputBlocks {
            let isLast = number == outputBlocks - 1
            writeBlock(
                Self.outputBlock(slot, number), [], number: number, token: token,
                next: isLast ? 0 : Self.outputBlock(slot, number + 1))
        }
    }

    private mutating func writeBlock(_ address: UInt64, _ data: [UInt8], number: Int, token: UInt8, next: UInt64) {
        store(address, data + [UInt8](repeating: 0, count: 0x240 - data.count))
        storeWord(address + 0x234, UInt32(next))
        storeWord(address + 0x238, UInt32(number))
        store(address + 0x23d, [token])
    }

    mutating func ring(_ vector: UInt32) { writeWord(0x18, vector) }

    func isDone(_ status: [UInt8]) -> Bool { status[0] & 1 == 0 }

    /// Waits until the entry is software's again; `nil` when it never is.
    mutating func wait(_ slot: Int, outputByteCount: Int) -> Reply? {
        let entry = Self.queueAddress + UInt64(slot) * 64
        while load(entry + 0x3f, 1)[0] & 1 != 0 {
            guard step() else { return nil }
        }
        var reply = Reply(delivery: load(entry + 0x3f, 1)[0] >> 1)
        reply.bytes = load(entry + 0x20, min(16, outputByteCount))
        for number in 0..<Self.blockCount(outputByteCount) {
            reply.bytes += load(Self.outputBlock(slot, number), min(512, outputByteCount - reply.bytes.count))
        }
        return reply
    }

    /// Executes one command.
    mutating func execute(_ input: [UInt8], outputByteCount: Int = 16, slot: Int = 0) -> Reply {
        if keepsInputs { inputs.append(input) }
        prepare(input, outputByteCount: outputByteCount, slot: slot)
        ring(1 << UInt32(slot))
        return wait(slot, outputByteCount: outputByteCount) ?? Reply(delivery: 0xff)
    }

    /// Executes a command whose input has `byteCount` bytes, all zero but for `words` by offset.
    mutating func command(
        _ opcode: UInt32, _ byteCount: Int = 16, _ words: [Int: UInt32] = [:], modifier: UInt32 = 0,
        outputByteCount: Int = 16, slot: Int = 0
    ) -> Reply {
        execute(
            commandBytes(opcode, byteCount, words, modifier: modifier), outputByteCount: outputByteCount, slot: slot)
    }
}

/// The bytes of a command's input: opcode, operation modifier, and big-endian words by offset.
func commandBytes(
    _ opcode: UInt32, _ byteCount: Int = 16, _ words: [Int: UInt32] = [:], modifier: UInt32 = 0
) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: byteCount)
    func put(_ offset: Int, _ word: UInt32) {
        for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: word >> UInt32(24 - index * 8)) }
    }
    put(0, opcode << 16)
    put(4, modifier)
    for (offset, word) in words { put(offset, word) }
    return bytes
}
