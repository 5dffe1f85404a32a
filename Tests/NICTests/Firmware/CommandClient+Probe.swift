import NIC

/// The sequences of the native interface's section 3.
extension CommandClient {
    /// Gives as many pages as QUERY_PAGES with `modifier` asks for; returns their addresses.
    @discardableResult
    mutating func givePages(_ modifier: UInt32) -> [UInt64] {
        let reply = command(0x107, 16, modifier: modifier)
        let count = Int(Int32(bitPattern: reply.word(0xc)))
        guard count > 0 else { return [] }
        let pages = (0..<count).map { _ in takePage() }
        _ = give(pages)
        return pages
    }

    mutating func give(_ pages: [UInt64], slot: Int = 0) -> Reply {
        var words: [Int: UInt32] = [0xc: UInt32(pages.count)]
        for (index, page) in pages.enumerated() { words[0x14 + index * 8] = UInt32(truncatingIfNeeded: page) }
        for (index, page) in pages.enumerated() { words[0x10 + index * 8] = UInt32(page >> 32) }
        return command(0x108, 16 + pages.count * 8, words, modifier: 1, slot: slot)
    }

    /// Steps 0 to 12 of section 3.1.
    mutating func probe() {
        start()
        _ = command(0x104)
        _ = command(0x10b, 16, [0x8: 1])
        givePages(1)
        givePages(2)
        _ = command(0x102, 0x20)
    }

    mutating func allocate(_ opcode: UInt32) -> UInt32 { command(opcode).word(8) & 0xff_ffff }

    /// An event queue of 64 entries that takes the asynchronous events in `mask`.
    mutating func createEQ(uar: UInt32, mask: UInt64, vector: UInt32 = 0) -> Reply {
        let page = UInt32(takePage())
        return command(
            0x301, 0x118,
            [
                0x1c: 6 << 24 | uar, 0x24: vector, 0x58: UInt32(mask >> 32), 0x5c: UInt32(truncatingIfNeeded: mask),
                0x114: page,
            ])
    }

    /// A completion queue of 64 entries.
    mutating func createCQ(uar: UInt32, eq: UInt32) -> Reply {
        let page = UInt32(takePage())
        let record = UInt32(takePage())
        return command(0x400, 0x118, [0x1c: 6 << 24 | uar, 0x24: eq, 0x4c: record, 0x114: page])
    }

    /// A send queue of 64 entries.
    mutating func createSQ(uar: UInt32, cq: UInt32, tis: UInt32, pd: UInt32) -> Reply {
        let page = UInt32(takePage())
        let record = UInt32(takePage())
        return command(
            0x904, 0x118,
            [
                0x28: cq, 0x40: 1 << 16, 0x4c: tis, 0x50: 1 << 28, 0x58: pd, 0x5c: uar, 0x64: record,
                0x70: 6 << 16 | 6, 0x114: page,
            ])
    }

    /// A receive queue of 64 entries of 64 bytes.
    mutating func createRQ(cq: UInt32, pd: UInt32) -> Reply {
        let page = UInt32(takePage())
        let record = UInt32(takePage())
        return command(
            0x908, 0x118,
            [0x28: cq, 0x50: 1 << 28, 0x58: pd, 0x64: record, 0x70: 6 << 16 | 6, 0x114: page])
    }

    /// The numbers of one object of each kind.
    struct Objects {
        var uar: UInt32 = 0, eq: UInt32 = 0, cq: UInt32 = 0, pd: UInt32 = 0, domain: UInt32 = 0, tis: UInt32 = 0
        var sq: UInt32 = 0, rq: UInt32 = 0, rqt: UInt32 = 0, tir: UInt32 = 0, table: UInt32 = 0, group: UInt32 = 0
    }

    /// The probe, and one object of each kind.
    mutating func makeObjects() -> Objects {
        probe()
        var made = Objects()
        made.uar = allocate(0x802)
        made.eq = createEQ(uar: made.uar, mask: 0).word(8)
        made.pd = allocate(0x800)
        made.domain = allocate(0x816)
        made.cq = createCQ(uar: made.uar, eq: made.eq).word(8)
        made.tis = command(0x912, 0xc0, [0x44: made.domain]).word(8)
        made.sq = createSQ(uar: made.uar, cq: made.cq, tis: made.tis, pd: made.pd).word(8)
        made.rq = createRQ(cq: made.cq, pd: made.pd).word(8)
        made.rqt = command(0x916, 0x114, [0x34: 4, 0x38: 1, 0x110: made.rq]).word(8)
        made.tir = command(0x900, 0x110, [0x24: 1 << 28, 0x40: made.rqt, 0x44: made.domain]).word(8)
        made.table = command(0x930, 0x40, [0x18: 0x0005_0004]).word(8)
        made.group = command(0x933, 0x400, [0x14: made.table, 0x24: 7]).word(8)
        return made
    }
}
