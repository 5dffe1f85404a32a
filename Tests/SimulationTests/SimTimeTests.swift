import Simulation
import Testing

struct SimTimeTests {
    @Test func unitsArePicoseconds() {
        #expect(SimDuration.nanoseconds(3).picoseconds == 3_000)
        #expect(SimDuration.microseconds(3).picoseconds == 3_000_000)
        #expect(SimDuration.milliseconds(3).picoseconds == 3_000_000_000)
        #expect((SimDuration.nanoseconds(2) * 5).picoseconds == 10_000)
    }

    @Test func theTimeBetweenIsNeverNegative() {
        let early = SimTime(picoseconds: 5)
        let late = SimTime(picoseconds: 9)
        #expect((late - early).picoseconds == 4)
        #expect((early - late).picoseconds == 0)
        #expect(early < late && late < .never && .zero < early)
    }

    @Test(arguments: [(10, 60, 67_200), (100, 60, 6_720), (100, 1_514, 123_040), (400, 60, 1_680), (25, 46, 26_880)])
    func aFrameOccupiesALineForItsBytesItsCheckSequenceAndItsFraming(gigabits: Int, byteCount: Int, expected: Int) {
        // (max(bytes + 4, 64) + 20) * 8 bits: 672 for the shortest, 12,304 for 1,514 bytes.
        let rate = LineRate.gigabits(UInt64(gigabits))
        #expect(rate.occupancy(ofFrame: byteCount).picoseconds == UInt64(expected))
    }

    @Test func aDurationIsRoundedUpToAPicosecond() {
        #expect(LineRate(bitsPerSecond: 3).duration(byteCount: 1).picoseconds == 2_666_666_666_667)
    }
}
