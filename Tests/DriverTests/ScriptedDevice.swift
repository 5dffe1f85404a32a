import Driver
import Host
import Simulation
import Wire

/// The other side of the bus, as little of it as a driver can live with: it records what the driver does and answers
/// every command with plausible values.
///
/// Addresses are physical; everything is read and written by offset.
final class ScriptedDevice {
    /// One command as it was found in host memory.
    struct Command {
        /// Who gave it: 0 for the physical function, n for virtual function n - 1, 64 + n for subfunction n.
        var owner: Int
        var slot: Int
        var entry: [UInt8]
        var input: [UInt8]
        /// Mailbox blocks of the input, with their addresses.
        var blocks: [(address: UInt64, bytes: [UInt8])]
        /// When it was executed.
        var time: SimTime
        var opcode: Int { Int(input[0]) << 8 | Int(input[1]) }
        var modifier: Int { Int(input[6]) << 8 | Int(input[7]) }
    }

    enum Event: BitwiseCopyable {
        case bus(BusEvent)
        case software(HostSoftware.Event)
    }

    var host: Host
    var software: HostSoftware
    let function = FunctionID(0)
    var medium = Medium()
    var queue = EventQueue<Event>(expectedCount: 256)
    var commands: [Command] = []
    /// Writes to the doorbell page: offset within the page and value, the first byte highest.
    var doorbells: [(offset: Int, value: UInt64)] = []
    var deliveredCount = 0
    /// Opcode that fails, with status 3 and syndrome 0x1234; opcode that is never answered.
    var failing: Int?
    var ignored: Int?
    /// Whether the function manages an e-switch, subfunctions and rates.
    var isManager = false
    /// States of subfunctions as the device tells them, by function number.
    var states: [Int: UInt8] = [:]
    /// Unicast addresses that the driver of each vport wants.
    var lists: [Int: [[UInt8]]] = [:]
    /// Writes to configuration space: function, offset and value.
    var configurationWrites: [(function: Int, offset: Int, value: UInt32)] = []
    private var queueAddresses: [Int: UInt64] = [:]
    private var eventCount = 0
    private var nextID: UInt8 = 0x10
    private var givenPages: [UInt64] = []

    init(_ parameters: HostSoftwareParameters, memoryByteCount: UInt64 = 64 << 20) {
        host = Host(memoryByteCount: memoryByteCount, domains: [IOMMUDomain(isPassThrough: true)])
        // Two virtual functions are this host's, a third is not; there are four subfunctions.
        for index in [1, 2, 64, 65, 66, 67] { host.attach(FunctionID(index), IOMMUDomain(isPassThrough: true)) }
        host.setSubfunctions(of: FunctionID(0), 64..<68)
        software = HostSoftware(name: "h0", parameters: parameters, memory: 1 << 20..<memoryByteCount)
    }

    func probe() {
        software.plug(
            function, at: PCIAddress(nic: 0, function: 0), netdev: "eth0", at: queue.now, host: &host)
        collect()
        run()
    }

    /// Starts a command without letting time pass.
    func begin(_ line: String) -> CommandTicket? {
        defer { collect() }
        return try? software.execute(line.split(separator: " ").map(String.init), at: queue.now, host: &host)
    }

    /// What became of a command.
    func result(of ticket: CommandTicket?) -> (output: String, failure: String?) {
        guard let ticket else { return ("", "syntax") }
        guard let result = software.results.first(where: { $0.ticket == ticket }) else { return ("", "never ended") }
        return (result.output, result.failure?.text)
    }

    /// Why a command fails.
    func execute(_ line: String) -> String? {
        let ticket = begin(line)
        run()
        return result(of: ticket).failure
    }

    /// What a command prints.
    func output(of line: String) -> String {
        let ticket = begin(line)
        run()
        let result = result(of: ticket)
        return result.failure ?? result.output
    }

    /// Writes an event of `type` into the asynchronous queue of the physical function, and interrupts.
    func event(_ type: UInt8, _ edits: [Int: UInt8]) {
        guard let queue = command(0x301, 1) else { return }
        let mask = 1 << Int(queue.input[0x1c] & 0x1f) - 1
        let ring = address(in: queue.input, at: 0x110)
        var bytes = [UInt8](repeating: 0, count: 64)
        bytes[1] = type
        for (offset, byte) in edits { bytes[offset] = byte }
        bytes[63] = UInt8(eventCount / (mask + 1) & 1)
        write(bytes, at: ring + UInt64(eventCount & mask) * 64)
        eventCount += 1
        interrupt(0)
    }

    func transmit(_ frame: [UInt8], vlan: UInt16? = nil) -> Bool {
        let isTaken = frame.withUnsafeBytes {
            software.transmit($0, on: 0, vlan: vlan, at: queue.now, host: &host, medium: &medium)
        }
        collect()
        run()
        return isTaken
    }

    /// Lets the function go.
    func remove() {
        software.unplug(function, at: queue.now, host: &host)
        collect()
        run()
    }

    func interrupt(_ vector: UInt32) {
        software.receive(.interrupt(FunctionID(0), vector: vector), at: queue.now, host: &host, medium: &medium)
        collect()
        run()
    }

    func run() {
        while let event = queue.popNext() {
            switch event {
            case .bus(let event):
                if event.isDownstream {
                    receive(event)
                } else {
                    software.receive(event, at: queue.now, host: &host, medium: &medium)
                }
            case .software(let event): software.handle(event, at: queue.now, host: &host, medium: &medium)
            }
            collect()
        }
    }

    private func collect() {
        host.bus.drain { time, event in queue.schedule(.bus(event), at: time) }
        software.kernel.events.drain { time, event in queue.schedule(.software(event), at: time) }
        software.kernel.deliveries.drain { _, _ in deliveredCount += 1 }
    }

    // MARK: Memory

    func read(_ count: Int, at address: UInt64) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.withUnsafeMutableBytes { buffer in try? host.memory.read(address, into: buffer) }
        return bytes
    }

    func write(_ bytes: [UInt8], at address: UInt64) {
        bytes.withUnsafeBytes { buffer in try? host.memory.write(address, from: buffer) }
    }

    static func number(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    func address(in bytes: [UInt8], at offset: Int) -> UInt64 { Self.number(bytes[offset..<offset + 8]) }

    // MARK: The device

    private func receive(_ event: BusEvent) {
        switch event {
        case .configurationRead(let function, let offset, _, let tag):
            // Vendor and device, capability list at 0x40: MSI-X with two vectors, its table at the start of BAR 4;
            // SR-IOV at 0x100 with four virtual functions from the next number on.
            let values: [UInt16: UInt64] = [
                0: 0x101d_15b3, 0x34: 0x40, 0x40: 0x0001_0011, 0x44: 4, 0x100: 0x0001_0010, 0x10e: 4, 0x114: 1,
                0x116: 1,
            ]
            answer(.completion(function, tag: tag, value: values[offset] ?? 0))
        case .configurationWrite(let function, let offset, _, let value):
            configurationWrites.append((Int(function.index), Int(offset), value))
        case .memoryRead(let function, _, _, let offset, let tag):
            // Firmware 22.99.1, interface revision 5, 32 command entries 64 bytes apart, not initializing.
            let words: [UInt32: UInt32] = [0: 99 << 16 | 22, 4: 5 << 16 | 1, 0x14: 0x56]
            answer(.completion(function, tag: tag, value: UInt64((words[offset & 0xf_ffff] ?? 0).byteSwapped)))
        case .memoryWrite(let function, bar: 0, let byteCount, let offset, let value):
            write(Int(offset), Int(byteCount), value, of: Int(function.index))
        case .memoryWrite(_, bar: 2, let byteCount, let offset, let value):
            // Slices of 1 MiB.
            write(Int(offset & 0xf_ffff), Int(byteCount), value, of: 64 + Int(offset >> 20))
        default: break
        }
    }

    private func answer(_ event: BusEvent) { queue.schedule(.bus(event), after: .nanoseconds(500)) }

    private func write(_ offset: Int, _ byteCount: Int, _ value: UInt64, of owner: Int) {
        let big = byteCount == 8 ? value.byteSwapped : UInt64(UInt32(truncatingIfNeeded: value).byteSwapped)
        switch offset {
        case 0x10: queueAddresses[owner] = big << 32
        case 0x14: queueAddresses[owner, default: 0] |= big
        case 0x18: for slot in 0..<32 where big >> UInt64(slot) & 1 != 0 { run(slot, of: owner) }
        case 0x3000...: doorbells.append((offset & 0xfff, big))
        default: break
        }
    }

    private func run(_ slot: Int, of owner: Int) {
        let place = queueAddresses[owner, default: 0] + UInt64(slot * 64)
        let entry = read(64, at: place)
        let length = Int(Self.number(entry[4..<8]))
        var input = Array(entry[16..<32])
        var blocks: [(address: UInt64, bytes: [UInt8])] = []
        var next = Self.number(entry[8..<16])
        while next != 0, blocks.count < 100 {
            let block = read(0x240, at: next)
            blocks.append((next, block))
            input += block[..<512]
            next = Self.number(block[0x230..<0x238])
        }
        input = Array(input.prefix(max(length, 16)))
        let command = Command(
            owner: owner, slot: slot, entry: entry, input: input, blocks: blocks, time: queue.now)
        commands.append(command)
        guard command.opcode != ignored else { return }
        var output = reply(to: command)
        if command.opcode == failing { output = [3, 0, 0, 0, 0, 0, 0x12, 0x34] + Array(repeating: 0, count: 8) }
        let room = Int(Self.number(entry[0x38..<0x3c]))
        output += Array(repeating: 0, count: max(0, room - output.count))
        write(Array(output[..<16]), at: place + 0x20)
        var outputBlock = Self.number(entry[0x30..<0x38])
        var done = 16
        while outputBlock != 0, done < room {
            write(Array(output[done..<min(done + 512, output.count)]), at: outputBlock)
            done += 512
            outputBlock = Self.number(read(8, at: outputBlock + 0x230))
        }
        write([0], at: place + 0x3f)
    }

    private func reply(to command: Command) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 0x1010)
        nextID &+= 1
        output[11] = nextID
        switch (command.opcode, command.modifier) {
        case (0x10a, _): output[0x6f] = 2
        // General capabilities: Ethernet offloads.
        case (0x100, let modifier): capabilities(UInt8(modifier >> 1), of: command.owner, in: &output)
        case (0xb0d, _):
            output[0x11] = states[Int(command.input[10]) << 8 | Int(command.input[11])] ?? 1
        case (0x782, _): output[0x13] = nextID
        case (0x754, _) where command.input[8] & 0x80 != 0 && command.input[12] == 0:
            let addresses = lists[Int(command.input[11])] ?? []
            output[0x103] = UInt8(addresses.count)
            for (index, address) in addresses.enumerated() {
                for byte in 0..<6 { output[0x112 + 8 * index + byte] = address[byte] }
            }
        case (0x107, 1): output[0xf] = 3
        case (0x107, _): output[0xf] = 5
        case (0x108, 1):
            let count = Int(Self.number(command.input[0xc..<0x10]))
            for page in 0..<count { givenPages.append(address(in: command.input, at: 0x10 + 8 * page)) }
        case (0x108, 2):
            let count = min(Int(Self.number(command.input[0xc..<0x10])), givenPages.count)
            output[11] = UInt8(count)
            for (index, page) in givenPages.prefix(count).enumerated() {
                for byte in 0..<8 { output[0x10 + 8 * index + byte] = UInt8(page >> UInt64(56 - 8 * byte) & 255) }
            }
            givenPages.removeFirst(count)
        case (0x805, 1):
            // PMTU: at most, and now, 9978.
            output[0x14] = 0x26
            output[0x15] = 0xfa
        case (0x750, _): output[0xf] = 0x11
        default: break
        }
        return output
    }

    private func capabilities(_ type: UInt8, of owner: Int, in output: inout [UInt8]) {
        func set(_ offset: Int, _ value: UInt32) {
            for byte in 0..<4 { output[0x10 + offset + byte] = UInt8(value >> UInt32(24 - 8 * byte) & 255) }
        }
        // General: Ethernet offloads.
        if type == 0 { set(0x40, 8) }
        guard isManager, owner == 0 else { return }
        switch type {
        case 0:
            set(0x34, 0x8100_0000)
            set(0x40, 0x18)
            set(0x7c, 1 << 21)
            set(0xc8, 4 << 16)
            set(0xd0, 0x8200_0800)
            set(0xdc, 0x8000)
        case 8:
            for properties in [0x40, 0x80, 0xc0] { set(properties, 0x8030_0000) }
            set(0x44, 0x1000_00ff)
        case 9: set(0, 0x5000_0000)
        case 0xc:
            set(0, 0x7000_0000)
            set(0x1c, 100)
        default: break
        }
    }

    // MARK: What the driver made

    /// The `position`th command with `opcode`.
    func command(_ opcode: Int, _ position: Int = 0) -> Command? {
        let all = commands.filter { $0.opcode == opcode }
        return position < all.count ? all[position] : nil
    }

    /// Number that the reply to `command` carried: commands are numbered from 0x11 on in their order.
    func id(ofCommand opcode: Int, _ position: Int = 0) -> UInt8 {
        let index = commands.indices.filter { commands[$0].opcode == opcode }[position]
        return UInt8(truncatingIfNeeded: 0x11 + commands[...index].count(where: { $0.opcode != ignored }) - 1)
    }

    var opcodes: [Int] { commands.map(\.opcode) }
    var state: HostSoftware.FunctionState { software.state(of: function) }
    var outstanding: [UInt64] {
        let all = software.outstanding(of: function)
        return [UInt64(all.objects), UInt64(all.pages), all.memoryByteCount]
    }
    func counter(_ name: String) -> UInt64 { software.counter(name, of: 0) ?? 0 }
    var log: String { software.kernel.log.lines.joined(separator: "\n") }
}
