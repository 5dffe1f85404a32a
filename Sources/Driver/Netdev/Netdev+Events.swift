/// What a netdev asks to be handed back.
extension Netdev {
    @inline(__always) func pollEvent(_ channel: Int, fromInterrupt: Bool) -> HostSoftware.Event {
        .poll(netdev: UInt16(index), life: life, channel: UInt8(channel), fromInterrupt: fromInterrupt)
    }

    @inline(__always) func finishEvent(_ channel: Int) -> HostSoftware.Event {
        .finish(netdev: UInt16(index), life: life, channel: UInt8(channel))
    }

    @inline(__always) func flushEvent(_ channel: Int) -> HostSoftware.Event {
        .flush(netdev: UInt16(index), life: life, channel: UInt8(channel))
    }

    @inline(__always) func generateEvent(_ channel: Int) -> HostSoftware.Event {
        .generate(netdev: UInt16(index), life: life, channel: UInt8(channel), generation: generator.generation)
    }
}
