extension FunctionDriver.Event: CustomStringConvertible {
    /// What happens, for people: `polls channel 3`.
    ///
    /// Stable from run to run.
    package var description: String {
        switch self {
        case .pollCommand(let slot, let tries, _): "looks at command slot \(slot), try \(Int(tries) + 1)"
        case .waitOver: "goes on after a pause"
        case .control: "handles the event queues of vector 0"
        case .poll(let channel, let fromInterrupt):
            "polls channel \(channel)" + (fromInterrupt ? " after an interrupt" : "")
        case .generate(let channel, _): "generates on channel \(channel)"
        case .flush(let channel): "rings the send doorbell of channel \(channel)"
        case .health: "reads the health counter"
        }
    }
}
