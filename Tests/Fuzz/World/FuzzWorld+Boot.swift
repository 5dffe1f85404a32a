package import Host
import NIC
import Simulation

/// From power-on to one object of each kind (native interface, section 3).
extension FuzzWorld {
    /// A NIC whose functions both have one object of each kind, and the memory to go with it.
    ///
    /// Made once; every input starts from a copy.
    package struct Image: @unchecked Sendable {
        /// The world as it was then: nothing happens in it any more, which is why many may look at it.
        let world: FuzzWorld
        let memory: [[UInt8]]
    }

    /// Boots a world and keeps what it has become; `attackerHasObjects` or has only been started.
    package static func makeImage(attackerHasObjects: Bool = true) throws(FuzzViolation) -> Image {
        let world = FuzzWorld()
        for function in [attacker, victim] {
            try world.boot(function)
            if function == victim || attackerHasObjects { try world.makeObjects(of: function) }
        }
        world.fill(physicalStarts[1] + FuzzPlace.data + 0x8000, 0x2000)
        guard world.settle() else { throw FuzzViolation("the boot never ends") }
        return Image(world: world, memory: [attacker, victim].map { world.load($0, 0, Int(regionByteCount)) })
    }

    /// A world that goes on where `image` was made.
    package convenience init(_ image: borrowing Image) {
        self.init()
        for index in nic.functions.existing { nic.functions[index].become(image.world.nic.functions[index]) }
        nic.steering = image.world.nic.steering.copy()
        objects = image.world.objects
        for function in [Self.attacker, Self.victim] { store(function, 0, image.memory[Int(function.index)]) }
        queue.schedule(.bus(.fault(Self.attacker)), at: image.world.queue.now)
        _ = step()
        eventCount = 0
    }

    /// Waits for the firmware and starts the function: up to INIT_HCA.
    package func boot(_ function: FunctionID) throws(FuzzViolation) {
        configurationWrite(function, 4, 2, 6)
        configurationWrite(function, 0x9e, 2, 0x8000)
        _ = settle()
        queue.schedule(.bus(.fault(function)), at: queue.now + .milliseconds(6))
        _ = settle()
        for (offset, value) in [(0, 0xfee0_0000), (4, 0), (8, 0x31), (12, 0)] as [(UInt32, UInt64)] {
            write(function, bar: 4, offset, 4, value)
        }
        writeWord(function, 0x10, 0)
        writeWord(function, 0x14, UInt32(Self.regionStart + FuzzPlace.commands))
        _ = settle()
        _ = try create(0x104, 16, [:], of: function)
        _ = try create(0x10b, 16, [0x8: 1], of: function)
        try givePages(1, of: function)
        try givePages(2, of: function)
        _ = try create(0x102, 0x20, [:], of: function)
    }

    /// Gives the pages that are asked for, from the region's end.
    private func givePages(_ modifier: UInt32, of function: FunctionID) throws(FuzzViolation) {
        guard let reply = execute(Command(0x107, modifier: modifier), of: function) else {
            throw FuzzViolation("QUERY_PAGES was refused")
        }
        let count = Int(reply[14]) << 8 | Int(reply[15])
        let base = UInt32(Self.regionStart) + 0x3_7000 + modifier << 12
        var command = Command(0x108, 16 + count * 8, [0xc: UInt32(count)], modifier: 1)
        for page in 0..<count { command.put(base + UInt32(page) << 12, at: 0x14 + page * 8) }
        guard execute(command, of: function) != nil else { throw FuzzViolation("MANAGE_PAGES was refused") }
    }

    /// One object of each kind, the queues ready, every frame steered to the receive queue.
    package func makeObjects(of function: FunctionID) throws(FuzzViolation) {
        var made = FuzzObjects()
        for entry in 0..<64 as Range<UInt64> {
            store(function, FuzzPlace.events + entry * 64 + 63, [1])
            store(function, FuzzPlace.sendCompletions + entry * 64 + 63, [0xf1])
            store(function, FuzzPlace.receiveCompletions + entry * 64 + 63, [0xf1])
        }
        store(function, FuzzPlace.records, [UInt8](repeating: 0, count: 0x100))
        func page(_ offset: UInt64) -> UInt32 { UInt32(Self.regionStart + offset) }
        let record = page(FuzzPlace.records)
        made.uar = try create(0x802, 16, [:], of: function)
        made.eq = try create(
            0x301, 0x118,
            [0x1c: 6 << 24 | made.uar, 0x58: .max, 0x5c: .max, 0x114: page(FuzzPlace.events)], of: function)
        made.pd = try create(0x800, 16, [:], of: function)
        made.domain = try create(0x816, 16, [:], of: function)
        let key = try create(0x200, 0x110, [0x10: 0xc00, 0x14: 0xffff_ff11, 0x1c: 1 << 31 | made.pd], of: function)
        made.key = key << 8 | 0x11
        func completionQueue(_ ring: UInt64, _ record: UInt32) throws(FuzzViolation) -> UInt32 {
            try create(
                0x400, 0x118, [0x1c: 6 << 24 | made.uar, 0x24: made.eq, 0x4c: record, 0x114: page(ring)], of: function)
        }
        made.sendCQ = try completionQueue(FuzzPlace.sendCompletions, record + 0x40)
        made.receiveCQ = try completionQueue(FuzzPlace.receiveCompletions, record + 0x80)
        made.tis = try create(0x912, 0xc0, [0x44: made.domain], of: function)
        made.sq = try create(
            0x904, 0x118,
            [
                0x20: 1 << 28, 0x28: made.sendCQ, 0x40: 1 << 16, 0x4c: made.tis, 0x50: 1 << 28, 0x58: made.pd,
                0x5c: made.uar, 0x64: record, 0x70: 6 << 16 | 6, 0x114: page(FuzzPlace.sendRing),
            ], of: function)
        made.rq = try create(
            0x908, 0x118,
            [
                0x28: made.receiveCQ, 0x50: 1 << 28, 0x58: made.pd, 0x64: record, 0x70: 6 << 16 | 6,
                0x114: page(FuzzPlace.receiveRing),
            ], of: function)
        made.rqt = try create(0x916, 0x114, [0x34: 4, 0x38: 1, 0x110: made.rq], of: function)
        made.tir = try create(0x900, 0x110, [0x3c: made.rq, 0x44: made.domain], of: function)
        made.table = try create(0x930, 0x40, [0x18: 4], of: function)
        made.group = try create(0x933, 0x400, [0x14: made.table, 0x24: 7], of: function)
        _ = try create(
            0x936, 0x348,
            [0x14: made.table, 0x20: 0, 0x44: made.group, 0x4c: 4, 0x50: 1, 0x340: 2 << 24 | made.tir],
            of: function)
        _ = try create(0x92f, 0x40, [0x14: made.table], of: function)
        _ = try create(0x905, 0x110, [0x8: made.sq, 0x20: 1 << 20], of: function)
        _ = try create(0x909, 0x110, [0x8: made.rq, 0x20: 1 << 20], of: function)
        objects[Int(function.index)] = made
    }
}
