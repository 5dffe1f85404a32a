extension HostSoftware.Event: CustomStringConvertible {
    /// What happens, for people: `netdev 0 polls channel 3`.
    ///
    /// Stable from run to run.
    package var description: String {
        switch self {
        case .poll(let netdev, _, let channel, let fromInterrupt):
            "netdev \(netdev) polls channel \(channel)" + (fromInterrupt ? " after an interrupt" : "")
        case .flush(let netdev, _, let channel): "netdev \(netdev) rings the send doorbell of channel \(channel)"
        case .generate(let netdev, _, let channel, _): "netdev \(netdev) generates on channel \(channel)"
        case .pollCommand(let core, _, let slot, let tries, _):
            "core driver \(core) looks at command slot \(slot), try \(Int(tries) + 1)"
        case .waitOver(let core, _, _): "core driver \(core) goes on after a pause"
        case .control(let core, _): "core driver \(core) handles its control event queues"
        case .health(let core, _, _): "core driver \(core) reads the health counter"
        }
    }
}
