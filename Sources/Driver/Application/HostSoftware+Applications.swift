package import Host
package import Simulation

/// Applications, which sit on netdevs as sockets do, and frames from outside.
extension HostSoftware {
    /// Announces traffic that a generator on `netdev` will send, so that buffers of its size are there when the
    /// interface is opened.
    package mutating func prepare(for pattern: TrafficPattern, on netdev: String) {
        let largest = max(plans[netdev]?.largestByteCount ?? 0, pattern.largestByteCount)
        plans[netdev, default: NetdevPlan()].largestByteCount = largest
        if let index = netdevNames[netdev] { netdevs[index].pointee.generator.largestByteCount = largest }
    }

    /// Puts `application` on top of the netdev called `netdev`, now or as soon as it exists.
    ///
    /// A generator runs on the netdev that it was started on: one that takes its place later sends nothing by itself.
    /// A generator whose frames are larger than what was announced before the interface was opened (`prepare`) starts
    /// when it is opened next.
    package mutating func setApplication(_ application: Application, on netdev: String, at now: SimTime) {
        if case .generate(let pattern) = application { prepare(for: pattern, on: netdev) }
        plans[netdev, default: NetdevPlan()].application = application
        guard let index = netdevNames[netdev] else { return }
        forgetStartedGenerator(on: netdev)
        netdevs[index].pointee.keepApplication(application)
        resolveForwarding(of: index)
        let core = netdevs[index].pointee.core
        netdevs[index].pointee.startGenerator(at: now, core: cores[core].pointee.interface, kernel: &kernel)
    }

    /// A generator that has found its netdev is not started again on the next of that name.
    mutating func forgetStartedGenerator(on netdev: String) {
        if case .generate = plans[netdev]?.application { plans[netdev]?.application = nil }
    }

    /// Has `planner` asked by name for what is on netdevs that come into being, unless it was said one by one.
    package mutating func plansApplications(_ planner: @escaping (String) -> NetdevPlan) { self.planner = planner }

    /// Captures what the stack sees on the netdev called `netdev`.
    package mutating func setTapPoint(_ point: TapPoint?, of netdev: String) {
        plans[netdev, default: NetdevPlan()].tapPoint = point
        if let index = netdevNames[netdev] { netdevs[index].pointee.tapPoint = point }
    }

    /// Frames that the generator on the netdev called `netdev` has sent, over all channels.
    package func generatedFrameCount(of netdev: String) -> UInt64 {
        netdevNames[netdev].map { netdevs[$0].pointee.generatedFrameCount } ?? 0
    }

    /// Whether the generator on the netdev called `netdev` has sent all it was asked for.
    package func generatorIsFinished(on netdev: String) -> Bool {
        netdevNames[netdev].map { netdevs[$0].pointee.generatorIsFinished } ?? false
    }

    /// Sends `frame` byte for byte on channel `channel` of netdev `index`, modulo the number of channels; false when
    /// there is no room now.
    ///
    /// A frame that can never be sent (shorter than its Ethernet header, or longer than a buffer) is dropped and
    /// counted, which is true. The doorbell follows when the channel's core is free, so that frames handed over
    /// together share one.
    package mutating func transmit(
        _ frame: UnsafeRawBufferPointer, on index: Int, channel: Int = 0, vlan: UInt16? = nil, at now: SimTime,
        host: inout Host, medium: inout Medium
    ) -> Bool {
        guard netdevs.contains(index) else { return false }
        return netdevs[index].pointee.transmit(
            frame, channel: channel, vlan: vlan, at: now, kernel: &kernel, host: &host, medium: &medium)
    }

    // MARK: Forwarding

    /// Takes packets that a netdev received to those that are to send them.
    mutating func handOver(at now: SimTime, host: inout Host, medium: inout Medium) {
        for position in 0..<kernel.handoffs.count {
            let handoff = kernel.handoffs[position]
            if netdevs.contains(Int(handoff.target)) {
                netdevs[Int(handoff.target)].pointee.transmit(
                    handoff, at: now, kernel: &kernel, host: &host, medium: &medium)
            }
            netdevs[Int(handoff.source)].pointee.finish(handoff, at: now, kernel: &kernel)
        }
        kernel.handoffs.removeAll(keepingCapacity: true)
    }

    /// Finds again the netdevs that others forward to.
    mutating func refreshForwarding() {
        for index in 0..<netdevs.limit where netdevs.contains(index) {
            guard case .forward(.some, _) = netdevs[index].pointee.application else { continue }
            resolveForwarding(of: index)
        }
    }

    private func resolveForwarding(of index: Int) {
        let names = netdevNames
        netdevs[index].pointee.consumption = Consumption(netdevs[index].pointee.application, on: index) { names[$0] }
    }
}
