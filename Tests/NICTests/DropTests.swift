import NIC
import Simulation
import Testing
import Wire

/// Every reason for which the silicon drops a frame, made to happen.
struct DropTests {
    private func receive(
        _ frame: [UInt8] = ReceivePathTests.tcp, _ parameters: NICParameters = .default, prepare: (Bench) -> Void
    ) -> Bench {
        let bench = Bench.receiver(parameters)
        bench.postReceives(4)
        prepare(bench)
        bench.receive(frame)
        bench.run()
        #expect(bench.isBalanced)
        return bench
    }

    @Test func atAPortThatIsDown() {
        let bench = receive { $0.nic.ports[0].isEnabled = false }
        #expect(bench.medium.frames.dropped(for: .portDown).frames == 1)
    }

    @Test func atAPortForItsLength() {
        let bench = receive(SendTests.plain + [UInt8](repeating: 0, count: 60)) { $0.nic.ports[0].adminMTU = 100 }
        #expect(bench.medium.frames.dropped(for: .frameTooLong).frames == 1)
        #expect(bench.nic.ports[0].counters.receivedTooLong == 1)
        let short = receive([1, 2, 3]) { _ in }
        #expect(short.medium.frames.dropped(for: .frameTooShort).frames == 1)
    }

    @Test func atAPortWhoseBufferIsFull() {
        var parameters = NICParameters.default
        parameters.receiveBufferByteCount = 64
        let bench = receive(ReceivePathTests.tcp, parameters) { $0.receive(ReceivePathTests.tcp) }
        #expect(bench.medium.frames.dropped(for: .portBufferFull).frames == 1)
        #expect(bench.medium.frames.delivered.frames == 1)
    }

    @Test func inTheSwitchWhenTwoFunctionsShareAPort() {
        var parameters = NICParameters.default
        parameters.functions.append(parameters.functions[0])
        let bench = receive(ReceivePathTests.tcp, parameters) { _ in }
        #expect(bench.medium.frames.dropped(for: .noSwitchRule).frames == 1)
    }

    @Test func atAFunctionThatIsDown() {
        let bench = receive { $0.nic.functions[0].vport.adminState = .down }
        #expect(bench.medium.frames.dropped(for: .functionDown).frames == 1)
    }

    @Test func inSteering() {
        let miss = receive { $0.resources.receiveRoot = nil }
        #expect(miss.medium.frames.dropped(for: .steeringMiss).frames == 1)
        let noInterface = receive { $0.resources.transportReceives.remove(1) }
        #expect(noInterface.medium.frames.dropped(for: .badDestination).frames == 1)
        let dropped = receive { $0.setEntry(in: 1, at: 0, group: 0, action: 2) }
        #expect(dropped.medium.frames.dropped(for: .steeringDrop).frames == 1)
        let loop = receive { $0.setEntry(in: 1, at: 0, group: 0, action: 4, destinations: [0x0100_0001]) }
        #expect(loop.medium.frames.dropped(for: .steeringLoop).frames == 1)
    }

    @Test func atAQueueThatIsNotReady() {
        let bench = receive { $0.resources.receiveQueues[1].state = .reset }
        #expect(bench.medium.frames.dropped(for: .receiveQueueNotReady).frames == 1)
    }

    @Test func atACompletionQueueThatIsFull() {
        let bench = Bench.receiver()
        bench.resources.completionQueues.remove(2)
        bench.makeCompletionQueue(at: Bench.receiveCompletions, record: 0x6_00c0, logSize: 1)
        bench.postReceives(8)
        for _ in 0..<3 { bench.receive(ReceivePathTests.tcp) }
        bench.run()
        #expect(bench.medium.frames.delivered.frames == 2)
        #expect(bench.medium.frames.dropped(for: .completionQueueError).frames == 1)
        let event = bench.event(0)
        #expect(event[1] == 0x04)
        #expect(Array(event[0x20..<0x24]) == [0, 0, 0, 2])
        #expect(event[0x2b] == 1)
    }

    @Test func leavingAPortThatIsDown() {
        let bench = Bench.sender()
        bench.nic.ports[0].isConnected = false
        bench.write(SendTests.plain, at: Bench.data)
        bench.post(SendTests.entry, block: 0)
        bench.ring(1)
        bench.run()
        #expect(bench.medium.frames.dropped(for: .portDown).frames == 1)
        #expect(bench.sendCompletion(0)[0x3f] == 0)
    }
}
