import CSockets
import Driver
import Glibc
import Host
import Servers
import Simulation
import Wire

/// A computer whose NIC is at the other end of a socket: memory in a file that is passed on, our own driver, and a bus
/// that is messages one way and event counters the other.
final class SocketComputer {
    var host: Host
    var software: HostSoftware
    let function = FunctionID(0)
    var medium = Medium()
    let client: VFIOClient
    private var queue = EventQueue<HostSoftware.Event>(expectedCount: 256)
    private let clock = RealTime()
    private var vectors: [Descriptor] = []
    private let base: UnsafeMutableRawPointer
    private let byteCount: UInt64
    private(set) var deliveredCount = 0
    private(set) var deliveredBytes = 0

    init(path: String, memoryByteCount: UInt64 = 64 << 20) throws {
        client = try VFIOClient(path: path)
        byteCount = memoryByteCount
        let file = Descriptor(martlet_memory_file("computer", byteCount))
        var code: Int32 = 0
        guard let base = martlet_map(file.number, 0, byteCount, 1, &code) else { throw SystemError("map", code: code) }
        self.base = base
        host = Host(memoryByteCount: 1 << 16, domains: [IOMMUDomain(isPassThrough: true)])
        let start = host.memory.attach(base, byteCount: byteCount)
        // Two windows: whatever lies across their border is reached in two steps.
        let half = byteCount / 2
        try client.map(start, byteCount: half, file: file)
        try client.map(start + half, byteCount: half, file: file, fileOffset: half)
        software = HostSoftware(name: "h0", memory: start..<start + byteCount)
        vectors = (0..<(try client.vectorCount())).map { _ in Descriptor(martlet_event()) }
        for first in stride(from: 0, to: vectors.count, by: 16) {
            let some = Array(vectors[first..<min(first + 16, vectors.count)])
            try client.setInterrupts(
                [.dataDescriptor, .trigger], index: VFIOUser.Interrupt.extendedMessage, start: first,
                count: some.count, descriptors: some)
        }
    }

    deinit { martlet_unmap(base, byteCount) }

    var now: SimTime { clock.now }
    var state: HostSoftware.FunctionState { software.state(of: function) }

    /// Starts the driver and waits until it is ready or has failed.
    func boot() throws {
        software.plug(function, at: PCIAddress(bus: 3, function: 0), netdev: "eth0", at: now, host: &host)
        try run { $0.state == .ready || $0.hasFailed }
    }

    private var hasFailed: Bool { if case .failed = state { true } else { false } }

    /// Gives the driver a control command and waits for its end.
    func execute(_ line: String) throws -> CommandResult? {
        let command = try ControlCommand.parse(line.split(separator: " ").map(String.init))
        _ = software.execute(command, at: now, host: &host)
        try run { !$0.software.results.isEmpty }
        return software.results.isEmpty ? nil : software.results.removeFirst()
    }

    /// Runs until `isDone`, for at most `milliseconds`; false when it was not.
    @discardableResult
    func run(milliseconds: UInt64 = 20_000, until isDone: (SocketComputer) -> Bool) throws -> Bool {
        let end = now + .milliseconds(milliseconds)
        while now < end {
            try collect()
            while let event = queue.popNext(until: now) {
                software.handle(event, at: queue.now, host: &host, medium: &medium)
                try collect()
            }
            if isDone(self) { return true }
            try wait(until: min(end, queue.nextTime ?? end))
        }
        return isDone(self)
    }

    private func collect() throws {
        repeat {
            for index in 0..<software.kernel.events.count {
                let (time, event) = software.kernel.events[index]
                queue.schedule(event, at: time)
            }
            software.kernel.events.removeAll()
            for index in 0..<software.kernel.deliveries.count {
                deliveredCount += 1
                deliveredBytes += Int(software.kernel.deliveries[index].event.byteCount)
            }
            software.kernel.deliveries.removeAll()
            let events = (0..<host.bus.count).map { host.bus[$0].event }
            host.bus.removeAll()
            for event in events { try carry(event) }
        } while !host.bus.isEmpty || !software.kernel.events.isEmpty
    }

    private func carry(_ event: BusEvent) throws {
        let configuration = VFIOUser.Region.configuration
        var answer: (tag: UInt32, value: UInt64)?
        switch event {
        case .configurationRead(_, let offset, let count, let tag):
            answer = (tag, try client.read(configuration, UInt64(offset), byteCount: Int(count)))
        case .configurationWrite(_, let offset, let count, let value):
            try client.write(configuration, UInt64(offset), byteCount: Int(count), UInt64(value))
        case .memoryRead(_, let bar, let count, let offset, let tag):
            answer = (tag, try client.read(UInt32(bar), UInt64(offset), byteCount: Int(count)))
        case .memoryWrite(_, let bar, let count, let offset, let value):
            try client.write(UInt32(bar), UInt64(offset), byteCount: Int(count), value, waits: false)
        case .completion, .interrupt, .fault: break
        }
        guard let answer else { return }
        let completion = BusEvent.completion(event.function, tag: answer.tag, value: answer.value)
        software.receive(completion, at: now, host: &host, medium: &medium)
    }

    /// Waits for interrupts, until `time` at the longest.
    private func wait(until time: SimTime) throws {
        var entries = vectors.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
        let left = (time - now).picoseconds / 1000
        guard martlet_poll(&entries, entries.count, Int64(left)) > 0 else { return }
        for vector in vectors.indices where entries[vector].revents != 0 {
            var count: UInt64 = 0
            _ = read(vectors[vector].number, &count, 8)
            software.receive(
                .interrupt(FunctionID(0), vector: UInt32(vector)), at: now, host: &host, medium: &medium)
        }
    }
}
