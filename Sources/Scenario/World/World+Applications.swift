internal import BasicContainers
import Driver
internal import Host
import Simulation

/// Applications that a scenario starts: generators inside a driver, and captures sent through a netdev.
extension World {
    /// Starts the application of `driver`.
    mutating func startApplication(computer: Int, driver: Int, at now: SimTime) {
        for index in generators.indices
        where generators[index].computer == computer && generators[index].driver == driver {
            generators[index].isStarted = true
            computers[computer].drivers[driver].setApplication(.generate(generators[index].pattern), at: now)
        }
        for index in replays.indices where replays[index].computer == computer && replays[index].driver == driver {
            replays[index].isStarted = true
            replays[index].startTime = now
            queue.schedule(.replay(UInt8(index)), at: now)
        }
        collect(fromDriver: UInt8(driver), of: UInt8(computer), at: now, advancing: false)
    }

    /// Stops the application of `driver` for good.
    mutating func stopApplication(computer: Int, driver: Int, at now: SimTime) {
        for index in replays.indices where replays[index].computer == computer && replays[index].driver == driver {
            replays[index].isStopped = true
        }
        if generators.contains(where: { $0.computer == computer && $0.driver == driver }) {
            computers[computer].drivers[driver].setApplication(.sink, at: now)
        }
    }

    /// Whether the application of `driver` has sent everything; one that only answers always has.
    func applicationIsFinished(computer: Int, driver: Int) -> Bool {
        for replay in replays where replay.computer == computer && replay.driver == driver {
            return replay.isFinished
        }
        if generators.contains(where: { $0.computer == computer && $0.driver == driver }) {
            return computers[computer].drivers[driver].generatorIsFinished
        }
        return true
    }

    /// Takes packets that `driver` received to the netdevs that are to send them.
    mutating func handOver(fromDriver driver: Int, of computer: Int, at now: SimTime) {
        var targets: UInt64 = 0
        for position in 0..<computers[computer].drivers[driver].handoffs.count {
            let handoff = computers[computer].drivers[driver].handoffs[position]
            let target = Int(handoff.interface)
            computers[computer].drivers[target].transmit(
                handoff, at: now, host: &platform[computer], medium: &medium)
            computers[computer].drivers[driver].finish(handoff, at: now)
            targets |= 1 << UInt64(target & 63)
        }
        computers[computer].drivers[driver].handoffs.removeAll(keepingCapacity: true)
        for target in 0..<computers[computer].drivers.count where target != driver && targets >> UInt64(target) & 1 != 0
        {
            collect(fromDriver: UInt8(target), of: UInt8(computer), at: now, advancing: false)
        }
        // What giving buffers back has caused: a poll of the interface that received.
        for position in 0..<computers[computer].drivers[driver].events.count {
            let (time, event) = computers[computer].drivers[driver].events[position]
            queue.schedule(.driver(event, computer: UInt8(computer), driver: UInt8(driver)), at: time)
        }
        computers[computer].drivers[driver].events.removeAll()
    }

    /// Hands the netdev the next frame of replay `index`; when its ring is full the frame is tried again a little
    /// later.
    mutating func sendReplay(_ index: Int, at now: SimTime) {
        guard replays[index].isStarted, !replays[index].isFinished else { return }
        let computer = replays[index].computer
        let driver = replays[index].driver
        let frame = replays[index].next % replays[index].input.count
        let isTaken = replays[index].input.withFrame(frame) { bytes in
            computers[computer].drivers[driver].transmit(bytes, at: now, host: &platform[computer], medium: &medium)
        }
        if isTaken { replays[index].next += 1 }
        collect(fromDriver: UInt8(driver), of: UInt8(computer), at: now, advancing: false)
        if !replays[index].isFinished {
            let due = isTaken ? max(replays[index].dueTime, now) : now + DriverReplay.retryInterval
            queue.schedule(.replay(UInt8(index)), at: due)
        } else if script.waitsForDriver {
            advanceScript(at: now)
        }
    }
}
