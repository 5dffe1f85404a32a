import Host
import NIC
import Simulation
import Wire

/// A NIC, a host and a wire without a driver: tests write host memory by hand and look at what the NIC writes.
///
/// Memory: send ring 0x1_0000, receive ring 0x2_0000, send completions 0x3_0000, receive completions 0x4_0000, events
/// 0x5_0000, doorbell records 0x6_0000 (send queue), 0x6_0040 (receive queue), 0x6_0080 and 0x6_00c0 (completions),
/// data from 0x10_0000 on.
final class Bench {
    static let memoryByteCount: UInt64 = 16 << 20
    static let sendRing: UInt64 = 0x1_0000
    static let receiveRing: UInt64 = 0x2_0000
    static let sendCompletions: UInt64 = 0x3_0000
    static let receiveCompletions: UInt64 = 0x4_0000
    static let eventRing: UInt64 = 0x5_0000
    static let data: UInt64 = 0x10_0000
    static let key: UInt32 = 0x2 << 8 | 0x11

    var nic: NIC
    var platform: Platform
    /// The only host.
    var host: Host {
        _read { yield platform[0] }
        _modify { yield &platform[0] }
    }
    var medium = Medium()
    var queue = EventQueue<NIC.Event>(expectedCount: 64)
    /// Frames that left, with the time of their last bit.
    var sent: [(time: SimTime, bytes: [UInt8])] = []
    /// Interrupts that arrived.
    var interrupts: [(time: SimTime, vector: UInt32)] = []
    /// Whether frames that leave come back in at the same port.
    var loopsBack = false
    let function = FunctionID(0)

    init(_ parameters: NICParameters = .default, domain: IOMMUDomain = IOMMUDomain(isPassThrough: true)) {
        nic = NIC(parameters)
        platform = Platform(
            Host(
                memoryByteCount: Self.memoryByteCount,
                domains: Array(repeating: domain, count: parameters.functions.count)))
        for index in nic.functions.existing {
            // Memory space and bus master; MSI-X on, vector 0 unmasked with message 0xfee00000, data 0x31.
            _ = nic.functions[index].configurationSpace.write(4, byteCount: 2, value: 6)
            nic.functions[index].reachesMemory = true
            nic.functions[index].claimsRegisters = true
            nic.functions[index].messageTable.setControl(isEnabled: true, isMasked: false)
            nic.functions[index].messageTable.write(0, byteCount: 4, value: 0xfee0_0000)
            nic.functions[index].messageTable.write(8, byteCount: 4, value: 0x31)
            nic.functions[index].messageTable.write(12, byteCount: 4, value: 0)
        }
    }

    var resources: Resources {
        _read { yield nic.functions[0].resources }
        _modify { yield &nic.functions[0].resources }
    }

    // MARK: Memory

    func write(_ bytes: [UInt8], at address: UInt64) {
        bytes.withUnsafeBytes { buffer in try? host.memory.write(address, from: buffer) }
    }

    func write(word: UInt32, at address: UInt64) { try? host.memory.storeBigEndian(word, at: address) }

    func read(_ count: Int, at address: UInt64) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.withUnsafeMutableBytes { buffer in try? host.memory.read(address, into: buffer) }
        return bytes
    }

    // MARK: Time

    /// Runs until nothing is left to happen, or `limit` is reached.
    func run(until limit: SimTime = .never) {
        collect()
        while let next = queue.nextTime, next <= limit {
            guard let event = queue.popNext() else { return }
            nic.handle(event, at: queue.now, platform: &platform, medium: &medium)
            collect()
        }
    }

    func collect() {
        nic.events.drain { time, event in queue.schedule(event, at: time) }
        var left: [(SimTime, NIC.Departure)] = []
        nic.departures.drain { time, departure in left.append((time, departure)) }
        for (time, departure) in left {
            sent.append((time, Array(medium.frames.bytes(departure.frame))))
            if loopsBack {
                nic.receive(departure.frame, on: departure.port, at: queue.now, platform: &platform, medium: &medium)
                nic.events.drain { time, event in queue.schedule(event, at: time) }
            } else {
                medium.frames.deliver(departure.frame)
            }
        }
        host.bus.drain { time, event in
            if case .interrupt(_, let vector) = event { interrupts.append((time, vector)) }
        }
    }

    /// A frame arrives from the wire now.
    func receive(_ bytes: [UInt8], port: Int = 0) {
        let frame = medium.frames.create(byteCount: bytes.count, journey: Journey(birth: queue.now))
        medium.frames.bytes(frame).copyBytes(from: bytes)
        nic.receive(frame, on: PortID(port), at: queue.now, platform: &platform, medium: &medium)
        collect()
    }

    /// Born frames have all ended.
    var isBalanced: Bool { medium.frames.inFlightCount == 0 }
}
