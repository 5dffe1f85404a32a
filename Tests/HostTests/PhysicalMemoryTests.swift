import Host
import Testing

@Suite struct PhysicalMemoryTests {
    @Test func memoryIsZeroUntilWritten() throws {
        var memory = PhysicalMemory(byteCount: 1 << 20)
        #expect(try memory.bigEndian(at: 0x1234, as: UInt64.self) == 0)
        #expect(memory.touchedByteCount == 65_536)
    }

    @Test func numbersAreStoredMostSignificantByteFirst() throws {
        var memory = PhysicalMemory(byteCount: 1 << 20)
        try memory.storeBigEndian(0x0102_0304 as UInt32, at: 0x100)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 1)
        defer { buffer.deallocate() }
        try memory.read(0x100, into: buffer)
        #expect(Array(buffer) == [1, 2, 3, 4])
    }

    @Test func anAccessAcrossChunksIsWhole() throws {
        var memory = PhysicalMemory(byteCount: 1 << 20)
        try memory.storeBigEndian(0x1122_3344_5566_7788 as UInt64, at: 0x1_0000 - 3)
        #expect(try memory.bigEndian(at: 0x1_0000 - 3, as: UInt64.self) == 0x1122_3344_5566_7788)
        #expect(try memory.bigEndian(at: 0x1_0000, as: UInt8.self) == 0x44)
    }

    @Test func memoryThatIsNotInstalledFaults() {
        var memory = PhysicalMemory(byteCount: 1 << 16)
        #expect(fault(of: &memory, at: 1 << 16) == MemoryFault(address: 1 << 16))
        #expect(fault(of: &memory, at: (1 << 16) - 2) == MemoryFault(address: 1 << 16))
        #expect(fault(of: &memory, at: .max) == MemoryFault(address: .max))
        #expect(fault(of: &memory, at: (1 << 16) - 4) == nil)
    }

    @Test func aTagBelongsToItsFiveHundredAndTwelveBytes() {
        var memory = PhysicalMemory(byteCount: 1 << 20)
        memory.setTag(7, at: 0x1_0200)
        #expect(memory.tag(at: 0x1_0200) == 0)
        _ = try? memory.pointer(at: 0x1_0000)
        memory.setTag(7, at: 0x1_0200)
        #expect(memory.tag(at: 0x1_03ff) == 7)
        #expect(memory.tag(at: 0x1_01ff) == 0)
        #expect(memory.tag(at: 0x1_0400) == 0)
        #expect(memory.tag(at: .max) == 0)
    }
}

/// What reading four bytes at `address` throws.
private func fault(of memory: inout PhysicalMemory, at address: UInt64) -> MemoryFault? {
    do throws(MemoryFault) {
        _ = try memory.bigEndian(at: address, as: UInt32.self)
        return nil
    } catch {
        return error
    }
}
