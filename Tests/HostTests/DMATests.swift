import Host
import Simulation
import Testing

private let first = FunctionID(0)
private let second = FunctionID(1)

/// A host with two functions; the first sees 16 KiB of memory at 0x20000 under 0x8000, the second nothing.
private func makeHost() throws -> Host {
    var host = Host(memoryByteCount: 1 << 20, domains: [IOMMUDomain(), IOMMUDomain()])
    try host.map(first, 0x8000, to: 0x2_0000, byteCount: 0x4000, [.read, .write])
    return host
}

private func read(
    _ host: inout Host, _ function: FunctionID, _ address: UInt64, _ count: Int
) throws(DMAFault) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { buffer.deallocate() }
    try host.dmaRead(function, address, into: buffer, at: .zero)
    return Array(buffer)
}

private func write(
    _ host: inout Host, _ function: FunctionID, _ address: UInt64, _ bytes: [UInt8]
) throws(DMAFault) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    defer { buffer.deallocate() }
    buffer.copyBytes(from: bytes)
    try host.dmaWrite(function, address, from: UnsafeRawBufferPointer(buffer), at: .zero)
}

/// The fault that reading (or writing) `count` bytes ends in.
private func fault(
    _ host: inout Host, _ function: FunctionID, _ address: UInt64, _ count: Int, writing: Bool = false
) -> DMAFault? {
    do throws(DMAFault) {
        if writing {
            try write(&host, function, address, Array(repeating: 1, count: count))
        } else {
            _ = try read(&host, function, address, count)
        }
        return nil
    } catch {
        return error
    }
}

@Suite struct DMATests {
    @Test func aMappedAddressReachesItsMemory() throws {
        var host = try makeHost()
        try host.memory.storeBigEndian(0xcafe as UInt16, at: 0x2_1234)
        #expect(try read(&host, first, 0x9234, 2) == [0xca, 0xfe])
        try write(&host, first, 0x9ffe, [1, 2, 3, 4])
        #expect(try host.memory.bigEndian(at: 0x2_1ffe, as: UInt32.self) == 0x0102_0304)
        #expect(host.dmaReadByteCount == 2 && host.dmaWrittenByteCount == 4)
    }

    @Test func aFunctionDoesNotSeeAnothersMappings() throws {
        var host = try makeHost()
        #expect(try read(&host, first, 0x8000, 1) == [0])
        #expect(fault(&host, second, 0x8000, 1) == DMAFault(function: second, address: 0x8000, reason: .notMapped))
    }

    @Test func anAccessThatLeavesTheMappingFaultsAtTheFirstByteOutside() throws {
        var host = try makeHost()
        #expect(fault(&host, first, 0xbffe, 4) == DMAFault(function: first, address: 0xc000, reason: .notMapped))
        #expect(
            fault(&host, first, 0x7fff, 2, writing: true)
                == DMAFault(function: first, address: 0x7fff, reason: .notMapped))
    }

    @Test func permissionsAreKept() throws {
        var host = try makeHost()
        try host.map(first, 0x10_0000, to: 0x3_0000, byteCount: 4096, .read)
        #expect(try read(&host, first, 0x10_0000, 1) == [0])
        #expect(
            fault(&host, first, 0x10_0000, 1, writing: true)
                == DMAFault(function: first, address: 0x10_0000, reason: .writeNotPermitted))
    }

    @Test func anUnmappedPageIsForgottenAtOnce() throws {
        var host = try makeHost()
        _ = try read(&host, first, 0x8000, 1)
        try host.unmap(first, 0x8000, byteCount: 0x4000)
        #expect(fault(&host, first, 0x8000, 1) == DMAFault(function: first, address: 0x8000, reason: .notMapped))
    }

    @Test func aMappingBeyondTheMemoryFaults() throws {
        var host = try makeHost()
        try host.map(first, 0x20_0000, to: 0x10_0000, byteCount: 4096, [.read, .write])
        #expect(fault(&host, first, 0x20_0000, 1) == DMAFault(function: first, address: 0x20_0000, reason: .noMemory))
    }

    @Test func faultsAreLoggedAndTheDriverIsToldOnceEach() throws {
        var host = try makeHost()
        _ = try? read(&host, second, 0x5000, 1)
        #expect(host.bus.count == 1)
        #expect(host.bus[0].event == .fault(second))
        #expect(host.takeFault(of: first) == nil)
        #expect(host.takeFault(of: second) == DMAFault(function: second, address: 0x5000, reason: .notMapped))
        #expect(host.takeFault(of: second) == nil)
        for _ in 0..<100 { _ = try? read(&host, second, 0x5000, 1) }
        #expect(host.faultCount == 101)
        #expect(host.bus.count == 65)
    }

    @Test(arguments: [(0x8001, 0x1000, 0x1000), (0x8000, 0x1001, 0x1000), (0x8000, 0x1000, 0x800), (0x8000, 0, 0)])
    func mappingsAreWholePages(address: UInt64, physical: UInt64, byteCount: UInt64) {
        var domain = IOMMUDomain()
        #expect(throws: MappingError.misaligned) {
            try domain.map(address, to: physical, byteCount: byteCount, .read)
        }
    }

    @Test func mappingsDoNotOverlap() throws {
        var domain = IOMMUDomain(pageShift: 21)
        try domain.map(0x20_0000, to: 0, byteCount: 0x40_0000, .read)
        #expect(throws: MappingError.overlaps) { try domain.map(0x40_0000, to: 0, byteCount: 0x20_0000, .read) }
        #expect(throws: MappingError.overlaps) { try domain.map(0, to: 0, byteCount: 0x40_0000, .read) }
        try domain.map(0, to: 0, byteCount: 0x20_0000, .read)
        #expect(domain.mappedPageCount == 3)
        #expect(throws: MappingError.notMapped) { try domain.unmap(0x20_0000, byteCount: 0x20_0000) }
    }

    @Test func aMessageInTheInterruptWindowIsAnInterrupt() throws {
        var host = try makeHost()
        host.sendMessage(first, address: 0xfee0_1000, data: 0x41, at: SimTime(picoseconds: 9))
        #expect(host.bus[0].event == .interrupt(first, vector: 0x41))
        #expect(host.bus[0].time == SimTime(picoseconds: 9))
    }

    @Test func aMessageElsewhereIsAWriteLikeAnyOther() throws {
        var host = try makeHost()
        host.sendMessage(first, address: 0x8010, data: 0x0403_0201, at: .zero)
        #expect(host.bus.count == 0)
        #expect(try host.memory.bigEndian(at: 0x2_0010, as: UInt32.self) == 0x0102_0304)
        host.sendMessage(first, address: 0x10, data: 1, at: .zero)
        #expect(host.takeFault(of: first)?.reason == .notMapped)
    }
}
