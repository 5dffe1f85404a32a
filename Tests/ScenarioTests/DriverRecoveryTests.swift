import Driver
import Host
import NIC
import Simulation
import Testing

/// Queues that the device stops with an event and no completion, because their doorbell record makes no sense, at many
/// moments of traffic: the driver starts them again, and loses nothing but frames.
@Suite struct DriverRecoveryTests {
    static let rounds = 60

    /// A bench with small rings, so that a buffer lost in each round would be missed.
    private func makeBench() -> DriverBench {
        var software = HostSoftwareParameters()
        software.logReceiveRing = 5
        software.logTransmitRing = 6
        return DriverBench(software: software, application: .forward())
    }

    /// Overwrites the word at `offset` of the doorbell record at `address`, which is the device's.
    private func store(_ value: UInt16, at address: UInt64, _ offset: UInt64, of bench: DriverBench) throws {
        let place = try #require(bench.host.domain(of: bench.function).translate(address + offset))
        try bench.host.memory.storeBigEndian(UInt32(value), at: place.physical)
    }

    private func checkWhatComesAfter(_ bench: DriverBench) {
        // A record that was read by nobody yet stops the queue once more.
        bench.startTraffic(60, gap: 400)
        bench.run()
        let (received, sent) = (bench.counter("rx_packets"), bench.sent.count)
        bench.startTraffic(200, gap: 400)
        bench.run()
        #expect(bench.counter("rx_packets") == received + 200, "\(bench.log)")
        #expect(bench.sent.count == sent + 200)
        bench.remove()
        #expect(bench.outstanding == [0, 0, 0])
        #expect(bench.faultCount == 0)
    }

    @Test func aSendQueueThatAnEventStoppedGoesOn() throws {
        let bench = makeBench()
        #expect(bench.bringUp())
        for round in 0..<Self.rounds {
            bench.startTraffic(60, gap: 100)
            for _ in 0..<200 + round * 9 { bench.step() }
            let numbers = bench.nic.functions[0].resources.sendQueues.numbers
            let number = try #require(numbers.first { bench.nic.functions[0].resources.sendQueues[$0].wq.produced > 1 })
            let (address, consumed) = (
                bench.nic.functions[0].resources.sendQueues[number].wq.doorbellRecordAddress,
                bench.nic.functions[0].resources.sendQueues[number].wq.consumed
            )
            try store(UInt16(truncatingIfNeeded: consumed) &+ 0x4000, at: address, 4, of: bench)
            bench.nic.sendQueueDoorbell(
                number, function: bench.function, at: bench.queue.now, platform: &bench.platform)
            bench.collect()
            bench.run()
            #expect(bench.isSettled && bench.isBalanced, "round \(round): \(bench.log)")
        }
        #expect(bench.counter("tx_recover") > UInt64(Self.rounds) / 2, "\(bench.counter("tx_recover"))")
        checkWhatComesAfter(bench)
    }

    @Test func aReceiveQueueThatAnEventStoppedGoesOn() throws {
        let bench = makeBench()
        #expect(bench.bringUp())
        for round in 0..<Self.rounds {
            bench.startTraffic(60, gap: 100)
            for _ in 0..<200 + round * 9 { bench.step() }
            let number = try #require(bench.nic.functions[0].resources.receiveQueues.numbers.last)
            let (address, consumed) = (
                bench.nic.functions[0].resources.receiveQueues[number].wq.doorbellRecordAddress,
                bench.nic.functions[0].resources.receiveQueues[number].wq.consumed
            )
            try store(UInt16(truncatingIfNeeded: consumed) &+ 0x4000, at: address, 0, of: bench)
            bench.run()
            #expect(bench.isSettled && bench.isBalanced, "round \(round): \(bench.log)")
        }
        #expect(bench.counter("rx_recover") > 0)
        checkWhatComesAfter(bench)
    }
}
