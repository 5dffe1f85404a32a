import NIC
import Simulation
import Testing
import Wire

/// Send entries typed by hand (native interface, section 5.1), and what they become.
struct SendTests {
    /// Destination, source, type 0x0800, then 46 bytes counting up: 60 bytes.
    static let plain: [UInt8] =
        [0x02, 0, 0, 0, 0, 0x02, 0x02, 0, 0, 0, 0, 0x01, 0x08, 0x06] + (0..<46).map { UInt8($0) }

    /// SEND at index 0 of queue 1, four segments of 16 bytes, completion; nothing inline; 60 bytes at 0x100000.
    static let entry: [UInt8] = [
        0x00, 0x00, 0x00, 0x0a, 0x00, 0x00, 0x01, 0x03, 0x00, 0x00, 0x00, 0x08, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0x00, 0x00, 0x00, 0x3c, 0x00, 0x00, 0x02, 0x11, 0, 0, 0, 0, 0x00, 0x10, 0x00, 0x00,
    ]

    @Test func sendsAFrameAndCompletesIt() {
        let bench = Bench.sender()
        bench.write(Self.plain, at: Bench.data)
        bench.post(Self.entry, block: 0)
        bench.ring(1)
        bench.run()
        #expect(bench.sent.map(\.bytes) == [Self.plain])
        let completion = bench.sendCompletion(0)
        #expect(Array(completion[0x20..<0x24]) == [0x00, 0xab, 0xcd, 0xef])
        #expect(Array(completion[0x38..<0x40]) == [0x0a, 0x00, 0x00, 0x01, 0x00, 0x00, 0xff, 0x00])
        #expect(bench.isBalanced)
    }

    @Test func sendsTheSameWhenTheDoorbellTellsTheIndex() {
        let bench = Bench.sender()
        bench.write(Self.plain, at: Bench.data)
        bench.post(Self.entry, block: 0)
        bench.ring(1, hint: 0)
        bench.run()
        #expect(bench.sent.map(\.bytes) == [Self.plain])
    }
}
