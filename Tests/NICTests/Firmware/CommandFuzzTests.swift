import NIC
import Simulation
import Testing

@Suite struct CommandFuzzTests {
    /// Per seed; ten thousand in a release build.
    static var stepCount: Int {
        #if DEBUG
            1000
        #else
            10_000
        #endif
    }

    @Test(arguments: 0..<4 as Range<UInt64>) func everyCommandIsAnsweredWhateverItHolds(seed: UInt64) {
        var client = CommandClient()
        client.keepsInputs = true
        _ = client.makeObjects()
        client.keepsInputs = false
        client.nic.functions[0].firmware.commandLog = CommandLog()
        var random = SplitMix(seed: seed)
        var fuzz = CommandFuzz(corpus: client.inputs) { random.next() }
        var reached: Set<UInt32> = []
        var opcodes: Set<UInt16> = []
        for step in 0..<Self.stepCount {
            let isAnswered = fuzz.step(&client)
            #expect(isAnswered, "seed \(seed), step \(step)")
            for entry in client.nic.functions[0].firmware.commandLog?.drain() ?? [] {
                reached.insert(entry.syndrome)
                if entry.delivery == 0, entry.status == 0 { opcodes.insert(entry.opcode) }
            }
        }
        // The bytes are not so meaningless that every command is refused at the door.
        #expect(reached.count > 30)
        #expect(opcodes.count > 20)
    }
}
