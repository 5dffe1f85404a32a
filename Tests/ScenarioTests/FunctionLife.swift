import Driver
import Host
import NIC
import Simulation

/// How a function is reset.
enum ResetPath: CaseIterable {
    /// By configuration space, when the host's software is gone: a fresh driver finds the function.
    case functionLevelWithoutDriver
    /// By configuration space, behind the back of a driver that goes on and is told to reset the function later.
    case functionLevelBehindDriver
    /// By `nic_interface` 7 of the initialization segment, when the host's software is gone.
    case software
    /// The driver is told to reset the function.
    case byDriver
    /// The driver is told to go, and another comes.
    case removal
}

/// The short life of a function that a reset interrupts: probed, opened, forwarding some frames, closed.
final class FunctionLife {
    enum Phase { case probe, open, traffic, close, ended }

    static let frameCount = 24
    /// Events without end are not waited for.
    private static let mostEvents = 200_000

    let bench: DriverBench
    private(set) var phase = Phase.probe
    private(set) var eventCount = 0

    /// Small rings, and commands looked at seldom: a short life has few events.
    private static var software: HostSoftwareParameters {
        var software = HostSoftwareParameters()
        software.logReceiveRing = 6
        software.logTransmitRing = 6
        software.commandPollInterval = .microseconds(4)
        return software
    }

    init() {
        bench = DriverBench(software: Self.software, application: .forward())
        bench.begin()
        bench.collect()
    }

    /// Lets one event happen, and begins the next phase when it ended one; false when the life has ended.
    func step() -> Bool {
        guard bench.step() else { return false }
        eventCount += 1
        switch phase {
        case .probe where bench.state == .ready:
            phase = .open
            bench.begin("ip link set dev eth0 up")
        case .open where !bench.software.results.isEmpty:
            phase = .traffic
            bench.software.results.removeAll()
            bench.startTraffic(Int32(Self.frameCount), gap: 60)
        case .traffic where bench.queue.isEmpty:
            phase = .close
            bench.begin("ip link set dev eth0 down")
        case .close where !bench.software.results.isEmpty:
            phase = .ended
            return false
        default: break
        }
        return true
    }

    // MARK: The reset

    /// Whether the way to reset is open yet: a register has to be decoded.
    func canBeInterrupted(by path: ResetPath) -> Bool {
        path != .software || bench.nic.functions[0].configurationSpace.isMemoryEnabled
    }

    /// Resets the function now; what is wrong afterwards.
    func interrupt(by path: ResetPath) -> [String] {
        switch path {
        case .functionLevelWithoutDriver:
            handle(.configurationWrite(bench.function, offset: 0x68, byteCount: 2, value: 0x8000))
            return replaceDriver()
        case .software:
            handle(
                .memoryWrite(
                    bench.function, bar: 0, byteCount: 4, offset: 0x14, value: UInt64(UInt32(0x700).byteSwapped)))
            return replaceDriver()
        case .functionLevelBehindDriver:
            handle(.configurationWrite(bench.function, offset: 0x68, byteCount: 2, value: 0x8000))
            guard runOut() else { return ["the driver never gives up"] }
            return resetByDriver()
        case .byDriver: return resetByDriver()
        case .removal:
            bench.software.unplug(bench.function, at: bench.queue.now, host: &bench.host)
            bench.collect()
            guard runOut() else { return ["the removal never ends"] }
            var complaints = lookAtRemains()
            if bench.state != .absent { complaints.append("removal leaves the driver \(bench.state)") }
            return complaints + probeAgain(memory: 1 << 20..<256 << 20)
        }
    }

    /// The write reaches the function now, whatever is under way on the bus.
    private func handle(_ event: BusEvent) {
        bench.nic.handle(.bus(event), at: bench.queue.now, platform: &bench.platform, medium: &bench.medium)
        bench.collect()
    }

    /// The host's software is gone with the reset; another driver comes, with other memory.
    private func replaceDriver() -> [String] {
        bench.hasLostDriver = true
        let touched = [bench.host.dmaReadByteCount, bench.host.dmaWrittenByteCount]
        guard runOut() else { return ["a function without a driver goes on for ever"] }
        var complaints: [String] = []
        if [bench.host.dmaReadByteCount, bench.host.dmaWrittenByteCount] != touched {
            complaints.append("host memory is touched after the reset")
        }
        if bench.deviceObjectCount != 0 { complaints.append("\(bench.deviceObjectCount) objects survive the reset") }
        bench.hasLostDriver = false
        return complaints + probeAgain(memory: 256 << 20..<512 << 20)
    }

    private func probeAgain(memory: Range<UInt64>) -> [String] {
        bench.software = HostSoftware(name: "h0", parameters: Self.software, memory: memory)
        bench.software.setApplication(.forward(), on: "eth0", at: bench.queue.now)
        bench.begin()
        bench.collect()
        return runOut() ? [] : ["the second probe never ends"]
    }

    private func resetByDriver() -> [String] {
        let result = bench.execute("echo 1 > /sys/class/net/eth0/device/reset")
        guard runOut() else { return ["the reset never ends"] }
        return result.failure.map { ["the reset fails: \($0)"] } ?? []
    }

    private func runOut() -> Bool {
        var left = Self.mostEvents
        while left > 0 {
            guard bench.step() else { return true }
            left -= 1
        }
        return false
    }

    // MARK: Judgement

    /// What is wrong with the function after the reset: it must open, forward, and be removed without remains.
    func judge() -> [String] {
        guard bench.state == .ready else { return ["the driver is \(bench.state)"] }
        var complaints: [String] = []
        if !bench.isBalanced { complaints.append("\(bench.medium.frames.inFlightCount) frames are kept") }
        if let failure = bench.execute("ip link set dev eth0 up").failure { complaints.append("up: \(failure)") }
        guard runOut() else { return complaints + ["opening never ends"] }
        let (received, sent) = (bench.counter("rx_packets"), bench.sent.count)
        bench.startTraffic(10, gap: 100)
        guard runOut() else { return complaints + ["ten frames never end"] }
        if bench.counter("rx_packets") != received + 10 { complaints.append("received \(bench.counter("rx_packets"))") }
        if bench.sent.count != sent + 10 { complaints.append("forwarded \(bench.sent.count - sent) of 10") }
        if !bench.isSettled { complaints.append("the driver has not settled") }
        bench.remove()
        return complaints + lookAtRemains()
    }

    private func lookAtRemains() -> [String] {
        var complaints: [String] = []
        if bench.outstanding != [0, 0, 0] { complaints.append("outstanding \(bench.outstanding)") }
        if bench.deviceObjectCount != 0 { complaints.append("\(bench.deviceObjectCount) objects are left") }
        if !bench.isBalanced { complaints.append("\(bench.medium.frames.inFlightCount) frames are kept") }
        if bench.nic.ports[0].bufferedByteCount != 0 { complaints.append("the receive buffer is not empty") }
        if bench.faultCount != 0 { complaints.append("\(bench.faultCount) DMA faults") }
        return complaints
    }
}
