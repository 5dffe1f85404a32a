/// What an input is taken for.
package enum FuzzProgram: String, CaseIterable, Sendable {
    /// Entries, mailboxes, tokens, lengths and doorbells of the command queue.
    case commands
    /// Bytes of rings, doorbell records and buffers, doorbells, and frames that arrive.
    case workQueues = "work-queues"
    /// Reads and writes of configuration space and of both BARs, in every width, and resets.
    case registers

    /// Runs `input` in a world made from `image`, and checks what must hold.
    package func run(_ input: FuzzInput, on image: borrowing FuzzWorld.Image) throws(FuzzViolation) {
        let world = FuzzWorld(image)
        var input = input
        let recovers = input.byte() & 3 == 0
        switch self {
        case .commands: world.runCommands(&input)
        case .workQueues: world.runWorkQueues(&input)
        case .registers: world.runRegisters(&input)
        }
        try world.finish(image, recovers: recovers)
    }
}
