/// How a driver and a NIC talk over PCIe for each packet, and the packet rate that leaves on a link.
///
/// Three published kinds: a simple NIC that does everything for every packet, a 10 G NIC with a kernel driver, and the
/// same with a polling driver.
package struct PCIeInteraction: Sendable {
    /// Who drives the NIC.
    package enum Driver: String, Sendable, CaseIterable {
        case simple, kernel
        /// Polls descriptors in host memory, and takes no interrupts.
        case poll
    }

    /// Which packets there are.
    package enum Direction: String, Sendable, CaseIterable { case transmit, receive, both }

    package let link: PCIeAnalytic
    package let driver: Driver
    /// Leaves the request for receive descriptors out, as the published code does by mistake.
    package var omitsDescriptorRequest = false

    package init(link: PCIeAnalytic, driver: Driver, omitsDescriptorRequest: Bool = false) {
        self.link = link
        self.driver = driver
        self.omitsDescriptorRequest = omitsDescriptorRequest
    }

    /// Bytes on the link for one packet, from the NIC and to it.
    package struct Cost: Sendable, Equatable {
        package var upstream = 0.0
        package var downstream = 0.0
    }

    private static let descriptorByteCount = 16
    private static let registerByteCount = 4
    /// Descriptors of one transmit fetch and of one transmit write-back; packets of one doorbell or interrupt; packets
    /// of one read of the receive head.
    private static let fetchCount = 40
    private static let writeBackCount = 8
    private static let batchCount = 32
    private static let headReadCount = 8

    /// Data rate, in Gb/s and for one direction, of frames of `frameByteCount` with their check sequence, which does
    /// not cross the link.
    package func rate(_ direction: Direction, frameByteCount: Int) -> Double {
        let byteCount = frameByteCount - 4
        var cost = Cost()
        if direction != .receive { add(transmitCost(byteCount), to: &cost) }
        if direction != .transmit { add(receiveCost(byteCount), to: &cost) }
        return link.packetRate * Double(byteCount) / max(cost.upstream, cost.downstream)
    }

    /// What transmitting `byteCount` bytes costs.
    package func transmitCost(_ byteCount: Int) -> Cost {
        var cost = Cost()
        read(byteCount, packets: 1, &cost)
        switch driver {
        case .simple:
            doorbell(packets: 1, &cost)
            read(Self.descriptorByteCount, packets: 1, &cost)
            write(Self.registerByteCount, packets: 1, &cost)
            headRead(packets: 1, &cost)
        case .kernel, .poll:
            doorbell(packets: driver == .poll ? Self.batchCount : 1, &cost)
            read(Self.fetchCount * Self.descriptorByteCount, packets: Self.fetchCount, &cost)
            write(Self.writeBackCount * Self.descriptorByteCount, packets: Self.writeBackCount, &cost)
            if driver == .kernel {
                write(Self.registerByteCount, packets: Self.batchCount, &cost)
                headRead(packets: 1, &cost)
            }
        }
        return cost
    }

    /// What receiving `byteCount` bytes costs.
    package func receiveCost(_ byteCount: Int) -> Cost {
        var cost = Cost()
        doorbell(packets: driver == .simple ? 1 : Self.batchCount, &cost)
        read(Self.descriptorByteCount, packets: 1, &cost)
        if omitsDescriptorRequest { cost.upstream -= Double(link.requestByteCount(Self.descriptorByteCount)) }
        write(byteCount, packets: 1, &cost)
        write(Self.descriptorByteCount, packets: 1, &cost)
        switch driver {
        case .simple:
            write(Self.registerByteCount, packets: 1, &cost)
            headRead(packets: 1, &cost)
        case .kernel:
            write(Self.registerByteCount, packets: Self.batchCount, &cost)
            headRead(packets: Self.headReadCount, &cost)
        case .poll: break
        }
        return cost
    }

    private func add(_ other: Cost, to cost: inout Cost) {
        cost.upstream += other.upstream
        cost.downstream += other.downstream
    }

    /// A write by the NIC: data, descriptors, or a message of 4 bytes.
    private func write(_ byteCount: Int, packets: Int, _ cost: inout Cost) {
        cost.upstream += Double(link.writeByteCount(byteCount)) / Double(packets)
    }

    private func read(_ byteCount: Int, packets: Int, _ cost: inout Cost) {
        cost.upstream += Double(link.requestByteCount(byteCount)) / Double(packets)
        cost.downstream += Double(link.completionByteCount(byteCount)) / Double(packets)
    }

    private func doorbell(packets: Int, _ cost: inout Cost) {
        cost.downstream += Double(link.writeByteCount(Self.registerByteCount)) / Double(packets)
    }

    private func headRead(packets: Int, _ cost: inout Cost) {
        cost.downstream += Double(link.requestByteCount(Self.registerByteCount)) / Double(packets)
        cost.upstream += Double(link.completionByteCount(Self.registerByteCount)) / Double(packets)
    }
}
