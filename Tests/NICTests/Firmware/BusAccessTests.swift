import Host
import NIC
import Simulation
import Testing

/// Configuration space, the BARs and their interrupts (native interface, section 1; PCI Express 5.0, chapter 7).
@Suite struct BusAccessTests {
    @Test func theFunctionSaysWhoItIs() {
        var client = CommandClient()
        #expect(client.configurationRead(0x00, 4) == 0x101d_15b3)
        #expect(client.configurationRead(0x08, 4) == 0x0200_0000)
        #expect(client.configurationRead(0x0e, 1) == 0)
        #expect(client.configurationRead(0x06, 2) & 0x10 == 0x10)
        #expect(client.configurationRead(0x3d, 1) == 0)
    }

    @Test func sizesAreFoundByWritingOnes() {
        var client = CommandClient()
        for offset in stride(from: 0x10, to: 0x28, by: 4) { client.configurationWrite(offset, 4, .max) }
        client.configurationWrite(0x30, 4, .max)
        #expect(client.configurationRead(0x10, 4) == 0xfe00_000c)
        #expect(client.configurationRead(0x14, 4) == 0xffff_ffff)
        #expect(client.configurationRead(0x18, 4) == 0)
        #expect(client.configurationRead(0x1c, 4) == 0)
        #expect(client.configurationRead(0x20, 4) == 0xffff_e004)
        #expect(client.configurationRead(0x24, 4) == 0xffff_ffff)
        #expect(client.configurationRead(0x30, 4) == 0)
        client.configurationWrite(0x10, 4, 0xd234_5678)
        #expect(client.configurationRead(0x10, 4) == 0xd200_000c)
    }

    @Test func theChainOfCapabilitiesEnds() {
        var client = CommandClient()
        var pointer = Int(client.configurationRead(0x34, 1))
        var identifiers: [UInt32] = []
        while pointer != 0, identifiers.count < 10 {
            identifiers.append(client.configurationRead(pointer, 1))
            pointer = Int(client.configurationRead(pointer + 1, 1))
        }
        #expect(identifiers == [0x01, 0x10, 0x11])
        #expect(client.configurationRead(0x9e, 2) == 63)
        #expect(client.configurationRead(0xa0, 4) == 4)
        #expect(client.configurationRead(0xa4, 4) == 0x1004)
        #expect(client.configurationRead(0x64, 4) >> 28 & 1 == 1)
    }

    @Test func readOnlyBitsStayAndTheResetBitReadsAsZero() {
        var client = CommandClient()
        client.configurationWrite(0x00, 4, .max)
        client.configurationWrite(0x04, 2, 0xffff)
        #expect(client.configurationRead(0x00, 4) == 0x101d_15b3)
        #expect(client.configurationRead(0x04, 2) == 0x0546)
        client.configurationWrite(0x68, 2, 0x50e0)
        #expect(client.configurationRead(0x68, 2) == 0x50e0)
        client.configurationWrite(0x69, 1, 0x80)
        // Max_Payload_Size outlives a function level reset (PCI Express 6.6.2).
        #expect(client.configurationRead(0x68, 2) == 0x28f0)
        #expect(client.configurationRead(0x04, 2) == 0)
    }

    @Test func withoutMemorySpaceOrPowerReadsAreAllOnes() {
        var client = CommandClient()
        #expect(client.read(0, 4) == 0xffff_ffff)
        client.configurationWrite(0x04, 2, 0x0002)
        #expect(client.read(0, 4) == 0x1600_6300)
        client.configurationWrite(0x44, 2, 3)
        #expect(client.read(0, 4) == 0xffff_ffff)
        client.configurationWrite(0x44, 2, 0)
        #expect(client.read(0, 4) == 0x1600_6300)
        #expect(client.read(32 << 20, 4) == 0xffff_ffff)
        #expect(client.read(bar: 2, 0, 4) == 0xffff_ffff)
        #expect(client.read((32 << 20) - 4, 4) == 0)
    }

    @Test func registersReadTheSameAtEveryWidth() {
        var client = CommandClient()
        client.configurationWrite(0x04, 2, 0x0002)
        #expect(client.read(0, 8) == 0x0100_0500_1600_6300)
        #expect(client.read(1, 1) == 0x63)
        #expect(client.read(2, 2) == 0x1600)
        #expect(client.read(3, 2) == 0x0016)
    }

    /// Enables vector 3 with a message of 0x45, masked or not.
    static func enableMessages(_ client: inout CommandClient, control: UInt32 = 0) {
        client.configurationWrite(0x04, 2, 0x0006)
        client.write(bar: 4, 3 * 16, 8, 0x0000_0000_fee0_1000)
        client.write(bar: 4, 3 * 16 + 8, 4, 0x45)
        client.write(bar: 4, 3 * 16 + 12, 4, UInt64(control))
        client.configurationWrite(0x9e, 2, 0x8000)
        client.run(for: .microseconds(5))
    }

    @Test func aMaskedVectorIsPendingAndFiresOnceWhenUnmasked() {
        var client = CommandClient()
        Self.enableMessages(&client, control: 1)
        for _ in 0..<2 { #expect(client.message(3) == nil) }
        #expect(client.read(bar: 4, 0x1000, 8) == 1 << 3)
        client.write(bar: 4, 3 * 16 + 12, 4, 0)
        client.run(for: .microseconds(5))
        #expect(client.interrupts == [0x45])
        #expect(client.read(bar: 4, 0x1000, 8) == 0)
        let message = client.message(3)
        #expect(message?.address == 0xfee0_1000)
    }

    /// What the mask releases while the function may not master the bus goes on waiting, and is sent once it may.
    @Test func aReleasedVectorWaitsForBusMastering() {
        var client = CommandClient()
        Self.enableMessages(&client, control: 1)
        #expect(client.message(3) == nil)
        client.configurationWrite(0x04, 2, 0x0002)
        client.write(bar: 4, 3 * 16 + 12, 4, 0)
        client.run(for: .microseconds(5))
        #expect(client.interrupts.isEmpty)
        #expect(client.read(bar: 4, 0x1000, 8) == 1 << 3)
        client.configurationWrite(0x04, 2, 0x0006)
        client.run(for: .microseconds(5))
        #expect(client.interrupts == [0x45])
        #expect(client.read(bar: 4, 0x1000, 8) == 0)
    }

    /// MPS and MRRS of the device control register (PCI Express 5.0, 7.5.3.4): bits 7:5 and 14:12, 128 bytes << code.
    @Test func transactionsKeepToTheSizesOfDeviceControl() {
        var parameters = NICParameters()
        parameters.pcie.maxPayloadByteCount = 512
        parameters.pcie.maxReadRequestByteCount = 1024
        var client = CommandClient(parameters)
        func sizes(_ payload: UInt32, _ request: UInt32) -> [Int] {
            client.configurationWrite(0x68, 2, 0x0810 | payload << 5 | request << 12)
            client.run(for: .microseconds(5))
            let format = client.nic.links[0].format
            // Each packet of a write and each request of a read has 24 bytes of its own.
            let written = format.writeWireByteCount(byteCount: 4096, address: 0x1000) - 4096
            return [written / 24, format.readWireByteCount(byteCount: 4096, address: 0x1000).upstream / 24]
        }
        #expect(sizes(0, 0) == [32, 32])
        #expect(sizes(1, 2) == [16, 8])
        #expect(sizes(2, 3) == [8, 4])
        // What the link cannot do it does not do, whatever the driver permits.
        #expect(sizes(5, 5) == [8, 4])
        #expect(sizes(0, 5) == [32, 4])
    }

    @Test func theFunctionMaskHoldsAllVectors() {
        var client = CommandClient()
        Self.enableMessages(&client)
        client.configurationWrite(0x9e, 2, 0xc000)
        client.run(for: .microseconds(5))
        #expect(client.message(3) == nil)
        #expect(client.message(64) == nil)
        client.configurationWrite(0x9e, 2, 0x8000)
        client.run(for: .microseconds(5))
        #expect(client.interrupts == [0x45])
        client.configurationWrite(0x9e, 2, 0)
        client.run(for: .microseconds(5))
        #expect(client.message(3) == nil)
    }

    @Test func everyWidthAtEveryOffsetIsHarmless() {
        var client = CommandClient()
        client.probe()
        var random = SplitMix(seed: 7)
        let edges =
            [0, 0x10, 0x14, 0x18, 0x1c, 0x1fc, 0x1000, 0x1010, 0x2000, 0x2ffe, 0x3000, 0x1_0020, 0x1_0040]
            + [0x1_0048, 0x1_0800, 0x1_0900, 0x1_0ffc, 0x1ff_fff8, 0x1ff_ffff, 0x200_0000, 0xffff_fff8]
        for width in [1, 2, 4, 8] {
            for edge in edges {
                for offset in edge..<edge + 8 where offset < 1 << 32 {
                    client.write(offset, width, random.next())
                    client.write(bar: 4, offset & 0x1fff, width, random.next())
                    client.write(bar: 2, offset, width, random.next())
                }
            }
            client.run(for: .milliseconds(30))
            for offset in 0..<64 { _ = client.read(offset * 0x83, width) }
            for offset in 0..<64 { _ = client.read(bar: 4, offset * 0x83, width) }
        }
        for offset in stride(from: 0, to: 4096, by: 3) {
            client.configurationWrite(offset, offset % 5, UInt32(truncatingIfNeeded: random.next()))
            _ = client.configurationRead(offset, 1 + offset % 4)
        }
        client.configurationWrite(0x69, 1, 0x80)
        client.run(for: .milliseconds(30))
        client.probe()
        #expect(client.command(0x800).isOK)
    }

    @Test func functionLevelResetForgetsEverything() {
        var client = CommandClient()
        client.probe()
        let domain = client.allocate(0x800)
        #expect(domain != 0)
        client.configurationWrite(0x69, 1, 0x80)
        client.run(for: .microseconds(10))
        client.configurationWrite(0x04, 2, 0x0006)
        #expect(client.readWord(0x1fc) >> 31 == 1)
        client.run(for: .milliseconds(6))
        #expect(client.readWord(0x1fc) == 0)
        #expect(client.readWord(0x14) == 0x56)
        client.start()
        #expect(client.command(0x800).status == 4)
        client.probe()
        #expect(client.command(0x801, 16, [0x8: domain]).status == 5)
    }

    @Test(arguments: [false, true]) func aResetInTheMiddleOfACommandTouchesNoMemory(isSoftware: Bool) {
        // At every quarter of a microsecond of a command's life.
        for delay in stride(from: 250 as UInt64, to: 30_000, by: 250) {
            var client = CommandClient()
            client.probe()
            client.prepare(commandBytes(0x100, modifier: 1), outputByteCount: 0x1010, slot: 0)
            client.ring(1)
            client.run(for: .nanoseconds(delay))
            if isSoftware {
                client.writeWord(0x14, UInt32(CommandClient.queueAddress) | 7 << 8)
            } else {
                client.configurationWrite(0x69, 1, 0x80)
            }
            // By now the reset has arrived; only a command that was answered before may have left anything.
            client.run(for: .microseconds(2))
            let written = client.host.dmaWrittenByteCount
            client.run(for: .milliseconds(1))
            #expect(client.host.dmaWrittenByteCount == written)
        }
    }

    @Test func theInterfaceCanBeDisabledAndResetBySoftware() {
        var client = CommandClient()
        client.probe()
        client.writeWord(0x14, UInt32(CommandClient.queueAddress) | 1 << 8)
        client.run(for: .microseconds(2))
        #expect(client.readWord(0x14) >> 8 & 3 == 1)
        client.prepare(commandBytes(0x800), outputByteCount: 16, slot: 0)
        client.ring(1)
        client.run(for: .milliseconds(1))
        #expect(client.load(CommandClient.queueAddress + 0x3f, 1) == [1])
        client.writeWord(0x14, UInt32(CommandClient.queueAddress) | 7 << 8)
        client.run(for: .microseconds(2))
        #expect(client.readWord(0x1fc) >> 31 == 1)
        client.run(for: .milliseconds(6))
        client.probe()
        #expect(client.command(0x800).isOK)
    }
}
