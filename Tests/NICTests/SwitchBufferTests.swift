import Host
import NIC
import Simulation
import Testing
import Wire

/// Frames from one function to another in the receiver's queue, and the buffer that they lie in on the way.
struct SwitchBufferTests {
    /// The physical function receives into queue 1; a virtual function can send to it, address 02:00:00:00:10:00.
    private func world(_ change: (inout NICParameters) -> Void = { _ in }) -> (bench: Bench, sender: FunctionID) {
        var parameters = NICParameters.default
        parameters.functions[0].virtualFunctionCount = 1
        change(&parameters)
        let bench = Bench.receiver(parameters)
        let sender = bench.nic.layout.virtual(0, of: 0)
        bench.nic.make(sender)
        let root = bench.nic.steering.add(FlowTable(owner: bench.function, type: .fdb, logSize: 1))
        if let group = try? FlowGroupDescription(decoding: Bench.group(0...0) { _ in }) {
            _ = bench.nic.steering.addGroup(group, to: root)
        }
        var entry = FlowEntryDescription(group: 0, action: .forward, value: [])
        entry.destinations = [SteeringDestination(.vport, 0)]
        try? bench.nic.steering.addEntry(entry, at: 0, of: root)
        bench.nic.switching.eswitches[0].forwardingRoot = root
        return (bench, sender)
    }

    private func send(_ bytes: [UInt8], from sender: FunctionID, _ bench: Bench) {
        let frame = bench.medium.frames.create(byteCount: bytes.count, journey: Journey(birth: bench.queue.now))
        bench.medium.frames.bytes(frame).copyBytes(from: bytes)
        let generation = bench.nic.functions[Int(sender.index)].generation
        bench.nic.occupySend(frame, of: sender, medium: bench.medium)
        bench.nic.handle(
            .queue(sender, generation: generation, .frameReady(frame, queue: 1, epoch: 0, .none)), at: bench.queue.now,
            platform: &bench.platform, medium: &bench.medium)
        bench.collect()
    }

    @Test func aFrameFromAnotherFunctionIsWrittenAndCompleted() {
        let (bench, sender) = world()
        bench.postReceives(4)
        let frame = SwitchBench.frame(from: 1, to: 0, byteCount: 200)
        send(frame, from: sender, bench)
        bench.run()
        #expect(bench.read(200, at: Bench.data) == frame)
        // Byte count of the completion.
        #expect(Array(bench.receiveCompletion(0)[0x2c..<0x30]) == [0, 0, 0, 200])
        #expect(bench.nic.functions[Int(sender.index)].vport.counters.transmittedUnicast.octets == 200)
        #expect(bench.nic.functions[0].vport.counters.receivedUnicast.octets == 200)
        #expect(bench.medium.frames.delivered.frames == 1 && bench.isBalanced)
        #expect(bench.nic.ports[0].bufferedByteCount == 0)
    }

    @Test func theBufferBetweenFunctionsIsFiniteAndIsGivenBack() {
        let (bench, sender) = world { $0.loopbackBufferByteCount = 128 }
        bench.postReceives(8)
        for round in 1...3 {
            for _ in 0..<4 { send(SwitchBench.frame(from: 1, to: 0), from: sender, bench) }
            bench.run()
            #expect(bench.medium.frames.delivered.frames == UInt64(2 * round))
            #expect(bench.medium.frames.dropped(for: .loopbackBufferFull).frames == UInt64(2 * round))
        }
        #expect(bench.isBalanced)
    }

    @Test func tagsWithoutEndAreTooMany() {
        let world = SwitchBench(virtualCount: 1)
        let table = world.table(.fdb) { $0.set(MatchMisc.sourcePort, .max, at: MatchParameters.misc) }
        let again = SteeringDestination(.table, Int(table.index))
        world.entry(table, 255, group: 1, [.forward, .vlanPush], to: [again], tag: 0x8100_0001)
        world.bench.nic.switching.eswitches[0].forwardingRoot = table
        world.send(SwitchBench.frame(from: 1, to: 77), from: 1)
        #expect(world.arrivals().isEmpty)
        #expect(world.dropped(.tooManyTags) == 1)
        #expect(world.bench.isBalanced)
    }
}
