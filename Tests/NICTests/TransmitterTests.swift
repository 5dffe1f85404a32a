import Host
import NIC
import Simulation
import Testing

/// Frames wait for a port's transmitter in the port's buffer, and nothing is booked that has not left.
@Suite struct TransmitterTests {
    /// A bench that sends 60,000 bytes in frames of 1,054 over a port of 10 Gb/s, at the moment when some have left.
    private func halfSent(_ change: (inout NICParameters) -> Void = { _ in }) -> Bench {
        var parameters = NICParameters.default
        parameters.portSpeeds = [10_000]
        change(&parameters)
        let bench = Bench.sender(parameters)
        bench.write([UInt8](repeating: 0x5a, count: 60_000), at: Bench.data)
        bench.post(
            SendOffloadTests.entry(opcode: 0x0e, header: Headers.tcp4, flags: 0xc0, mss: 1000, byteCount: 60_000),
            block: 0)
        bench.ring(2)
        // A frame lasts 862 ns.
        bench.run(until: .zero + .microseconds(20))
        return bench
    }

    @Test func whatWaitsAtAPortThatGoesDownDoesNotLeave() {
        let bench = halfSent()
        let before = bench.sent.count
        #expect((15...24).contains(before), "\(before)")
        #expect(bench.nic.ports[0].waitingByteCount > 20_000)
        let now = SimTime.zero + .microseconds(20)
        bench.nic.setPort(PortID(0), isConnected: false, at: now, platform: &bench.platform)
        bench.run()
        // The one on the line and what the transmitter has taken already, 1 KB, is all that follows.
        #expect(bench.sent.count <= before + 2, "\(bench.sent.count) after \(before)")
        #expect(bench.medium.frames.dropped(for: .portDown).frames == UInt64(60 - bench.sent.count))
        #expect(bench.nic.ports[0].counters.transmitDiscards == UInt64(60 - bench.sent.count))
        #expect(bench.nic.ports[0].waitingByteCount == 0)
        #expect(bench.isBalanced)
    }

    /// A buffer of less than two frames is full of what the transmitter has already: its queue goes on all the same.
    @Test(arguments: [1100, 2048, 4096]) func aQueueGoesOnHoweverSmallTheBuffer(byteCount: Int) {
        let bench = halfSent { $0.sendBufferByteCount = byteCount }
        bench.run()
        #expect(bench.sent.count == 60)
        #expect(bench.isBalanced)
    }

    @Test func framesLeaveOneAfterTheOther() {
        let bench = halfSent()
        bench.run()
        #expect(bench.sent.count == 60)
        // 1,054 bytes, check sequence, preamble and gap: 1,078 bytes of 0.8 ns.
        for (earlier, later) in zip(bench.sent, bench.sent.dropFirst()) {
            #expect(later.time - earlier.time == .picoseconds(1078 * 800), "\(earlier.time) then \(later.time)")
        }
    }
}
