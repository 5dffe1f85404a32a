internal import BasicContainers
internal import Driver
package import Host
import NIC
package import Simulation

/// What a world is asked by drivers that are outside it.
extension World {
    /// Simulated time: that of the last event.
    package var now: SimTime { queue.now }

    /// The capture points at ports.
    ///
    /// To capture there takes events of its own, so whoever counts events
    /// captures at all of them.
    var portPoints: TapPointSet { TapPointSet(points.filter { $0.kind == .port }.map(\.point)) }

    /// When the next event happens; `nil` when nothing is pending.
    package var nextEventTime: SimTime? { queue.nextTime }

    /// Puts `event` on the bus of `computer` at `time`, or now when that has passed.
    package mutating func send(_ event: BusEvent, to computer: Int, at time: SimTime) {
        platform[computer].send(event, at: max(time, queue.now))
        collectFromBus(of: UInt8(computer))
    }

    /// Lets traffic endpoint `index` send `frame`, which has come from outside, at `time` or now when that has passed.
    package mutating func send(_ frame: UnsafeRawBufferPointer, fromTraffic index: Int, at time: SimTime) {
        let (id, leaves) = traffic[index].send(frame, at: max(time, queue.now), frames: &medium.frames)
        depart(id, from: .traffic(UInt8(index)), at: leaves)
    }

    /// The computer at the other end of the wire of traffic endpoint `index`, if there is one.
    func computer(facingTraffic index: Int) -> Int? {
        guard linkOfTraffic[index] >= 0,
            case .port(let nic, _) = links[linkOfTraffic[index]].peer(of: .traffic(UInt8(index)))
        else { return nil }
        return linksOfNIC[Int(nic)][0]
    }

    /// Whether a driver of `function` has a receive queue that takes frames.
    func isReceiving(_ function: FunctionID) -> Bool {
        guard let nic = nic(of: function), nics[nic].functions.contains(Int(function.index)) else { return false }
        return nics[nic].functions[Int(function.index)].isReceiving
    }

    /// Whether the bus finds `function`.
    func isOnBus(_ function: FunctionID) -> Bool {
        guard let nic = nic(of: function), nics[nic].functions.contains(Int(function.index)) else { return false }
        return nics[nic].functions[Int(function.index)].isOnBus
    }

    /// Gives the software of `host` a command at `time`, or now when that has passed.
    mutating func execute(_ command: ControlCommand, on host: Int, at time: SimTime) -> CommandTicket {
        let time = max(time, queue.now)
        let ticket = computers[host].software.execute(command, at: time, host: &platform[host])
        collect(fromSoftwareOf: UInt8(host), at: time, advancing: false)
        return ticket
    }

    /// No step of the scenario begins any more.
    mutating func stopSteps() { script.phase = .finished }

    /// Frames that have been delivered or dropped.
    var endedFrameCount: UInt64 { medium.frames.delivered.frames + medium.frames.droppedTotal.frames }

    /// Whether a frame is on its way.
    var hasFramesInFlight: Bool { medium.frames.inFlightCount > 0 }

    /// Handles the events up to `time`, at most `count` of them; false when there are none left.
    package mutating func run(until time: SimTime, atMost count: Int) -> Bool {
        for _ in 0..<count {
            guard let event = queue.popNext(until: time) else { return false }
            eventCount &+= 1
            handle(event, at: queue.now)
            // What waits until nothing happens any more goes on at once, so that a replay finds the same moment.
            if queue.isEmpty, !script.isFinished { advanceScript(at: queue.now) }
        }
        return true
    }
}
