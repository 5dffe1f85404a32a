import Performance
import Testing

struct HoldBenchmarkTests {
    /// The numbers are those of `Benchmarks/hold/priority_queue.cpp` for the same arguments.
    @Test(arguments: [
        (64, 139_291_100 as UInt64, 11_061_107_610_032_908_662 as UInt64),
        (1_024, 8_855_095, 4_413_990_189_069_355_390),
        (16_384, 733_667, 11_267_429_245_228_407_805),
    ])
    func popsInTheOrderOfTheOtherPrograms(pending: Int, endTime: UInt64, checksum: UInt64) {
        let plain = HoldBenchmark.run(pending: pending, events: 16_000)
        let machine = HoldBenchmark.runWithMachineEvent(pending: pending, events: 16_000)
        #expect(plain.endTime == endTime)
        #expect(plain.checksum == checksum)
        #expect(machine.endTime == endTime)
        #expect(machine.checksum == checksum)
        // What Tools/bench compiles its peers for: entries of 24 and of 40 bytes.
        #expect(plain.eventByteCount == 8)
        #expect((17...24).contains(machine.eventByteCount))
    }
}
