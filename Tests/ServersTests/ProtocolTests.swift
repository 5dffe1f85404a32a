import CSockets
import Glibc
import Scenario
import Servers
import Testing
import Wire

/// What a vfio-user client is told, and what it is refused.
@Suite(.serialized) struct ProtocolTests {
    @Test func theFunctionIsDescribedAsQEMUExpectsIt() throws {
        let session = ServedSession()
        let client = try VFIOClient(path: session.paths[0])
        let device = try client.call(.deviceInfo, [16, 0, 0, 0] + zeros(12))
        // Reset, PCI; 9 regions; 5 kinds of interrupt.
        #expect(device == [16, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0, 5, 0, 0, 0])
        let sizes = try (0..<9).map { index -> UInt64 in
            let info = try client.call(.regionInfo, [32, 0, 0, 0, 0, 0, 0, 0, UInt8(index), 0, 0, 0] + zeros(20))
            return info.withUnsafeBytes { VFIOUser.RegionInfo(decoding: $0).size }
        }
        #expect(sizes == [32 << 20, 0, 0, 0, 8192, 0, 0, 4096, 0])
        let counts = try (0..<5).map { index -> UInt32 in
            let info = try client.call(.interruptInfo, [16, 0, 0, 0, 0, 0, 0, 0, UInt8(index), 0, 0, 0] + zeros(4))
            return info.withUnsafeBytes { VFIOUser.InterruptInfo(decoding: $0).count }
        }
        #expect(counts == [0, 0, 64, 1, 1])
        #expect(try client.read(7, 0, byteCount: 4) == 0x101d_15b3)
        #expect(try client.bytes(7, 0, byteCount: 4096).count == 4096)
        let result = try session.end()
        #expect(result.passed)
    }

    @Test func nothingIsAnsweredBeforeTheVersion() throws {
        let session = ServedSession()
        let client = try VFIOClient(path: session.paths[0], negotiates: false)
        #expect(throws: VFIOClient.Refused(code: 22)) { try client.call(.deviceInfo, [16, 0, 0, 0] + zeros(12)) }
        let newer = VFIOUser.Version(major: 1, minor: 0, text: "")
        #expect(throws: VFIOClient.Refused(code: 22)) { try client.call(.version, newer.bytes) }
        let answer = try client.call(.version, [0, 0, 7, 0])
        #expect(answer.withUnsafeBytes { VFIOUser.Version(decoding: $0) }.minor == 0)
        #expect(throws: VFIOClient.Refused(code: 22)) { try client.call(.version, [0, 0, 0, 0]) }
        #expect(try session.end().live?.functions[0].refused == 3)
    }

    @Test func anAccessOutsideItsRegionIsRefused() throws {
        let session = ServedSession()
        let client = try VFIOClient(path: session.paths[0])
        let refused = VFIOClient.Refused(code: 22)
        #expect(throws: refused) { try client.read(7, 4093, byteCount: 4) }
        #expect(throws: refused) { try client.read(7, .max - 2, byteCount: 4) }
        #expect(throws: refused) { try client.read(1, 0, byteCount: 4) }
        #expect(throws: refused) { try client.read(77, 0, byteCount: 4) }
        #expect(throws: refused) { try client.write(0, 32 << 20, byteCount: 1, 0) }
        #expect(throws: refused) { try client.bytes(0, 0, byteCount: 4097) }
        #expect(throws: refused) { try client.call(.regionRead, [0, 0, 0]) }
        // A write whose length is not that of its data.
        #expect(throws: refused) { try client.call(.regionWrite, zeros(12) + [8, 0, 0, 0] + zeros(4)) }
        #expect(throws: VFIOClient.Refused(code: 95)) { try client.call(.feature, zeros(8)) }
        #expect(try client.read(7, 4092, byteCount: 4) == 0)
        #expect(try session.end().passed)
    }

    @Test func manyWritesInOneMessageAllHappen() throws {
        let session = ServedSession()
        let client = try VFIOClient(path: session.paths[0])
        // Command register, then interrupt line.
        let first: [UInt8] = [4, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 2, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]
        let second: [UInt8] = [0x3c, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 11, 0, 0, 0, 0, 0, 0, 0]
        let answer = try client.call(.regionWriteMultiple, [2, 0, 0, 0, 0, 0, 0, 0] + first + second)
        #expect(answer == [2, 0, 0, 0, 0, 0, 0, 0])
        #expect(try client.read(7, 4, byteCount: 2) == 6)
        #expect(try client.read(7, 0x3c, byteCount: 1) == 11)
        let refused = VFIOClient.Refused(code: 22)
        #expect(throws: refused) { try client.call(.regionWriteMultiple, [3, 0, 0, 0, 0, 0, 0, 0] + first + second) }
        #expect(throws: refused) { try client.call(.regionWriteMultiple, Array(repeating: 0xff, count: 32)) }
        #expect(try session.end().passed)
    }

    @Test func windowsAreMappedOnceAndUnmappedAsTheyWereMapped() throws {
        let session = ServedSession()
        let client = try VFIOClient(path: session.paths[0])
        let file = Descriptor(martlet_memory_file("window", 1 << 20))
        try client.map(0x10_0000, byteCount: 1 << 20, file: file)
        #expect(throws: VFIOClient.Refused(code: 17)) { try client.map(0x1f_f000, byteCount: 4096, file: file) }
        #expect(throws: VFIOClient.Refused(code: 17)) { try client.map(0, byteCount: 0x10_1000) }
        #expect(throws: VFIOClient.Refused(code: 2)) { try client.unmap(0x10_0000, byteCount: 4096) }
        try client.unmap(0x10_0000, byteCount: 1 << 20)
        #expect(throws: VFIOClient.Refused(code: 2)) { try client.unmap(0x10_0000, byteCount: 1 << 20) }
        try client.map(0x1f_f000, byteCount: 4096, file: file, fileOffset: 0xff000)
        try client.map(0, byteCount: 4096)
        try client.unmap(0, byteCount: 0, flags: VFIOUser.Unmap.all)
        try client.map(0, byteCount: 1 << 20, file: file)
        #expect(try session.end().passed)
    }

    @Test func aWindowThatCannotBeIsRefused() throws {
        let session = ServedSession()
        let client = try VFIOClient(path: session.paths[0])
        let file = Descriptor(martlet_memory_file("window", 8192))
        let refused = VFIOClient.Refused(code: 22)
        // Longer than the file, past its end, not whole pages, around the end of addresses, no flags, strange flags.
        #expect(throws: refused) { try client.map(0, byteCount: 12_288, file: file) }
        #expect(throws: refused) { try client.map(0, byteCount: 4096, file: file, fileOffset: 8192) }
        #expect(throws: refused) { try client.map(0, byteCount: 8192, file: file, fileOffset: ~4095) }
        #expect(throws: refused) { try client.map(0, byteCount: 100, file: file) }
        #expect(throws: refused) { try client.map(2048, byteCount: 4096, file: file) }
        #expect(throws: refused) { try client.map(~4095, byteCount: 8192) }
        #expect(throws: refused) { try client.map(0, byteCount: 0) }
        #expect(throws: refused) { try client.map(0, byteCount: 1 << 60) }
        #expect(throws: refused) { try client.map(0, byteCount: 4096, flags: 0) }
        #expect(throws: refused) { try client.map(0, byteCount: 4096, flags: 7) }
        // Not a file with memory in it.
        #expect(throws: refused) { try client.map(0, byteCount: 4096, file: Descriptor(martlet_event())) }
        #expect(throws: refused) { try client.map(0, byteCount: 4096, file: client.socket) }
        let closedFile = VFIOUser.Map(flags: 3, fileOffset: 0, address: 0, size: 4096)
        let body = VFIOClient.bytes(VFIOUser.Map.byteCount) { closedFile.encode(into: $0) }
        #expect(throws: refused) { try client.call(.dmaMap, body, descriptors: [file, file]) }
        try client.map(0, byteCount: 4096, file: file)
        #expect(try session.end().passed)
    }

    @Test func aClientHasAtMostSoManyWindows() throws {
        let session = ServedSession()
        let client = try VFIOClient(path: session.paths[0])
        for index in 0..<VFIOUser.mostWindows { try client.map(UInt64(index) << 13, byteCount: 4096) }
        #expect(throws: VFIOClient.Refused(code: 28)) { try client.map(1 << 40, byteCount: 4096) }
        #expect(try session.end().passed)
    }

    @Test func interruptsAreSetInWholeRangesOfTheirKind() throws {
        let session = ServedSession()
        let client = try VFIOClient(path: session.paths[0])
        let events = (0..<2).map { _ in Descriptor(martlet_event()) }
        let refused = VFIOClient.Refused(code: 22)
        try client.setInterrupts([.dataDescriptor, .trigger], index: 3, start: 0, count: 1, descriptors: [events[0]])
        try client.setInterrupts([.dataDescriptor, .trigger], index: 2, start: 62, count: 2, descriptors: events)
        #expect(throws: refused) {
            try client.setInterrupts([.dataDescriptor, .trigger], index: 2, start: 63, count: 2, descriptors: events)
        }
        #expect(throws: refused) {
            try client.setInterrupts([.dataDescriptor, .trigger], index: 2, start: 0, count: 3, descriptors: events)
        }
        #expect(throws: refused) { try client.setInterrupts([.dataNone], index: 2, start: 0, count: 1) }
        #expect(throws: refused) { try client.setInterrupts([.dataNone, .trigger], index: 9, start: 0, count: 0) }
        #expect(throws: refused) {
            try client.setInterrupts([.dataNone, .trigger], index: 2, start: Int(UInt32.max), count: 2)
        }
        // A client may raise its own interrupt, one by one and by a list of flags.
        try client.setInterrupts([.dataNone, .trigger], index: 2, start: 62, count: 1)
        #expect(count(events[0]) == 1)
        let set = VFIOUser.InterruptSet(flags: [.dataBool, .trigger], index: 2, start: 62, count: 2)
        try client.call(
            .setInterrupts, VFIOClient.bytes(VFIOUser.InterruptSet.byteCount) { set.encode(into: $0) } + [0, 1])
        #expect(count(events[0]) == 0)
        #expect(count(events[1]) == 1)
        // One without a descriptor takes it away, count 0 all of them.
        try client.setInterrupts([.dataDescriptor, .trigger], index: 2, start: 62, count: 1)
        try client.setInterrupts([.dataNone, .trigger], index: 2, start: 62, count: 1)
        #expect(count(events[0]) == 0)
        try client.setInterrupts([.dataNone, .trigger], index: 2, start: 0, count: 0)
        try client.setInterrupts([.dataNone, .trigger], index: 2, start: 63, count: 1)
        #expect(count(events[1]) == 0)
        #expect(try session.end().passed)
    }

    @Test func resettingPutsConfigurationSpaceBack() throws {
        let session = ServedSession()
        let client = try VFIOClient(path: session.paths[0])
        try client.write(7, 4, byteCount: 2, 6)
        try client.write(7, 0x10, byteCount: 4, 0xfc00_0000)
        try client.call(.reset)
        #expect(try client.read(7, 4, byteCount: 2) == 0)
        #expect(try client.read(7, 0x10, byteCount: 4) == 0xc)
        #expect(try session.end().passed)
    }

    @Test func theNextClientFindsTheFunctionAsIfItHadNeverBeenUsed() throws {
        let session = ServedSession()
        for round in 0..<5 {
            let client = try VFIOClient(path: session.paths[0])
            #expect(try client.read(7, 4, byteCount: 2) == 0)
            try client.write(7, 4, byteCount: 2, 6)
            try client.map(0, byteCount: 1 << 20, file: Descriptor(martlet_memory_file("window", 1 << 20)))
            // One leaves in the middle of a message.
            if round == 2 { try client.send([1, 0, 9, 0, 32, 0]) }
        }
        let result = try session.end()
        #expect(result.live?.functions[0].clients == 5)
        #expect(result.passed)
    }

    private func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

    /// What an event counter has counted since it was read last.
    private func count(_ event: Descriptor) -> UInt64 {
        var count: UInt64 = 0
        return read(event.number, &count, 8) == 8 ? count : 0
    }
}
