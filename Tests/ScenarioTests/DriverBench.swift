import Driver
import Host
import NIC
import Simulation
import Wire

/// A computer with a NIC of one function and its driver, and a wire whose far end is the test.
final class DriverBench {
    var nic: NIC
    var platform: Platform
    /// The only host.
    var host: Host {
        _read { yield platform[0] }
        _modify { yield &platform[0] }
    }
    var software: HostSoftware
    var medium = Medium()
    var queue = EventQueue<Event>(expectedCount: 1024)
    /// Frames that left the port, in order.
    var sent: [[UInt8]] = []
    /// Whether frames that leave come in again.
    var loopsBack = false
    /// Packets the application consumed.
    var deliveredCount = 0
    /// The host's software has died: what is for it is lost, while the device goes on.
    var hasLostDriver = false
    let wireDelay = SimDuration.nanoseconds(100)
    let function = FunctionID(0)

    enum Event: BitwiseCopyable {
        case nic(NIC.Event)
        case bus(BusEvent)
        case software(HostSoftware.Event)
        case arrival(FrameID)
        /// A frame of the test's own traffic is due; so many follow, that far apart.
        case traffic(left: Int32, gap: UInt32)
    }

    init(
        software parameters: HostSoftwareParameters = HostSoftwareParameters(), application: Application = .sink,
        nic nicParameters: NICParameters = .default, memoryByteCount: UInt64 = 512 << 20
    ) {
        nic = NIC(nicParameters)
        platform = Platform(Host(memoryByteCount: memoryByteCount, domains: [IOMMUDomain()]))
        software = HostSoftware(name: "h0", parameters: parameters, memory: 1 << 20..<memoryByteCount)
        if case .generate(let pattern) = application { software.prepare(for: pattern, on: "eth0") }
        software.setApplication(application, on: "eth0", at: .zero)
    }

    /// Probes, and brings the interface up.
    func bringUp() -> Bool {
        probe()
        return state == .ready && execute("ip link set dev eth0 up").failure == nil
    }

    func probe() {
        begin()
        collect()
        run()
    }

    /// Starts the probe.
    func begin() {
        software.plug(function, at: PCIAddress(nic: 0, function: 0), netdev: "eth0", at: queue.now, host: &host)
    }

    /// Removes the driver from the device.
    func remove() {
        software.unplug(function, at: queue.now, host: &host)
        collect()
        run()
    }

    /// The outcome of one control command.
    func execute(_ line: String) -> (output: String, failure: String?) {
        let words = line.split(separator: " ").map(String.init)
        guard let command = try? ControlCommand.parse(words) else { return ("", "not understood: \(line)") }
        let ticket = software.execute(command, at: queue.now, host: &host)
        collect()
        while !software.results.contains(where: { $0.ticket == ticket }), step() {}
        guard let index = software.results.firstIndex(where: { $0.ticket == ticket }) else {
            return ("", "never ended")
        }
        let result = software.results.remove(at: index)
        return (result.output, result.failure?.text)
    }

    /// Starts a command without waiting for its end.
    func begin(_ line: String) {
        guard let command = try? ControlCommand.parse(line.split(separator: " ").map(String.init)) else { return }
        _ = software.execute(command, at: queue.now, host: &host)
        collect()
    }

    // MARK: Time

    /// Handles events up to `limit`, or until there are none.
    func run(until limit: SimTime = .never) {
        while let event = queue.popNext(until: limit) { handle(event) }
    }

    func run(for duration: SimDuration) {
        let end = queue.now + duration
        run(until: end)
    }

    @discardableResult func step() -> Bool {
        guard let event = queue.popNext() else { return false }
        handle(event)
        return true
    }

    private func handle(_ event: Event) {
        let now = queue.now
        switch event {
        case .nic(let event): nic.handle(event, at: now, platform: &platform, medium: &medium)
        case .bus(let event):
            if event.isDownstream {
                nic.receive(event, at: now, platform: &platform)
            } else if !hasLostDriver {
                software.receive(event, at: now, host: &host, medium: &medium)
            }
        case .software(let event):
            if !hasLostDriver { software.handle(event, at: now, host: &host, medium: &medium) }
        case .arrival(let frame): nic.receive(frame, on: PortID(0), at: now, platform: &platform, medium: &medium)
        case .traffic(let left, let gap):
            receive(Self.frame(Int(left)))
            if left > 1 { queue.schedule(.traffic(left: left - 1, gap: gap), after: .nanoseconds(UInt64(gap))) }
        }
        collect()
    }

    func collect() {
        nic.events.drain { time, event in queue.schedule(.nic(event), at: time) }
        var left: [(SimTime, FrameID)] = []
        nic.departures.drain { time, departure in left.append((time, departure.frame)) }
        for (time, frame) in left {
            sent.append(Array(medium.frames.bytes(frame)))
            if loopsBack {
                queue.schedule(.arrival(frame), at: time + wireDelay)
            } else {
                medium.frames.deliver(frame)
            }
        }
        software.kernel.events.drain { time, event in queue.schedule(.software(event), at: time) }
        software.kernel.deliveries.drain { _, _ in deliveredCount += 1 }
        host.bus.drain { time, event in queue.schedule(.bus(event), at: time) }
    }

    // MARK: Traffic

    /// A frame arrives from the wire now.
    func receive(_ bytes: [UInt8]) {
        let frame = medium.frames.create(byteCount: bytes.count, journey: Journey(birth: queue.now))
        medium.frames.bytes(frame).copyBytes(from: bytes)
        nic.receive(frame, on: PortID(0), at: queue.now, platform: &platform, medium: &medium)
        collect()
    }

    /// Starts `count` frames to the interface's own address, `gap` nanoseconds apart.
    func startTraffic(_ count: Int32, gap: UInt32) { queue.schedule(.traffic(left: count, gap: gap), at: queue.now) }

    /// An IPv4 UDP frame of 64 bytes with FCS to 02:00:00:00:00:01 whose source port is `number`.
    static func frame(_ number: Int) -> [UInt8] {
        var bytes: [UInt8] = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 9, 8, 0]
        bytes += [0x45, 0, 0, 46, 0, 0, 0, 0, 64, 17, 0x66, 0xbd, 10, 0, 0, 1, 10, 0, 0, 2]
        bytes += [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number), 0, 9, 0, 26, 0, 0]
        return bytes + Array(repeating: 0xa5, count: 18)
    }

    // MARK: Judgement

    var state: HostSoftware.FunctionState { software.state(of: function) }
    var isSettled: Bool { software.isSettled }
    /// Device objects, pages and bytes of memory that the driver accounts for.
    var outstanding: [UInt64] {
        let all = software.outstanding(of: function)
        return [UInt64(all.objects), UInt64(all.pages), all.memoryByteCount]
    }
    var faultCount: UInt64 { host.faultCount }
    /// Born frames have all ended.
    var isBalanced: Bool { medium.frames.inFlightCount == 0 }
    func counter(_ name: String) -> UInt64 {
        software.netdev(named: "eth0").flatMap { software.counter(name, of: $0) } ?? 0
    }
    /// Objects that the NIC keeps for the driver.
    var deviceObjectCount: Int { Self.objectCount(nic.functions[0].resources) }

    private static func objectCount(_ all: borrowing Resources) -> Int {
        all.uars.count + all.protectionDomains.count + all.transportDomains.count + all.memoryKeys.count
            + all.eventQueues.count + all.completionQueues.count + all.sendQueues.count + all.receiveQueues.count
            + all.transportSends.count + all.transportReceives.count + all.queueTables.count
            + all.queueCounters.count + all.flowTables.count
    }
    var log: String { software.kernel.log.lines.joined(separator: "\n") }

    /// Opcodes executed since the last call, each with its modifier.
    func drainCommands() -> [(opcode: UInt16, modifier: UInt16)] {
        let entries = nic.functions[0].firmware.commandLog?.drain() ?? []
        return entries.map { ($0.opcode, $0.opMod) }
    }
}
