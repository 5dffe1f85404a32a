package import Host
import NIC
import Simulation

/// What must hold after any input.
extension FuzzWorld {
    /// Events of one input after which the function is reset, so that the input ends.
    private static let patience = 60_000
    /// Most events for one frame, and for an input without frames.
    private static let eventsPerFrame = 64
    private static let eventsWithoutFrames = 40_000

    /// Lets everything happen that `image`'s attacker has caused, and checks the world.
    ///
    /// - Parameter recovers: resets the attacker afterwards, boots it again and has it send and receive.
    package func finish(_ image: borrowing Image, recovers: Bool) throws(FuzzViolation) {
        try runOut()
        try checkBooks()
        try checkContainment()
        guard load(Self.victim, 0, Int(Self.regionByteCount)) == image.memory[1] else {
            throw FuzzViolation("the memory of the other function was written")
        }
        guard sent[1].isEmpty else { throw FuzzViolation("a frame left by the other function's port") }
        guard interruptCounts[1] == 0 else { throw FuzzViolation("the other function's driver was interrupted") }
        try exercise(Self.victim)
        if recovers { try recover() }
    }

    /// The same where the other function has work of its own, of which must come exactly `outcome`.
    package func finish(_ outcome: WorkOutcome, recovers: Bool) throws(FuzzViolation) {
        try runOut()
        try checkBooks()
        try checkContainment()
        let got = self.outcome(of: Self.victim)
        guard got.frames == outcome.frames else {
            throw FuzzViolation("the other function sent \(got.frames.count) frames, or others than it should")
        }
        guard got == outcome else { throw FuzzViolation("the memory of the other function is not as it should be") }
        if recovers { try recover() }
    }

    /// Runs until nothing is left to happen.
    ///
    /// Long work is fine where frames account for it, and a reset ends it.
    private func runOut() throws(FuzzViolation) {
        while step() {
            guard eventCount <= Self.eventsWithoutFrames + Self.eventsPerFrame * Int(medium.frames.born.frames) else {
                throw FuzzViolation("\(eventCount) events for \(medium.frames.born.frames) frames")
            }
            guard eventCount > Self.patience else { continue }
            configurationWrite(Self.attacker, 0x69, 1, 0x80)
            guard settle() else { throw FuzzViolation("a reset does not end what is under way") }
            return
        }
    }

    private func checkBooks() throws(FuzzViolation) {
        guard medium.frames.inFlightCount == 0 else {
            throw FuzzViolation("\(medium.frames.inFlightCount) frames were kept")
        }
        for number in nic.ports.indices where nic.ports[number].bufferedByteCount != 0 {
            throw FuzzViolation("bytes stay in the receive buffer of port \(number)")
        }
    }

    private func checkContainment() throws(FuzzViolation) {
        for start in Self.physicalStarts {
            for page in [start - 4096, start + Self.regionByteCount] {
                guard isSecret(page) else { throw FuzzViolation("the page at \(page) was written") }
            }
        }
        guard host.memory.touchedByteCount <= 10 * 65_536 else {
            throw FuzzViolation("memory outside the functions' was touched")
        }
        for frame in sent[0] where holdsSecret(frame) {
            throw FuzzViolation("a frame tells the other function's secret")
        }
    }

    private func isSecret(_ page: UInt64) -> Bool {
        for place in stride(from: page, to: page + 4096, by: 8) {
            guard let value = try? host.memory.bigEndian(at: place, as: UInt64.self), value == Self.secret else {
                return false
            }
        }
        return true
    }

    private func holdsSecret(_ frame: [UInt8]) -> Bool {
        guard frame.count >= 16 else { return false }
        return frame.withUnsafeBytes { bytes in
            for place in 0...bytes.count - 8 {
                if UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)) == Self.secret {
                    return true
                }
            }
            return false
        }
    }

    // MARK: A function that works

    /// 60 bytes: a broadcast of a type that nobody knows.
    private static let frame: [UInt8] =
        [255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 9, 0x88, 0xb5] + (0..<46).map { UInt8($0) }

    /// Has `function`, whose objects are as they were made, send one frame and receive one.
    package func exercise(_ function: FunctionID) throws(FuzzViolation) {
        let index = Int(function.index)
        let made = objects[index]
        let data = UInt32(Self.regionStart + FuzzPlace.data)
        store(function, FuzzPlace.data, Self.frame)
        store(function, FuzzPlace.sendRing, [UInt8](repeating: 0, count: 64))
        let words: [UInt32] = [0xa, made.sq << 8 | 3, 8, 0, 0, 0, 0, 0, 60, made.key, 0, data]
        for (place, word) in words.enumerated() { storeWord(function, FuzzPlace.sendRing + UInt64(place) * 4, word) }
        storeWord(function, FuzzPlace.records + 4, 1)
        sent[index] = []
        ringSend(function, made.sq, index: 0, opcode: 0xa, segments: 3)
        guard settle() else { throw FuzzViolation("sending never ends") }
        guard sent[index] == [Self.frame] else { throw FuzzViolation("function \(index) cannot send: \(sent[index])") }
        guard load(function, FuzzPlace.sendCompletions + 0x3f, 1) == [0] else {
            throw FuzzViolation("function \(index) got no completion for what it sent")
        }
        for (place, word) in [2048, made.key, 0, data + 0x1000, 0, 0x100].enumerated() as EnumeratedSequence<[UInt32]> {
            storeWord(function, FuzzPlace.receiveRing + UInt64(place) * 4, word)
        }
        storeWord(function, FuzzPlace.records, 1)
        arrive(Self.frame, port: index)
        guard settle() else { throw FuzzViolation("receiving never ends") }
        guard load(function, FuzzPlace.data + 0x1000, 60) == Self.frame,
            load(function, FuzzPlace.receiveCompletions + 0x3f, 1) == [0x20]
        else { throw FuzzViolation("function \(index) cannot receive") }
        try checkBooks()
    }

    /// Rings for a send entry, as the first 8 bytes of its control segment.
    package func ringSend(_ function: FunctionID, _ queue: UInt32, index: UInt16, opcode: UInt8, segments: UInt8) {
        let control = UInt64(index) << 40 | UInt64(opcode) << 32 | UInt64(queue) << 8 | UInt64(segments)
        write(function, objects[Int(function.index)].uar << 12 + 0x800, 8, control.byteSwapped)
    }

    /// A reset brings a function back whatever was done to it.
    package func recover() throws(FuzzViolation) {
        mapAll(Self.attacker)
        configurationWrite(Self.attacker, 0x69, 1, 0x80)
        guard settle() else { throw FuzzViolation("a reset never ends") }
        nic.ports[0].isEnabled = true
        nic.ports[0].adminMTU = nic.ports[0].maximumMTU
        try boot(Self.attacker)
        try makeObjects(of: Self.attacker)
        try exercise(Self.attacker)
        try exerciseEnd()
    }

    private func exerciseEnd() throws(FuzzViolation) {
        guard queue.isEmpty else { throw FuzzViolation("events are left") }
    }
}
