internal import BasicContainers
import NIC
import Simulation

/// What happens on wires and at the traffic endpoints.
extension World {
    /// Puts `frame`, whose last bit leaves `end` at `time`, on its wire.
    mutating func depart(_ frame: FrameID, from end: WireEnd, at time: SimTime) {
        let index = linkIndex(of: end)
        guard index >= 0 else {
            medium.frames.drop(frame, .wireUnconnected)
            return
        }
        medium.frames[frame].journey.spend(on: .port, until: time)
        let towardSecond = links[index].first == end
        queue.schedule(
            .arrival(frame, link: UInt16(index), atSecond: towardSecond), at: time + links[index].propagation)
    }

    private func linkIndex(of end: WireEnd) -> Int {
        switch end {
        case .port(let nic, let port): linkOfPort[Int(nic) * 8 + Int(port)]
        case .traffic(let index): linkOfTraffic[Int(index)]
        }
    }

    /// The last bit of `frame` has reached an end of `link`.
    mutating func arrive(_ frame: FrameID, link: Int, atSecond: Bool, at now: SimTime) {
        medium.frames[frame].journey.spend(on: .wire, until: now)
        if let tap = links[link].tap {
            medium.taps.record(frame, of: medium.frames, at: tap, atSecond ? .outbound : .inbound, time: now)
        }
        switch atSecond ? links[link].second : links[link].first {
        case .port(let nic, let port):
            nics[Int(nic)].receive(frame, on: PortID(Int(port)), at: now, platform: &platform, medium: &medium)
            collectFromNIC(nic)
        case .traffic(let index):
            takeTraffic(frame, at: Int(index), now: now)
        }
    }

    /// Lets traffic endpoint `index` send the frame that is due.
    mutating func sendTraffic(_ index: Int, at now: SimTime) {
        guard traffic[index].isStarted, !traffic[index].isFinished else { return }
        let (frame, leaves, next) = traffic[index].send(at: now, frames: &medium.frames)
        depart(frame, from: .traffic(UInt8(index)), at: leaves)
        if let next {
            queue.schedule(.traffic(UInt8(index)), at: next)
        } else if script.waitsForTraffic {
            advanceScript(at: now)
        }
    }

    private mutating func takeTraffic(_ frame: FrameID, at index: Int, now: SimTime) {
        let journey = medium.frames[frame].journey
        if let leaves = traffic[index].receive(frame, at: now, frames: &medium.frames) {
            depart(frame, from: .traffic(UInt8(index)), at: leaves)
        } else {
            latency.record(journey, endedAt: now)
        }
    }

    /// Starts traffic endpoint `index`.
    mutating func startTraffic(_ index: Int, at now: SimTime) {
        if let first = traffic[index].start(at: now) { queue.schedule(.traffic(UInt8(index)), at: first) }
    }
}
