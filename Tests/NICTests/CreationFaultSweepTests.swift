import FuzzWorld
import Host
import Testing

/// Every bit of what a driver writes to create an object, and of a command's entry and mailboxes, wrong one at a time.
///
/// In a debug build only a few of the bits are tried: run the heavy sweeps in release (`swift test -c release`).
@Suite struct CreationFaultSweepTests {
    /// The commands of `makeObjects`: number, and bytes of input.
    static let creations: [(number: Int, byteCount: Int)] = [
        (0, 16), (1, 0x118), (2, 16), (3, 16), (4, 0x110), (5, 0x118), (6, 0x118), (7, 0xc0), (8, 0x118), (9, 0x118),
        (10, 0x114), (11, 0x110), (12, 0x40), (13, 0x400), (14, 0x348), (15, 0x40), (16, 0x110), (17, 0x110),
    ]

    @Test(arguments: creations.map(\.number)) func everyBitOfACreatingCommand(number: Int) throws {
        let sweep = try FaultSweep(attackerHasObjects: false)
        let byteCount = Self.creations[number].byteCount
        var useCount = 0
        for bit in Swift.stride(from: 16, to: byteCount * 8, by: FaultSweepTests.stride) {
            try sweep.tryFault("bit \(bit % 8) of byte \(bit / 8)", recovers: bit % 64 == 0) { world in
                world.tamper = { position, command in
                    guard position == number else { return }
                    command.input[bit / 8] ^= 1 << UInt8(bit % 8)
                }
                // A refusal is an answer as good as any; what was made nevertheless is used.
                guard (try? world.makeObjects(of: FuzzWorld.attacker)) != nil else { return }
                useCount += 1
                world.tamper = nil
                world.postWork(of: FuzzWorld.attacker)
                world.startWork(of: FuzzWorld.attacker)
            }
        }
        // Most bits of most contexts mean nothing here: if nothing were ever used, nothing would be tested. The few bits
        // that a debug build tries of a short command may all matter.
        #expect(useCount > 0 || FaultSweepTests.stride > 1)
    }

    /// A command with two blocks of input, and one with nine of output.
    static let commands = [
        FuzzWorld.Command(0x936, 0x348, [0x14: 0, 0x20: 5, 0x44: 0, 0x4c: 4, 0x50: 1, 0x340: 2 << 24]),
        FuzzWorld.Command(0x100, 16, [:], modifier: 1, outputByteCount: 0x1010),
    ]

    @Test(arguments: [0, 1]) func everyBitOfACommandEntryAndItsMailboxes(which: Int) throws {
        let sweep = try FaultSweep()
        let command = Self.commands[which]
        var places = (0..<64).map { UInt64($0) }
        for base in [FuzzPlace.inputBlocks, FuzzPlace.outputBlocks] {
            for block in 0..<(which == 0 ? 2 : 9) as Range<UInt64> {
                places += (0x200..<0x240).map { base + block << 10 + $0 }
            }
        }
        for index in Swift.stride(from: 0, to: places.count * 8, by: FaultSweepTests.stride) {
            let (place, bit) = (places[index / 8], UInt8(index % 8))
            try sweep.tryFault("bit \(bit) at \(String(place, radix: 16))", recovers: index % 64 == 0) { world in
                world.prepare(command, of: FuzzWorld.attacker)
                let byte = world.load(FuzzWorld.attacker, place, 1)[0]
                world.store(FuzzWorld.attacker, place, [byte ^ 1 << bit])
                world.ringCommands(1, of: FuzzWorld.attacker)
                world.startWork(of: FuzzWorld.attacker)
            }
        }
    }

    @Test func lengthsTokensAndBlockNumbersOfAnySize() throws {
        let sweep = try FaultSweep()
        let numbers: [UInt32] = [
            0, 1, 8, 15, 16, 17, 0x20f, 0x210, 0x211, 0x348, 0x1010, 0xffff, 0x1_0000, 0x7fff_ffff, .max,
        ]
        for number in numbers {
            for which in 0..<5 {
                try sweep.tryFault("field \(which) is \(number)", recovers: true) { world in
                    var command = Self.commands[1]
                    command.slot = which * 7
                    if which == 0 { command.saidInputLength = number }
                    if which == 1 { command.saidOutputLength = number }
                    if which == 2 { command.token = UInt8(truncatingIfNeeded: number) }
                    world.prepare(command, of: FuzzWorld.attacker)
                    let block = FuzzPlace.outputBlocks + UInt64(command.slot * 11 % 32) << 10
                    if which == 3 { world.storeWord(FuzzWorld.attacker, block + 0x238, number) }
                    // The chain leads back to its first block, for as long as the length says.
                    if which == 4 {
                        let first = UInt32(FuzzWorld.regionStart + block)
                        for next in 0..<8 as Range<UInt64> {
                            world.storeWord(FuzzWorld.attacker, block + next << 10 + 0x234, first)
                        }
                        world.storeWord(FuzzWorld.attacker, UInt64(command.slot) * 64 + 0x38, number)
                    }
                    world.ringCommands(.max, of: FuzzWorld.attacker)
                    world.startWork(of: FuzzWorld.attacker)
                }
            }
        }
    }
}
