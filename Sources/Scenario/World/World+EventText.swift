internal import BasicContainers
internal import Driver
internal import Host
internal import NIC
internal import Simulation

/// Events in words, for those who want to know what led to something.
extension World {
    /// What `event` is, with the names of the scenario: `h0 NIC: function 0: send queue 2, 4 entries arrive`.
    func text(of event: Event) -> String {
        switch event {
        case .nic(let event, let nic): "\(computers[linksOfNIC[Int(nic)][0]].name) NIC: \(event)"
        case .bus(let event, let host): "\(computers[Int(host)].name) bus: \(event)"
        case .software(let event, let host):
            "\(computers[Int(host)].name) \(computers[Int(host)].software.subject(of: event)): \(event)"
        case .arrival(let frame, let link, let atSecond):
            "\(links[Int(link)].name): frame slot \(frame.slot) is at the \(atSecond ? "second" : "first") end"
        case .traffic(let index): "\(traffic[Int(index)].name): the next frame is due"
        case .replay(let index): "replay \(index): the next frame is due"
        case .script: "the script goes on"
        }
    }
}
