import Driver
import NIC
import Simulation
import Testing
import Wire

/// What the driver asks for and what the NIC makes of it, judged by arithmetic of the test's own.
@Suite struct DriverTrafficTests {
    /// One's complement sum of big-endian 16-bit words, carries folded.
    private func sum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var total: UInt32 = 0
        for (index, byte) in bytes.enumerated() { total += UInt32(byte) << (index % 2 == 0 ? 8 : 0) }
        while total > 0xffff { total = (total & 0xffff) + total >> 16 }
        return total
    }

    private func word(_ frame: [UInt8], _ offset: Int) -> Int { Int(frame[offset]) << 8 | Int(frame[offset + 1]) }

    /// Whether the checksums of `frame` are right: the IPv4 header's, and TCP's or UDP's with its pseudo header.
    private func checksumsAreRight(_ frame: [UInt8]) -> Bool {
        let l3 = word(frame, 12) == 0x8100 ? 18 : 14
        let isIPv6 = word(frame, l3 - 2) == 0x86dd
        let l4 = l3 + (isIPv6 ? 40 : 20)
        let length = isIPv6 ? word(frame, l3 + 4) : word(frame, l3 + 2) - 20
        let number = isIPv6 ? frame[l3 + 6] : frame[l3 + 9]
        if !isIPv6, sum(frame[l3..<l4]) != 0xffff { return false }
        let addresses = frame[(l3 + (isIPv6 ? 8 : 12))..<l4]
        let pseudo = Array(addresses) + [0, 0, UInt8(length >> 8), UInt8(length & 255), 0, 0, 0, number]
        return sum(pseudo + frame[l4..<l4 + length]) == 0xffff
    }

    /// What generated packets carry from byte `offset` of the packet on.
    private func payload(_ range: Range<Int>) -> [UInt8] {
        range.map { offset in
            let word = (UInt64(offset & ~7) &+ 1) &* 0x9e37_79b9_7f4a_7c15
            return UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * (offset & 7)))
        }
    }

    /// Frames that a generator of `pattern` puts on the wire, after `commands`.
    private func frames(of pattern: TrafficPattern, after commands: [String] = []) -> [[UInt8]] {
        let bench = DriverBench(application: .generate(pattern))
        #expect(bench.bringUp())
        for command in commands { #expect(bench.execute(command).failure == nil) }
        bench.run()
        #expect(bench.isSettled, "\(bench.log)")
        #expect(bench.isBalanced)
        #expect(bench.faultCount == 0)
        return bench.sent
    }

    @Test(arguments: [false, true], [TrafficPattern.Transport.udp, .tcp])
    func generatedFramesHaveRightChecksumsWhoeverComputesThem(isIPv6: Bool, transport: TrafficPattern.Transport) {
        var pattern = TrafficPattern()
        pattern.frameSizes = [64, 65, 78, 128, 594, 1518]
        pattern.frameCount = 300
        pattern.flowCount = 7
        pattern.isIPv6 = isIPv6
        pattern.transport = transport
        for requests in [true, false] {
            pattern.requestsChecksums = requests
            let frames = frames(of: pattern)
            #expect(frames.count == 300)
            #expect(frames.allSatisfy(checksumsAreRight))
            if requests {
                // Where the device does not do it, software does: the frames are the same.
                pattern.requestsChecksums = false
                #expect(frames == self.frames(of: pattern))
            }
        }
    }

    @Test func aTagIsTheSameWhoeverInsertsIt() {
        var pattern = TrafficPattern()
        pattern.frameCount = 20
        pattern.frameSizes = [100]
        pattern.vlan = 0x6064
        let byDevice = frames(of: pattern)
        #expect(byDevice.count == 20)
        #expect(byDevice.allSatisfy { $0.count == 100 && $0[12..<16] == [0x81, 0x00, 0x60, 0x64] })
        #expect(byDevice.allSatisfy(checksumsAreRight))
        pattern.framesPerSecond = 1_000
        let bench = DriverBench(application: .generate(pattern))
        bench.probe()
        #expect(bench.execute("ethtool -K eth0 txvlan off").failure == nil)
        #expect(bench.execute("ip link set dev eth0 up").failure == nil)
        bench.run()
        // What is behind the headers lies elsewhere in the buffer, and with it the checksum differs.
        #expect(bench.sent.map { $0[..<44] } == byDevice.map { $0[..<44] })
        #expect(bench.sent.allSatisfy(checksumsAreRight))
    }

    /// The segments that software would make of a packet of `pattern`.
    private func segments(_ pattern: TrafficPattern, number: Int, source: MACAddress) -> [[UInt8]] {
        let isTCP = pattern.transport == .tcp
        let l3 = pattern.vlan == nil ? 14 : 18
        let header = l3 + (pattern.isIPv6 ? 40 : 20) + (isTCP ? 20 : 8)
        var list: [[UInt8]] = []
        var offset = 0
        while offset < pattern.tsoByteCount {
            let count = min(pattern.segmentByteCount, pattern.tsoByteCount - offset)
            let isLast = offset + count == pattern.tsoByteCount
            var frame: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]
            if let vlan = pattern.vlan { frame += [0x81, 0, UInt8(vlan >> 8), UInt8(vlan & 255)] }
            let l4Length = (isTCP ? 20 : 8) + count
            if pattern.isIPv6 {
                frame += [0x86, 0xdd, 0x60, 0, 0, 0, UInt8(l4Length >> 8), UInt8(l4Length & 255), isTCP ? 6 : 17, 64]
                frame += [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]
                frame += [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0]
            } else {
                let length = 20 + l4Length
                // The identification of a segment counts up from that of the packet.
                let identification = number + list.count
                var ip: [UInt8] = [0x45, 0, UInt8(length >> 8), UInt8(length & 255)]
                ip += [UInt8(identification >> 8 & 255), UInt8(identification & 255), 0, 0, 64, isTCP ? 6 : 17, 0, 0]
                ip += [198, 18, 0, 1, 198, 19, 0, 1]
                let check = 0xffff - sum(ip)
                ip[10] = UInt8(check >> 8)
                ip[11] = UInt8(check & 255)
                frame += [0x08, 0x00] + ip
            }
            frame += [0x04, 0x00, 0x00, 0x09]
            if isTCP {
                let sequence = number * pattern.tsoByteCount + offset
                frame += [24, 16, 8, 0].map { UInt8(sequence >> $0 & 255) }
                frame += [0, 0, 0, 1, 0x50, isLast ? 0x18 : 0x10, 0xff, 0xff, 0, 0, 0, 0]
            } else {
                frame += [UInt8(l4Length >> 8), UInt8(l4Length & 255), 0, 0]
            }
            frame += payload(header + offset..<header + offset + count)
            setTransportChecksum(&frame, l3: l3, isIPv6: pattern.isIPv6, isTCP: isTCP)
            list.append(frame)
            offset += count
        }
        return list
    }

    private func setTransportChecksum(_ frame: inout [UInt8], l3: Int, isIPv6: Bool, isTCP: Bool) {
        let l4 = l3 + (isIPv6 ? 40 : 20)
        let length = frame.count - l4
        let pseudo =
            Array(frame[(l3 + (isIPv6 ? 8 : 12))..<l4])
            + [UInt8(length >> 8), UInt8(length & 255), 0, isTCP ? 6 : 17]
        var check = 0xffff - sum(pseudo + frame[l4...])
        if !isTCP, check == 0 { check = 0xffff }
        let place = l4 + (isTCP ? 16 : 6)
        frame[place] = UInt8(check >> 8)
        frame[place + 1] = UInt8(check & 255)
    }

    @Test(arguments: [false, true], [TrafficPattern.Transport.udp, .tcp])
    func segmentsOfTheDeviceAreThoseOfSoftware(isIPv6: Bool, transport: TrafficPattern.Transport) {
        for (byteCount, segment, vlan) in [
            (5000, 1448, nil), (4344, 1448, nil), (60_000, 1400, 0x6064 as UInt16?), (1, 1448, nil),
        ] {
            var pattern = TrafficPattern()
            pattern.isIPv6 = isIPv6
            pattern.transport = transport
            pattern.tsoByteCount = byteCount
            // Headers of IPv6 are longer, and a segment must not exceed the MTU.
            pattern.segmentByteCount = isIPv6 ? segment - 20 : segment
            pattern.vlan = vlan
            pattern.frameCount = 12
            let expected = (0..<12).flatMap { segments(pattern, number: $0, source: MACAddress(2, 0, 0, 0, 0, 1)) }
            let sent = frames(of: pattern)
            #expect(sent.count == expected.count)
            let different = zip(sent, expected).enumerated().first {
                $0.element.0 != $0.element.1 && $0.element.1.count >= 60
            }
            #expect(different == nil, "\(byteCount): segment \(different?.offset ?? -1)")
            #expect(sent.allSatisfy(checksumsAreRight))
        }
    }

    @Test func softwareCutsWhatTheDeviceMayNot() {
        var pattern = TrafficPattern()
        pattern.transport = .tcp
        pattern.tsoByteCount = 5000
        pattern.frameCount = 5
        let bench = DriverBench(application: .generate(pattern))
        bench.probe()
        #expect(bench.execute("ethtool -K eth0 tso off").failure == nil)
        #expect(bench.execute("ip link set dev eth0 up").failure == nil)
        bench.run()
        #expect(bench.counter("tx_tso_packets") == 0)
        #expect(bench.sent.count == 20)
        #expect(bench.sent.allSatisfy(checksumsAreRight))
        #expect(bench.sent.map(\.count) == (0..<5).flatMap { _ in [1502, 1502, 1502, 710] })
    }

    @Test func aFullRingStopsTheGeneratorAndCompletionsWakeIt() {
        var pattern = TrafficPattern()
        pattern.frameCount = 5000
        pattern.frameSizes = [1518]
        let bench = DriverBench(application: .generate(pattern))
        bench.probe()
        #expect(bench.execute("ethtool -G eth0 tx 64").failure == nil)
        #expect(bench.execute("ip link set dev eth0 up").failure == nil)
        bench.run()
        #expect(bench.sent.count == 5000)
        #expect(bench.counter("tx_queue_stopped") > 10)
        #expect(bench.counter("tx_queue_wake") == bench.counter("tx_queue_stopped"))
        #expect(bench.isSettled)
    }

    @Test func aSendQueueThatFailedWorksAgainAndEverythingIsCounted() {
        var pattern = TrafficPattern()
        pattern.frameCount = 2000
        pattern.framesPerSecond = 1_000_000
        let bench = DriverBench(application: .generate(pattern))
        #expect(bench.bringUp())
        let key = bench.nic.functions[0].resources.memoryKeys.numbers[0]
        bench.run(for: .microseconds(300))
        bench.nic.functions[0].resources.memoryKeys[key].isFree = true
        bench.run(for: .microseconds(5))
        bench.nic.functions[0].resources.memoryKeys[key].isFree = false
        bench.run()
        #expect(bench.counter("tx_recover") >= 1, "\(bench.log)")
        #expect(bench.counter("tx_cqe_err") >= 1)
        #expect(bench.counter("tx_packets") == 2000)
        #expect(bench.sent.count >= 1000 && bench.sent.count < 2000)
        #expect(bench.isSettled)
        #expect(bench.isBalanced)
        bench.remove()
        #expect(bench.outstanding == [0, 0, 0], "\(bench.log)")
    }

    @Test func aReceiveQueueThatFailedWorksAgain() {
        let bench = DriverBench()
        #expect(bench.bringUp())
        bench.run()
        let key = bench.nic.functions[0].resources.memoryKeys.numbers[0]
        bench.nic.functions[0].resources.memoryKeys[key].isFree = true
        bench.startTraffic(10, gap: 1000)
        bench.run(for: .microseconds(3))
        bench.nic.functions[0].resources.memoryKeys[key].isFree = false
        bench.run()
        #expect(bench.counter("rx_recover") == 1, "\(bench.log)")
        #expect(bench.counter("rx_wqe_err") >= 1)
        let before = bench.counter("rx_packets")
        // More than a ring: every buffer is there again.
        bench.startTraffic(3000, gap: 500)
        bench.run()
        #expect(bench.counter("rx_packets") == before + 3000)
        #expect(bench.isBalanced)
    }

    @Test(arguments: [
        ("ip link set dev eth0 mtu 9000", "ip link set dev eth0 mtu 1500"),
        ("ethtool -L eth0 combined 4", "ethtool -L eth0 combined 1"),
        ("ethtool -G eth0 rx 64", "ethtool -G eth0 rx 4096"),
        ("ethtool -K eth0 rxvlan off", "ethtool -K eth0 rxvlan on"),
    ])
    func settingsChangeDuringTrafficAndTheBooksBalance(there: String, back: String) {
        let bench = DriverBench(application: .forward())
        #expect(bench.bringUp())
        for round in 0..<6 {
            bench.startTraffic(500, gap: 120)
            bench.run(for: .microseconds(UInt64(20 + round)))
            #expect(bench.execute(round % 2 == 0 ? there : back).failure == nil, "\(bench.log)")
        }
        bench.run()
        let before = bench.sent.count
        bench.startTraffic(200, gap: 500)
        bench.run()
        #expect(bench.sent.count == before + 200, "\(bench.log)")
        #expect(bench.isBalanced)
        #expect(bench.isSettled)
        bench.remove()
        #expect(bench.outstanding == [0, 0, 0])
        #expect(bench.faultCount == 0, "\(bench.log)")
    }

    @Test func aRefusedSettingChangesNothing() {
        let bench = DriverBench()
        #expect(bench.bringUp())
        for line in [
            "ip link set dev eth0 mtu 20000", "ethtool -L eth0 combined 64", "ethtool -G eth0 rx 16",
            "ethtool -X eth0 equal 9", "ethtool -K eth0 sg off",
        ] {
            #expect(bench.execute(line).failure != nil, "\(line)")
            bench.startTraffic(10, gap: 500)
            let before = bench.counter("rx_packets")
            bench.run()
            #expect(bench.counter("rx_packets") == before + 10, "\(line)")
        }
    }

    @Test func anInterfaceThatFindsNoMemoryStaysDownAndOpensWhenThereIsSome() {
        let bench = DriverBench(memoryByteCount: 24 << 20)
        #expect(bench.bringUp())
        let failure = bench.execute("ethtool -G eth0 rx 8192").failure
        #expect(failure?.contains("out of DMA memory") == true, "\(failure ?? "none")")
        #expect(bench.execute("ethtool -G eth0 rx 256").failure == nil)
        #expect(bench.execute("ip link set dev eth0 up").failure == nil, "\(bench.log)")
        bench.startTraffic(100, gap: 500)
        bench.run()
        #expect(bench.counter("rx_packets") == 100)
        bench.remove()
        #expect(bench.outstanding == [0, 0, 0])
    }
}
