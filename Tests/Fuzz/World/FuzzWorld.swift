package import Host
package import NIC
package import Simulation
import Wire

/// One NIC with two functions and their memory, in which function 0 may do whatever it likes and function 1 must not
/// notice.
///
/// Each function has its own port, and its own 256 KiB of memory at the same I/O virtual addresses. The physical pages
/// before and behind each region are canaries. Whatever happens is driven byte by byte, as a driver would.
package final class FuzzWorld {
    package enum Event: BitwiseCopyable, Sendable {
        case nic(NIC.Event)
        case bus(BusEvent)
        /// Frame `number` of a function's workload arrives.
        case arrival(FunctionID, number: Int)
    }

    /// What leads from the I/O virtual addresses of a function to physical ones.
    package static let regionStart: UInt64 = 0x10_0000
    package static let regionByteCount: UInt64 = 0x4_0000
    /// One mapping covers so much: an input can undo one of them.
    package static let extentByteCount: UInt64 = 0x8000
    package static let physicalStarts: [UInt64] = [0x10_1000, 0x20_1000]
    static let memoryByteCount: UInt64 = 0x30_0000
    /// What fills canary pages and the victim's data, and must never be seen anywhere else.
    static let secret: UInt64 = 0xc0de_feed_5ec2_e717
    package static let attacker = FunctionID(0)
    package static let victim = FunctionID(1)

    package var nic: NIC
    package var platform: Platform
    /// The only host.
    package var host: Host {
        _read { yield platform[0] }
        _modify { yield &platform[0] }
    }
    package var medium = Medium()
    package var queue = EventQueue<Event>(expectedCount: 64)
    /// Frames that left, by port.
    package var sent: [[[UInt8]]] = [[], []]
    package var interruptCounts = [0, 0]
    package var completions: [UInt32: UInt64] = [:]
    /// Objects of each function.
    package var objects = [FuzzObjects(), FuzzObjects()]
    package var eventCount = 0
    /// Frames are kept up to this many; later ones are only counted.
    private let keptFrameCount = 64
    package var sentCount = 0
    /// Where a program puts its next send entry.
    var nextSendIndex: UInt16 = 0
    private var nextTag: UInt32 = 0
    /// Changes the creating commands of `makeObjects` before they are executed; the number counts them from zero.
    package var tamper: ((_ number: Int, _ command: inout Command) -> Void)?
    var creationCount = 0

    /// A NIC that has been switched on, with nothing done to it yet.
    package init() {
        nic = NIC(Self.parameters)
        platform = Platform(Host(memoryByteCount: Self.memoryByteCount, domains: [IOMMUDomain(), IOMMUDomain()]))
        mapAll(Self.attacker)
        mapAll(Self.victim)
        for start in Self.physicalStarts {
            fill(start - 4096, 4096)
            fill(start + Self.regionByteCount, 4096)
        }
    }

    static var parameters: NICParameters {
        var parameters = NICParameters()
        parameters.functions = [
            FunctionDescription(port: PortID(0), macAddress: MACAddress(2, 0, 0, 0, 0, 1)),
            FunctionDescription(port: PortID(1), macAddress: MACAddress(2, 0, 0, 0, 0, 2)),
        ]
        parameters.portSpeeds = [100_000, 100_000]
        parameters.firmware.bootPageCount = 1
        parameters.firmware.initializationPageCount = 2
        return parameters
    }

    package func mapAll(_ function: FunctionID) {
        for offset in stride(from: 0, to: Self.regionByteCount, by: Int(Self.extentByteCount)) {
            // Fails where the mapping is there already, which is what is wanted.
            try? host.map(
                function, Self.regionStart + offset, to: Self.physicalStarts[Int(function.index)] + offset,
                byteCount: Self.extentByteCount, [.read, .write])
        }
    }

    package func unmap(extent: Int) {
        let offset = UInt64(extent) * Self.extentByteCount
        try? host.unmap(Self.attacker, Self.regionStart + offset, byteCount: Self.extentByteCount)
    }

    func fill(_ address: UInt64, _ byteCount: UInt64) {
        for place in stride(from: address, to: address + byteCount, by: 8) {
            try? host.memory.storeBigEndian(Self.secret, at: place)
        }
    }

    // MARK: Time

    /// Moves what was asked for into the event queue, and frames that left off the wire.
    package func collect() {
        nic.events.drain { time, event in queue.schedule(.nic(event), at: max(time, queue.now)) }
        host.bus.drain { time, event in queue.schedule(.bus(event), at: max(time, queue.now)) }
        for index in 0..<nic.departures.count {
            let departure = nic.departures[index].event
            sentCount += 1
            let port = Int(departure.port.index)
            if sent[port].count < keptFrameCount { sent[port].append(Array(medium.frames.bytes(departure.frame))) }
            medium.frames.deliver(departure.frame)
        }
        nic.departures.removeAll()
    }

    /// Lets the next thing happen; false when there is none before `limit`.
    package func step(until limit: SimTime = .never) -> Bool {
        collect()
        guard let event = queue.popNext(until: limit) else { return false }
        eventCount += 1
        switch event {
        case .nic(let event): nic.handle(event, at: queue.now, platform: &platform, medium: &medium)
        case .bus(.completion(_, let tag, let value)): completions[tag] = value
        case .bus(.interrupt(let function, _)): interruptCounts[Int(function.index)] += 1
        case .bus(.fault): break
        case .bus(let event): nic.receive(event, at: queue.now, platform: &platform)
        case .arrival(let function, let number):
            arrive(Self.workFrame(number, of: function), port: Int(function.index))
        }
        return true
    }

    /// Runs until nothing is left to happen; false when that did not come within `limit` events.
    package func settle(limit: Int = 100_000) -> Bool {
        for _ in 0..<limit where !step() { return true }
        return false
    }

    // MARK: Bus

    package func configurationWrite(_ function: FunctionID, _ offset: UInt16, _ byteCount: UInt8, _ value: UInt32) {
        host.send(.configurationWrite(function, offset: offset, byteCount: byteCount, value: value), at: queue.now)
    }

    /// The lowest byte of `value` goes to the lowest address.
    package func write(_ function: FunctionID, bar: UInt8 = 0, _ offset: UInt32, _ byteCount: UInt8, _ value: UInt64) {
        host.send(
            .memoryWrite(function, bar: bar, byteCount: byteCount, offset: offset, value: value), at: queue.now)
    }

    package func writeWord(_ function: FunctionID, _ offset: UInt32, _ value: UInt32) {
        write(function, offset, 4, UInt64(value.byteSwapped))
    }

    package func startRead(_ function: FunctionID, bar: UInt8, _ offset: UInt32, _ byteCount: UInt8) -> UInt32 {
        nextTag += 1
        host.send(
            .memoryRead(function, bar: bar, byteCount: byteCount, offset: offset, tag: nextTag), at: queue.now)
        return nextTag
    }

    package func startConfigurationRead(_ offset: UInt16, _ byteCount: UInt8) -> UInt32 {
        nextTag += 1
        host.send(
            .configurationRead(Self.attacker, offset: offset, byteCount: byteCount, tag: nextTag), at: queue.now)
        return nextTag
    }

    // MARK: Memory of a function, by offset from the start of its region

    func physical(_ function: FunctionID, _ offset: UInt64) -> UInt64 {
        Self.physicalStarts[Int(function.index)] + offset % Self.regionByteCount
    }

    /// Writes `bytes`, cut at the region's end.
    package func store(_ function: FunctionID, _ offset: UInt64, _ bytes: [UInt8]) {
        let start = offset % Self.regionByteCount
        let count = min(bytes.count, Int(Self.regionByteCount - start))
        bytes[..<count].withUnsafeBytes { try? host.memory.write(physical(function, start), from: $0) }
    }

    package func storeWord(_ function: FunctionID, _ offset: UInt64, _ value: UInt32) {
        try? host.memory.storeBigEndian(value, at: physical(function, offset & ~3))
    }

    package func load(_ function: FunctionID, _ offset: UInt64, _ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.withUnsafeMutableBytes { try? host.memory.read(physical(function, offset), into: $0) }
        return bytes
    }

    /// A frame arrives from the wire now.
    package func arrive(_ bytes: [UInt8], port: Int) {
        let frame = medium.frames.create(byteCount: bytes.count, journey: Journey(birth: queue.now))
        medium.frames.bytes(frame).copyBytes(from: bytes)
        nic.receive(frame, on: PortID(port), at: queue.now, platform: &platform, medium: &medium)
    }
}
