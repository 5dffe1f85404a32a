package import Host
import Simulation

/// The command queue, byte by byte (native interface, section 2).
extension FuzzWorld {
    /// One command as a driver writes it; every field can be made wrong.
    package struct Command {
        package var input: [UInt8]
        package var outputByteCount = 16
        package var slot = 0
        package var token: UInt8 = 0x5a
        /// Announced lengths; the true ones when `nil`.
        package var saidInputLength: UInt32?
        package var saidOutputLength: UInt32?

        package init(_ input: [UInt8], outputByteCount: Int = 16, slot: Int = 0) {
            self.input = input
            self.outputByteCount = outputByteCount
            self.slot = slot
        }

        /// Input of `byteCount` bytes, all zero but for the opcode, the modifier and `words` by offset.
        package init(
            _ opcode: UInt32, _ byteCount: Int = 16, _ words: [Int: UInt32] = [:], modifier: UInt32 = 0,
            outputByteCount: Int = 16
        ) {
            self.init([UInt8](repeating: 0, count: byteCount), outputByteCount: outputByteCount)
            put(opcode << 16, at: 0)
            put(modifier, at: 4)
            for (offset, word) in words { put(word, at: offset) }
        }

        package mutating func put(_ word: UInt32, at offset: Int) {
            for index in 0..<4 where offset + index < input.count {
                input[offset + index] = UInt8(truncatingIfNeeded: word >> UInt32(24 - index * 8))
            }
        }
    }

    static let blockLimit = 32

    /// Offset of block `number` of the input or output of `slot`.
    static func block(_ base: UInt64, _ slot: Int, _ number: Int) -> UInt64 {
        base + UInt64((slot * 11 + number) % blockLimit) << 10
    }

    static func blockCount(_ byteCount: Int) -> Int { min(blockLimit, byteCount <= 16 ? 0 : (byteCount + 495) / 512) }

    /// Writes the entry and its mailboxes.
    package func prepare(_ command: Command, of function: FunctionID) {
        let entry = FuzzPlace.commands + UInt64(command.slot & 31) * 64
        store(function, entry, [7] + [UInt8](repeating: 0, count: 62) + [1])
        store(function, entry + 0x10, Array(command.input.prefix(16)))
        store(function, entry + 0x3c, [command.token])
        storeWord(function, entry + 4, command.saidInputLength ?? UInt32(command.input.count))
        storeWord(function, entry + 0x38, command.saidOutputLength ?? UInt32(command.outputByteCount))
        chain(command, FuzzPlace.inputBlocks, pointer: entry + 0xc, command.input.count, of: function)
        chain(command, FuzzPlace.outputBlocks, pointer: entry + 0x34, command.outputByteCount, of: function)
    }

    private func chain(
        _ command: Command, _ base: UInt64, pointer: UInt64, _ byteCount: Int, of function: FunctionID
    ) {
        var pointer = pointer
        for number in 0..<Self.blockCount(byteCount) {
            let block = Self.block(base, command.slot, number)
            storeWord(function, pointer, UInt32(Self.regionStart + block))
            store(function, block + 0x200, [UInt8](repeating: 0, count: 0x40))
            if base == FuzzPlace.inputBlocks {
                let start = 16 + number * 512
                store(function, block, Array(command.input[start..<min(command.input.count, start + 512)]))
            }
            storeWord(function, block + 0x238, UInt32(number))
            store(function, block + 0x23d, [command.token])
            pointer = block + 0x234
        }
    }

    package func ringCommands(_ vector: UInt32, of function: FunctionID) { writeWord(function, 0x18, vector) }

    /// Executes `command`; the reply, or `nil` when delivery or status is not OK or the command never ends.
    package func execute(_ command: Command, of function: FunctionID) -> [UInt8]? {
        prepare(command, of: function)
        ringCommands(1 << UInt32(command.slot), of: function)
        let entry = FuzzPlace.commands + UInt64(command.slot) * 64
        while load(function, entry + 0x3f, 1)[0] & 1 != 0 {
            guard step() else { return nil }
        }
        guard load(function, entry + 0x3f, 1)[0] == 0 else { return nil }
        let reply = load(function, entry + 0x20, 16)
        return reply[0] == 0 ? reply : nil
    }

    /// Executes a command and returns the number in the lowest 24 bits of the reply's word at 8.
    func create(
        _ opcode: UInt32, _ byteCount: Int, _ words: [Int: UInt32], of function: FunctionID
    ) throws(FuzzViolation) -> UInt32 {
        var command = Command(opcode, byteCount, words)
        tamper?(creationCount, &command)
        creationCount += 1
        guard let reply = execute(command, of: function) else {
            let syndrome = load(function, FuzzPlace.commands + 0x20, 8)
            throw FuzzViolation("command \(String(opcode, radix: 16)) was refused: \(syndrome)")
        }
        return UInt32(reply[9]) << 16 | UInt32(reply[10]) << 8 | UInt32(reply[11])
    }
}
