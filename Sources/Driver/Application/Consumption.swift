/// What is done with a received packet: `Application` in a form that costs nothing to read.
enum Consumption: BitwiseCopyable, Equatable {
    case deliver, forward, forwardSwapped, reflect
    case handOver(to: UInt16, swapsAddresses: Bool)
    /// The netdev that is to send it does not exist.
    case discard

    /// What `application` does on netdev `index`; `find` gives a netdev's number by its name.
    init(_ application: Application, on index: Int, find: (String) -> Int?) {
        switch application {
        case .sink, .generate: self = .deliver
        case .forward(let name?, let swaps):
            guard let target = find(name) else {
                self = .discard
                return
            }
            self = target == index ? .forward : .handOver(to: UInt16(target), swapsAddresses: swaps)
            if target == index, swaps { self = .forwardSwapped }
        case .forward(nil, let swaps): self = swaps ? .forwardSwapped : .forward
        case .reflect: self = .reflect
        }
    }
}
