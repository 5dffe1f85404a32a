import NIC
import Simulation
import Testing
import Wire

/// What received frames become in host memory (native interface, sections 5.2 and 5.3).
struct ReceiveTests {
    @Test func writesAFrameAndItsCompletion() {
        let bench = Bench.receiver()
        bench.postReceives(4)
        bench.receive(SendTests.plain)
        bench.run()
        #expect(bench.read(60, at: Bench.data) == SendTests.plain)
        let completion = bench.receiveCompletion(0)
        #expect(Array(completion[0x2c..<0x30]) == [0, 0, 0, 60])
        #expect(Array(completion[0x3c..<0x40]) == [0, 0, 0xff, 0x20])
        #expect(bench.isBalanced)
        #expect(bench.medium.frames.delivered.frames == 1)
    }
}
