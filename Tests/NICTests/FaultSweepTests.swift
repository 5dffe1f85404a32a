import FuzzWorld
import Host
import Testing

/// Every bit of what a driver hands to a function, wrong one at a time, while another function has work of its own:
/// that function's frames, memory and interrupts must be exactly what they are without the fault, every frame must be
/// accounted for, and a reset must bring the function back.
///
/// In a debug build only a few of the bits are tried: run the heavy sweeps in release (`swift test -c release`).
@Suite struct FaultSweepTests {
    /// Every so many cases are tried; odd, so that no bit of a byte is always left out.
    static var stride: Int {
        #if DEBUG
            151
        #else
            1
        #endif
    }

    @Test func theWorkloadDoesWhatItSays() throws {
        let sweep = try FaultSweep()
        let world = sweep.world()
        for function in [FuzzWorld.attacker, FuzzWorld.victim] { world.startWork(of: function) }
        #expect(world.settle())
        for function in [FuzzWorld.attacker, FuzzWorld.victim] {
            let outcome = world.outcome(of: function)
            #expect(outcome.frames.map(\.count) == [100, 100, 64, 554, 554, 554, 154, 60])
            // The last frame, of 1,310 bytes, in its two buffers.
            let buffer = FuzzPlace.data + 0x4000 + 5 * 0x800
            let frame = FuzzWorld.workFrame(5, of: function)
            #expect(world.load(function, buffer, 1310) == frame)
            // Six send completions, of the entries that begin at blocks 0, 1, 2, 3, 5 and 6, and six of receives.
            for (number, block) in [0, 1, 2, 3, 5, 6].enumerated() as EnumeratedSequence<[UInt8]> {
                let completion = world.load(function, FuzzPlace.sendCompletions + UInt64(number) * 64, 64)
                #expect(completion[0x3d] == block && completion[0x3f] == 0)
                #expect(world.load(function, FuzzPlace.receiveCompletions + UInt64(number) * 64 + 0x3f, 1) == [0x20])
            }
            #expect(world.load(function, FuzzPlace.sendCompletions + 6 * 64 + 0x3f, 1) == [0xf1])
        }
        try world.finish(sweep.expected, recovers: true)
    }

    @Test func everyBitOfTheSendEntries() throws {
        try sweepBits(FuzzPlace.sendRing, byteCount: FuzzWorld.Work.sendBlockCount * 64)
    }

    @Test func everyBitOfTheReceiveEntries() throws {
        try sweepBits(FuzzPlace.receiveRing, byteCount: FuzzWorld.Work.receiveEntryCount * 64)
    }

    @Test func everyBitOfTheDoorbellRecords() throws {
        try sweepBits(FuzzPlace.records, byteCount: 8)
        try sweepBits(FuzzPlace.records + 0x40, byteCount: 8)
        try sweepBits(FuzzPlace.records + 0x80, byteCount: 8)
    }

    @Test(arguments: [0x0, 0x4, 0x40, 0x44, 0x80, 0x84] as [UInt64])
    func doorbellRecordsThatJump(place: UInt64) throws {
        let sweep = try FaultSweep()
        let jumps: [UInt32] = [
            0, 1, 7, 9, 63, 64, 65, 66, 72, 73, 0x7fff, 0x8000, 0xfff8, 0xffff, 0x1_0008, 0xff_ffff, .max,
        ]
        for jump in jumps {
            // From the start, and again after the first doorbell was understood.
            for later in [0, 40, 400] {
                try sweep.tryFault("record \(place) says \(jump) after \(later) events") { world in
                    if later == 0 { world.storeWord(FuzzWorld.attacker, FuzzPlace.records + place, jump) }
                    world.startWork(of: FuzzWorld.attacker)
                    guard later > 0 else { return }
                    for _ in 0..<later where world.step() {}
                    world.storeWord(FuzzWorld.attacker, FuzzPlace.records + place, jump)
                    world.startWork(of: FuzzWorld.attacker)
                }
            }
        }
    }

    private func sweepBits(_ start: UInt64, byteCount: Int) throws {
        let sweep = try FaultSweep()
        for bit in Swift.stride(from: 0, to: byteCount * 8, by: Self.stride) {
            let place = start + UInt64(bit / 8)
            try sweep.tryFault("bit \(bit % 8) at \(String(place, radix: 16))", recovers: bit % 32 == 0) { world in
                let byte = world.load(FuzzWorld.attacker, place, 1)[0]
                world.store(FuzzWorld.attacker, place, [byte ^ 1 << UInt8(bit % 8)])
                world.startWork(of: FuzzWorld.attacker)
            }
        }
    }

    @Test func everyBitOfTheDoorbells() throws {
        let sweep = try FaultSweep()
        let made = sweep.objects
        let page = made.uar << 12
        let doorbells: [(offset: UInt32, value: UInt64)] = [
            (0x800, 0x0000_0600_0a00_0006 | UInt64(made.sq) << 8), (0x20, UInt64(made.sendCQ)),
            (0x20, 1 << 56 | UInt64(made.receiveCQ)), (0x40, UInt64(made.eq) << 56), (0x48, UInt64(made.eq) << 56),
        ]
        for (offset, value) in doorbells {
            for bit in Swift.stride(from: 0, to: 64 + 12, by: min(5, Self.stride)) {
                // The bits of the value, then those of the place in the page.
                let wrong = bit < 64 ? value ^ 1 << UInt64(bit) : value
                let place = bit < 64 ? offset : offset ^ 1 << UInt32(bit - 64)
                try sweep.tryFault("bit \(bit) of the doorbell at \(offset)") { world in
                    world.write(FuzzWorld.attacker, page + place, 8, wrong.byteSwapped)
                    world.startArrivals(of: FuzzWorld.attacker)
                }
            }
        }
    }

    @Test func completionQueuesThatNobodyReads() throws {
        let sweep = try FaultSweep()
        for count in Swift.stride(from: 60, through: 300, by: Self.stride > 1 ? 40 : 4) {
            try sweep.tryFault("\(count) sends without a look at the completions", recovers: true) { world in
                world.sendNothing(count)
                world.startArrivals(of: FuzzWorld.attacker)
            }
        }
    }

    @Test func mappingsThatGoAtAnyEvent() throws {
        let sweep = try FaultSweep()
        for index in Swift.stride(from: 0, to: sweep.eventCount, by: Self.stride) {
            for extent in 0..<8 {
                try sweep.tryFault("extent \(extent) is unmapped before event \(index)", recovers: index % 16 == 0) {
                    world in
                    world.startWork(of: FuzzWorld.attacker)
                    for _ in 0..<index where world.step() {}
                    world.unmap(extent: extent)
                }
            }
        }
    }

    @Test func objectsThatAreDestroyedAtAnyEvent() throws {
        let sweep = try FaultSweep()
        let made = sweep.objects
        let commands: [(UInt32, [Int: UInt32])] = [
            (0x803, [8: made.uar]), (0x302, [8: made.eq]), (0x801, [8: made.pd]), (0x817, [8: made.domain]),
            (0x202, [8: made.key >> 8]), (0x401, [8: made.sendCQ]), (0x401, [8: made.receiveCQ]),
            (0x914, [8: made.tis]), (0x906, [8: made.sq]), (0x90a, [8: made.rq]), (0x918, [8: made.rqt]),
            (0x902, [8: made.tir]), (0x931, [0x14: made.table]), (0x934, [0x14: made.table, 0x18: made.group]),
            (0x938, [0x14: made.table, 0x18: 0]), (0x905, [8: 1 << 28 | made.sq, 0x20: 3 << 20]),
            (0x909, [8: 1 << 28 | made.rq, 0x20: 3 << 20]), (0x103, [:]), (0x105, [:]),
        ]
        for (opcode, words) in commands {
            let byteCount = max(0x40, (words.keys.max() ?? 0) + 0x100)
            for index in Swift.stride(from: 0, to: sweep.eventCount, by: 3 * Self.stride) {
                try sweep.tryFault("\(String(opcode, radix: 16)) before event \(index)") { world in
                    world.startWork(of: FuzzWorld.attacker)
                    for _ in 0..<index where world.step() {}
                    world.prepare(FuzzWorld.Command(opcode, byteCount, words), of: FuzzWorld.attacker)
                    world.ringCommands(1, of: FuzzWorld.attacker)
                }
            }
        }
    }
}
