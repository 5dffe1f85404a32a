package import Host
package import Simulation

extension NIC {
    /// The driver put `event` on the bus now: schedules its arrival, behind what was put there before.
    package mutating func receive(_ event: BusEvent, at now: SimTime, platform: inout Platform) {
        let function = event.function
        guard let link = linkIndex(ofPossible: function) else { return }
        let arrival: SimTime
        switch event {
        case .configurationWrite(_, _, let byteCount, _), .memoryWrite(_, _, let byteCount, _, _):
            arrival = links[link].mmioWrite(byteCount: Int(byteCount), at: now)
        case .configurationRead, .memoryRead:
            // A request without data takes the way of a write; its answer is timed when it is given.
            arrival = links[link].mmioWrite(byteCount: 0, at: now)
        case .completion, .interrupt, .fault: return
        }
        events.schedule(.bus(event), at: arrival)
    }
}
