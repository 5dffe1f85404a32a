internal import BasicContainers
import Driver
internal import Host
import Simulation

/// Applications that a scenario starts: generators inside a driver, and captures sent through a netdev.
extension World {
    /// Starts the application on netdev `netdev` of `host`.
    mutating func startApplication(on netdev: String, of host: Int, at now: SimTime) {
        for index in generators.indices where generators[index].host == host && generators[index].netdev == netdev {
            generators[index].isStarted = true
            computers[host].software.setApplication(.generate(generators[index].pattern), on: netdev, at: now)
        }
        for index in replays.indices where replays[index].host == host && replays[index].netdev == netdev {
            replays[index].isStarted = true
            replays[index].startTime = now
            queue.schedule(.replay(UInt8(index)), at: now)
        }
        collect(fromSoftwareOf: UInt8(host), at: now, advancing: false)
    }

    /// Stops the application on netdev `netdev` of `host` for good.
    mutating func stopApplication(on netdev: String, of host: Int, at now: SimTime) {
        for index in replays.indices where replays[index].host == host && replays[index].netdev == netdev {
            replays[index].isStopped = true
        }
        if generators.contains(where: { $0.host == host && $0.netdev == netdev }) {
            computers[host].software.setApplication(.sink, on: netdev, at: now)
        }
    }

    /// Whether the application on a netdev has sent everything; one that only answers always has.
    func applicationIsFinished(on netdev: String, of host: Int) -> Bool {
        for replay in replays where replay.host == host && replay.netdev == netdev { return replay.isFinished }
        if generators.contains(where: { $0.host == host && $0.netdev == netdev }) {
            return computers[host].software.generatorIsFinished(on: netdev)
        }
        return true
    }

    /// Hands the netdev the next frame of replay `index`; when its ring is full the frame is tried again a little
    /// later.
    mutating func sendReplay(_ index: Int, at now: SimTime) {
        guard replays[index].isStarted, !replays[index].isFinished else { return }
        let host = replays[index].host
        let netdev = computers[host].software.netdev(named: replays[index].netdev)
        let frame = replays[index].next % replays[index].input.count
        let isTaken = replays[index].input.withFrame(frame) { bytes in
            guard let netdev else { return false }
            return computers[host].software.transmit(
                bytes, on: netdev, at: now, host: &platform[host], medium: &medium)
        }
        if isTaken { replays[index].next += 1 }
        collect(fromSoftwareOf: UInt8(host), at: now, advancing: false)
        if !replays[index].isFinished {
            let due = isTaken ? max(replays[index].dueTime, now) : now + DriverReplay.retryInterval
            queue.schedule(.replay(UInt8(index)), at: due)
        } else if script.waitsForDriver {
            advanceScript(at: now)
        }
    }
}
