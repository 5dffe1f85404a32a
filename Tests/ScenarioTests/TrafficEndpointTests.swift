import Scenario
import Simulation
import Testing

/// What stands at the far end of a wire: when it sends, and what it sends back.
@Suite struct TrafficEndpointTests {
    /// When each of ten frames of 64 bytes begins, in nanoseconds, on a line of 10 Gb/s.
    private func starts(_ rate: TrafficRate, burst: Int = 1) -> [UInt64] {
        var pattern = TrafficPattern()
        pattern.rate = rate
        pattern.burst = burst
        pattern.count = 10
        var endpoint = TrafficEndpoint(
            name: "gen", role: .generate(pattern), rate: LineRate(bitsPerSecond: 10_000_000_000), seed: 1)
        var frames = FramePool()
        var times: [UInt64] = []
        var next = endpoint.start(at: .zero + .microseconds(1))
        while let due = next {
            let (frame, _, later) = endpoint.send(at: due, frames: &frames)
            times.append(frames[frame].journey.birth.picoseconds / 100)
            frames.deliver(frame)
            next = later
        }
        return times
    }

    // On this line a frame of 64 bytes takes 84 bytes × 0.8 ns = 67.2 ns, gap and preamble included. In tenths of ns:

    @Test func aLineRateLeavesNoGaps() {
        #expect(starts(.line) == (0..<10).map { 10_000 + $0 * 672 })
    }

    @Test func packetsASecondAreSpacedEvenly() {
        #expect(starts(.framesPerSecond(4_000_000)) == (0..<10).map { 10_000 + $0 * 2500 })
    }

    @Test func bitsASecondCountWhatTheLineCarries() {
        #expect(starts(.bitsPerSecond(1_000_000_000)) == (0..<10).map { 10_000 + $0 * 6720 })
    }

    @Test func burstsKeepTheRate() {
        let expected = (0..<10 as Range<UInt64>).map { 10_000 + $0 / 4 * 4 * 2500 + $0 % 4 * 672 }
        #expect(starts(.framesPerSecond(4_000_000), burst: 4) == expected)
    }

    @Test func aReflectorExchangesTheAddressesOfEveryLayer() {
        let ethernet: [UInt8] = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 9]
        let internet: [UInt8] = [0x45, 0, 0, 30, 0, 0, 0, 0, 64, 17, 0x66, 0xcd, 10, 0, 0, 1, 10, 0, 0, 2]
        let datagram: [UInt8] = [0x12, 0x34, 0, 9, 0, 10, 0x77, 0x88, 0xaa, 0xbb]
        #expect(
            reflect(ethernet + [0x81, 0, 0, 5, 8, 0] + internet + datagram)
                == [2, 0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 1, 0x81, 0, 0, 5, 8, 0]
                + [0x45, 0, 0, 30, 0, 0, 0, 0, 64, 17, 0x66, 0xcd, 10, 0, 0, 2, 10, 0, 0, 1]
                + [0, 9, 0x12, 0x34, 0, 10, 0x77, 0x88, 0xaa, 0xbb])
        let here = [UInt8](repeating: 0x11, count: 16), there = [UInt8](repeating: 0x22, count: 16)
        let six: [UInt8] = [0x60, 0, 0, 0, 0, 10, 17, 64]
        #expect(
            reflect(ethernet + [0x86, 0xdd] + six + here + there + datagram)
                == [2, 0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 1, 0x86, 0xdd] + six + there + here
                + [0, 9, 0x12, 0x34, 0, 10, 0x77, 0x88, 0xaa, 0xbb])
        // What it does not know keeps everything behind the Ethernet addresses.
        #expect(
            reflect(ethernet + [0x88, 0xb5, 1, 2, 3]) == [2, 0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 1, 0x88, 0xb5, 1, 2, 3])
    }

    private func reflect(_ bytes: [UInt8]) -> [UInt8] {
        var endpoint = TrafficEndpoint(
            name: "mirror", role: .reflect, rate: LineRate(bitsPerSecond: 10_000_000_000), seed: 1)
        var frames = FramePool()
        let frame = frames.create(byteCount: bytes.count, journey: Journey(birth: .zero))
        frames.bytes(frame).copyBytes(from: bytes)
        #expect(endpoint.receive(frame, at: .zero, frames: &frames) != nil)
        return Array(frames.bytes(frame))
    }
}
