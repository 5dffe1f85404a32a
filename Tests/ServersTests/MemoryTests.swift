import CSockets
import Glibc
import Scenario
import Servers
import Testing
import Wire

/// Memory of a client that is not what one hopes for.
@Suite(.serialized) struct MemoryTests {
    private let start: UInt64 = 0x10_0000
    private let byteCount: UInt64 = 1 << 16

    @Test func memoryWithoutADescriptorIsReadAndWrittenByMessage() throws {
        let session = ServedSession()
        let client = try VFIOClient(path: session.paths[0])
        client.memoryStart = start
        client.memory = Array(repeating: 0, count: Int(byteCount))
        client.memory.replaceSubrange(0..<64, with: enableCommand)
        try client.map(start, byteCount: byteCount)
        try ring(client)
        for _ in 0..<500 where client.memory[63] & 1 != 0 { _ = try client.read(7, 0, byteCount: 4) }
        // Status OK, no syndrome, and the entry is software's again.
        #expect(Array(client.memory[32..<40]) == [0, 0, 0, 0, 0, 0, 0, 0])
        #expect(client.memory[63] == 0)
        #expect(client.asked.contains { $0 == (.dmaRead, 64) })
        #expect(client.asked.contains { $0.0 == .dmaWrite })
        let result = try session.end()
        #expect(result.live?.functions[0].memoryMessages == UInt64(client.asked.count))
        #expect(result.live?.functions[0].faults == 0)
    }

    @Test func aClientThatRefusesItsMemoryCausesAnOrdinaryFault() throws {
        let session = ServedSession()
        let client = try VFIOClient(path: session.paths[0])
        try client.map(start, byteCount: byteCount)
        try ring(client)
        for _ in 0..<100 { _ = try client.read(7, 0, byteCount: 4) }
        #expect(!client.asked.isEmpty)
        let result = try session.end()
        #expect(result.live?.functions[0].faults ?? 0 > 0)
        #expect(result.passed)
    }

    @Test func aFileThatIsCutWhileItIsMappedEndsNothing() throws {
        let session = ServedSession()
        let client = try VFIOClient(path: session.paths[0])
        let file = Descriptor(martlet_memory_file("cut", byteCount))
        try client.map(start, byteCount: byteCount, file: file)
        let before = VFIOUserServer.lostPageCount
        #expect(ftruncate(file.number, 0) == 0)
        try ring(client)
        for _ in 0..<100 { _ = try client.read(7, 0, byteCount: 4) }
        #expect(VFIOUserServer.lostPageCount > before)
        try client.unmap(start, byteCount: byteCount)
        #expect(try session.end().passed)
    }

    @Test func memoryThatIsUnmappedUnderACommandCausesAnOrdinaryFault() throws {
        let session = ServedSession()
        let client = try VFIOClient(path: session.paths[0])
        try client.map(start, byteCount: byteCount, file: Descriptor(martlet_memory_file("gone", byteCount)))
        try prepare(client)
        try client.write(0, 0x18, byteCount: 4, UInt64(UInt32(1).bigEndian), waits: false)
        try client.unmap(start, byteCount: byteCount)
        for _ in 0..<100 { _ = try client.read(7, 0, byteCount: 4) }
        let result = try session.end()
        #expect(result.live?.functions[0].faults ?? 0 > 0)
        #expect(result.passed)
    }

    /// ENABLE_HCA in the first entry of the command queue: 16 bytes in and out, owned by the device.
    private var enableCommand: [UInt8] {
        var entry = [UInt8](repeating: 0, count: 64)
        entry[0] = 7
        entry[7] = 16
        entry[16] = 0x01
        entry[17] = 0x04
        entry[0x3b] = 16
        entry[0x3f] = 1
        return entry
    }

    private func prepare(_ client: VFIOClient) throws {
        try client.write(7, 4, byteCount: 2, 6)
        while try client.read(0, 0x1fc, byteCount: 4) != 0 { usleep(1000) }
        try client.write(0, 0x10, byteCount: 4, 0)
        try client.write(0, 0x14, byteCount: 4, UInt64(UInt32(start).bigEndian))
    }

    private func ring(_ client: VFIOClient) throws {
        try prepare(client)
        try client.write(0, 0x18, byteCount: 4, UInt64(UInt32(1).bigEndian), waits: false)
    }
}
