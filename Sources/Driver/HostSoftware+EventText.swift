extension HostSoftware.Event: CustomStringConvertible {
    /// What happens, for people: `polls channel 3`.
    ///
    /// Stable from run to run.
    package var description: String {
        switch self {
        case .poll(_, _, let channel, let fromInterrupt):
            "polls channel \(channel)" + (fromInterrupt ? " after an interrupt" : "")
        case .finish(_, _, let channel): "has done its work for channel \(channel)"
        case .flush(_, _, let channel): "rings the send doorbell of channel \(channel)"
        case .generate(_, _, let channel, _): "generates on channel \(channel)"
        case .pollCommand(_, _, let slot, let tries, _): "looks at command slot \(slot), try \(Int(tries) + 1)"
        case .waitOver: "goes on after a pause"
        case .control: "handles its control event queues"
        case .health: "reads the health counter"
        }
    }
}

extension HostSoftware {
    /// Whom `event` is about: a netdev by its name, a core driver by that of its device.
    package func subject(of event: Event) -> String {
        switch event {
        case .poll(let netdev, _, _, _), .flush(let netdev, _, _), .finish(let netdev, _, _),
            .generate(let netdev, _, _, _):
            netdevs.contains(Int(netdev)) ? netdevs[Int(netdev)].pointee.name : "netdev \(netdev)"
        case .pollCommand(let core, _, _, _, _), .waitOver(let core, _, _), .control(let core, _),
            .health(let core, _, _):
            cores.contains(Int(core)) ? cores[Int(core)].pointee.interface.deviceName : "core driver \(core)"
        }
    }
}
