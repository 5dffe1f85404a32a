import Driver
import Simulation
import Testing

/// Bytes of commands in host memory, typed from sections 2.1 and 2.2.
@Suite struct CommandInterfaceTests {
    private func device(logReceiveRing: Int = 6) -> ScriptedDevice {
        var software = HostSoftwareParameters()
        software.coreCount = 1
        software.logReceiveRing = logReceiveRing
        software.logTransmitRing = 6
        let device = ScriptedDevice(software)
        device.probe()
        return device
    }

    @Test func theFirstCommandIsAnEntryOfItsOwn() {
        let device = device()
        #expect(device.state == .ready, "\(device.log)")
        let entry = device.commands[0].entry
        // Type 7, 16 bytes in, no mailbox; ENABLE_HCA; no output yet, no mailbox; 12 bytes out; token 1, owner device.
        #expect(entry[0..<16] == [7, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(entry[16..<32] == [1, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        #expect(entry[32..<56].allSatisfy { $0 == 0 })
        #expect(entry[56..<60] == [0, 0, 0, 12] || entry[56..<60] == [0, 0, 0, 16])
        #expect(entry[60..<64] == [1, 0, 0, 1])
        // Every command has a token of its own.
        #expect(device.commands.map { $0.entry[60] }.prefix(60) == ArraySlice((1...60).map { UInt8($0) }))
    }

    @Test func pagesAreGivenThroughTheLastEntry() throws {
        let device = device()
        for command in device.commands { #expect(command.slot == (command.opcode == 0x108 ? 31 : 0)) }
        let boot = try #require(device.command(0x108))
        // Three pages for booting: modifier 1, count 3, three addresses of whole pages.
        #expect(boot.input.count == 16 + 24)
        #expect(boot.input[..<16] == [1, 8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 3])
        let first = device.address(in: boot.input, at: 16)
        #expect(first % 4096 == 0 && first > 0)
        #expect(device.address(in: boot.input, at: 24) == first + 4096)
        #expect(device.address(in: boot.input, at: 32) == first + 8192)
    }

    @Test func aLongCommandIsAChainOfBlocks() throws {
        let device = device(logReceiveRing: 13)
        #expect(device.execute("ip link set dev eth0 up") == nil)
        // The receive CQ, after those of drop queue, control and sending: 8192 × 64 bytes are 128 pages.
        let command = try #require(device.command(0x400, 3))
        let entry = command.entry
        #expect(entry[4..<8] == [0, 0, 0x05, 0x10])
        #expect(command.blocks.count == 3)
        #expect(ScriptedDevice.number(entry[8..<16]) == command.blocks[0].address)
        for (number, block) in command.blocks.enumerated() {
            #expect(block.address % 1024 == 0)
            let next = number < 2 ? command.blocks[number + 1].address : 0
            #expect(ScriptedDevice.number(block.bytes[0x230..<0x238]) == next)
            #expect(block.bytes[0x238..<0x23c] == [0, 0, 0, UInt8(number)])
            // Reserved, token of the entry, no signatures.
            #expect(block.bytes[0x23c..<0x240] == [0, entry[60], 0, 0])
        }
        // 0x110 bytes and 128 addresses: 1280 bytes behind the inline ones, of which the third block has 256.
        #expect(command.blocks[2].bytes[256..<0x230].allSatisfy { $0 == 0 })
        let first = device.address(in: command.input, at: 0x110)
        for page in 0..<128 {
            #expect(device.address(in: command.input, at: 0x110 + 8 * page) == first + UInt64(page * 4096))
        }
        // log_cq_size 13 with the doorbell page, and the event queue.
        #expect(command.input[0x1c] == 13)
        #expect(command.input[0x1f] == device.id(ofCommand: 0x802))
        #expect(command.input[0x27] == device.id(ofCommand: 0x301, 3))
    }

    @Test func anErrorStatusIsToldAndWhatWasBegunIsUndone() {
        let device = device()
        let before = device.outstanding
        device.failing = 0x904
        let failure = device.execute("ip link set dev eth0 up")
        #expect(failure?.contains("(0x904)") == true)
        #expect(failure?.contains("(0x3)") == true)
        #expect(failure?.contains("syndrome (0x1234)") == true)
        #expect(device.outstanding == before, "\(device.log)")
        device.failing = nil
        #expect(device.execute("ip link set dev eth0 up") == nil, "\(device.log)")
    }

    @Test func aCommandThatIsNeverAnsweredEndsAndAResetGivesEverythingBack() {
        let device = device()
        device.ignored = 0x904
        let start = device.queue.now
        #expect(device.execute("ip link set dev eth0 up")?.contains("timed out") == true)
        #expect(device.queue.now - start >= .milliseconds(60_000))
        // Nothing is sent through an interface that may still be read.
        let count = device.commands.count
        #expect(device.execute("ip link set dev eth0 up") != nil)
        #expect(device.commands.count == count)
        device.ignored = nil
        #expect(device.execute("echo 1 > /sys/class/net/eth0/device/reset") == nil, "\(device.log)")
        #expect(device.state == .ready)
        #expect(device.execute("ip link set dev eth0 up") == nil)
        device.remove()
        #expect(device.state == .absent)
        #expect(device.outstanding == [0, 0, 0])
    }
}
