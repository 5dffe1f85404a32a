import Host
import Simulation
import Testing

/// Memory that belongs to somebody else, and memory that must be asked for.
@Suite struct MemoryWindowTests {
    @Test func windowsHavePhysicalRangesOfTheirOwnWhichAreUsedAgain() throws {
        var memory = PhysicalMemory(byteCount: 1 << 16)
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: 3 << 12, alignment: 4096)
        defer { bytes.deallocate() }
        let first = memory.attach(bytes, byteCount: 4096)
        let second = memory.attach(bytes + 4096, byteCount: 8192)
        #expect(first >= memory.byteCount)
        #expect(second >= first + 4096 || second + 8192 <= first)
        (bytes + 4096).storeBytes(of: 0x11, as: UInt8.self)
        #expect(try memory.bigEndian(at: second, as: UInt8.self) == 0x11)
        #expect(try memory.pointer(at: second + 4096) == (bytes + 8192, 4096))
        #expect(memory.contains(0xffff) && !memory.contains(0x1_0000))
        #expect(memory.contains(first) && memory.contains(second + 8191) && !memory.contains(second + 8192))
        memory.detach(first)
        let isThere = memory.contains(first)
        #expect(!isThere)
        #expect(throws: MemoryFault(address: first)) { try memory.pointer(at: first) }
        let third = memory.attach(bytes, byteCount: 4096)
        let fourth = memory.attach(bytes, byteCount: 4096)
        #expect(third == first)
        #expect(fourth >= second + 8192)
    }

    @Test func dmaReachesAWindowUntilItIsUnmapped() throws {
        var host = Host(memoryByteCount: 1 << 16, domains: [IOMMUDomain()])
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: 8192, alignment: 4096)
        defer { bytes.deallocate() }
        bytes.initializeMemory(as: UInt8.self, repeating: 0, count: 8192)
        let physical = host.memory.attach(bytes, byteCount: 8192)
        try host.map(FunctionID(0), 0x7000, to: physical, byteCount: 8192, [.read, .write])
        try write(&host, 0x7ffe, [1, 2, 3, 4])
        #expect((bytes + 0xffe).loadUnaligned(as: UInt32.self) == 0x0403_0201)
        try host.unmap(FunctionID(0), 0x7000, byteCount: 8192)
        host.memory.detach(physical)
        let fault = DMAFault(function: FunctionID(0), address: 0x7ffe, reason: .notMapped)
        #expect(throws: fault) { try write(&host, 0x7ffe, [9]) }
    }

    @Test func distantMemoryIsAskedForPageByPage() throws {
        let owner = Owner()
        var host = Host(memoryByteCount: 1 << 16, domains: [IOMMUDomain()])
        host.setDistantMemory(owner, of: FunctionID(0))
        let physical = host.memory.attach(nil, byteCount: 8192)
        try host.map(FunctionID(0), 0x10000, to: physical, byteCount: 8192, [.read, .write, .distant])
        try write(&host, 0x10ffe, [1, 2, 3, 4])
        #expect(owner.asked == ["write 10ffe 2", "write 11000 2"])
        #expect(try read(&host, 0x10ffe, 4) == [1, 2, 3, 4])
        #expect(host.dmaReadByteCount == 4)
        owner.isWilling = false
        let fault = DMAFault(function: FunctionID(0), address: 0x11000, reason: .noMemory)
        #expect(throws: fault) { try read(&host, 0x11000, 4) }
        #expect(host.takeFault(of: FunctionID(0)) == fault)
        #expect(host.takeFault(of: FunctionID(0)) == nil)
    }

    @Test func distantMemoryKeepsItsPermissions() throws {
        let owner = Owner()
        var host = Host(memoryByteCount: 1 << 16, domains: [IOMMUDomain()])
        host.setDistantMemory(owner, of: FunctionID(0))
        let physical = host.memory.attach(nil, byteCount: 4096)
        try host.map(FunctionID(0), 0, to: physical, byteCount: 4096, [.read, .distant])
        let fault = DMAFault(function: FunctionID(0), address: 0, reason: .writeNotPermitted)
        #expect(throws: fault) { try write(&host, 0, [1]) }
        #expect(owner.asked.isEmpty)
    }

    private final class Owner: DistantMemory {
        var asked: [String] = []
        var isWilling = true
        var bytes: [UInt64: UInt8] = [:]
        func read(_ address: UInt64, into buffer: UnsafeMutableRawBufferPointer, at time: SimTime) -> Bool {
            for index in buffer.indices { buffer[index] = bytes[address + UInt64(index)] ?? 0 }
            return isWilling
        }
        func write(_ address: UInt64, from buffer: UnsafeRawBufferPointer, at time: SimTime) -> Bool {
            asked.append("write \(String(address, radix: 16)) \(buffer.count)")
            for index in buffer.indices { bytes[address + UInt64(index)] = buffer[index] }
            return isWilling
        }
    }

    private func write(_ host: inout Host, _ address: UInt64, _ bytes: [UInt8]) throws(DMAFault) {
        var result: Result<Void, DMAFault> = .success(())
        bytes.withUnsafeBytes { buffer in
            do throws(DMAFault) {
                try host.dmaWrite(FunctionID(0), address, from: buffer, at: .zero)
            } catch { result = .failure(error) }
        }
        try result.get()
    }

    private func read(_ host: inout Host, _ address: UInt64, _ count: Int) throws(DMAFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var result: Result<Void, DMAFault> = .success(())
        bytes.withUnsafeMutableBytes { buffer in
            do throws(DMAFault) {
                try host.dmaRead(FunctionID(0), address, into: buffer, at: .zero)
            } catch { result = .failure(error) }
        }
        try result.get()
        return bytes
    }
}
