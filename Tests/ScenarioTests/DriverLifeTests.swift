import Driver
import NIC
import Simulation
import Testing

/// The driver's life against the real NIC: probe, removal, down and up, resets.
@Suite struct DriverLifeTests {
    /// Opcodes of `bench` since the last look, in runs: an opcode and how often it came in a row.
    private func runs(_ bench: DriverBench) -> [[Int]] {
        var runs: [[Int]] = []
        for (opcode, _) in bench.drainCommands() {
            if let last = runs.last, last[0] == Int(opcode) {
                runs[runs.count - 1][1] += 1
            } else {
                runs.append([Int(opcode), 1])
            }
        }
        return runs
    }

    @Test func theProbeIssuesTheCommandsOfTheSpecificationInItsOrder() {
        var software = HostSoftwareParameters()
        software.coreCount = 1
        let bench = DriverBench(software: software)
        bench.nic.functions[0].firmware.commandLog = CommandLog(limit: 4096)
        bench.probe()
        #expect(bench.state == .ready)
        let all = bench.drainCommands()
        let opcodes = all.map { Int($0.opcode) }
        // Table 3.1: steps 1 to 24, with pages given after each QUERY_PAGES that asks for some.
        let core = opcodes.filter { $0 != 0x108 }.prefix(20)
        #expect(
            core == [
                0x104, 0x10a, 0x10b, 0x107, 0x805, 0x100, 0x100, 0x109, 0x107, 0x102, 0x100, 0x100, 0x100, 0x101, 0x802,
                0x301, 0x301, 0x301, 0x930, 0x92f,
            ])
        // Boot pages are asked for with modifier 1, pages for INIT_HCA with 2; giving is modifier 1.
        #expect(all.filter { $0.opcode == 0x107 }.map(\.modifier) == [1, 2])
        #expect(all.filter { $0.opcode == 0x108 }.allSatisfy { $0.modifier == 1 })
        // Current values are modifier (type << 1) | 1, maxima (type << 1).
        #expect(all.filter { $0.opcode == 0x100 }.map(\.modifier) == [1, 0, 1, 3, 15])
        // Table 3.3: PD, transport domain, key, 8 TIS, vport, PMTU, 2 counters, EQ, drop CQ and RQ, RQT, 10 TIR, one
        // direct RQT and TIR, TTC with 3 groups and 11 rules, L2 with 2 groups, VLAN with 4 groups and 2 rules.
        let netdev = Array(opcodes.filter { $0 != 0x108 }.dropFirst(20))
        var expected = [0x800, 0x816, 0x200] + Array(repeating: 0x912, count: 8)
        expected += [0x754, 0x805, 0x771, 0x771, 0x301, 0x400, 0x908, 0x909, 0x916]
        expected += Array(repeating: 0x900, count: 10) + [0x916, 0x900]
        expected += [0x930, 0x933, 0x933, 0x933] + Array(repeating: 0x936, count: 11)
        expected += [0x930, 0x933, 0x933] + [0x930, 0x933, 0x933, 0x933, 0x933, 0x936, 0x936]
        expected += [0x92f, 0x805, 0x805, 0x805, 0x755]
        #expect(netdev == expected)
    }

    @Test func openingIssuesTheCommandsOfOneChannelInTheirOrder() {
        var software = HostSoftwareParameters()
        software.coreCount = 1
        let bench = DriverBench(software: software)
        bench.nic.functions[0].firmware.commandLog = CommandLog(limit: 4096)
        bench.probe()
        _ = bench.drainCommands()
        #expect(bench.execute("ip link set dev eth0 up").failure == nil)
        // Table 3.4: CQs, each SQ made ready, the RQ made ready, TIRs refreshed, RQTs redirected, PAOS, state, rules.
        let up = bench.drainCommands().map { Int($0.opcode) }.filter { $0 != 0x108 }
        var expected = [0x400, 0x400, 0x400, 0x904, 0x905, 0x904, 0x905, 0x908, 0x909]
        expected += Array(repeating: 0x901, count: 11) + [0x917, 0x917, 0x805, 0x750, 0x936, 0x936]
        #expect(Array(up.prefix(expected.count)) == expected)
        #expect(up.suffix(2) == [0x755, 0x755])
        // The port's coming up is an event, which the driver answers with a query of its own.
        bench.run()
        _ = bench.drainCommands()
        #expect(bench.execute("ip link set dev eth0 down").failure == nil)
        // Section 3.5: RQTs back to the drop queue, rules gone, queues to ERR, then destroyed, youngest first.
        let down = bench.drainCommands().map { Int($0.opcode) }.filter { $0 != 0x108 && $0 != 0x82b }
        #expect(
            down == [
                0x805, 0x917, 0x917, 0x938, 0x938, 0x909, 0x905, 0x90a, 0x906, 0x906, 0x401, 0x401, 0x401,
            ])
    }

    @Test(arguments: [1, 4]) func removalGivesEveryPageAndObjectBack(channels: Int) {
        var software = HostSoftwareParameters()
        software.channelCount = channels
        let bench = DriverBench(software: software)
        #expect(bench.bringUp())
        bench.startTraffic(500, gap: 200)
        bench.run(for: .microseconds(50))
        #expect(bench.outstanding[0] > 0)
        #expect(bench.outstanding[1] > 0)
        bench.remove()
        #expect(bench.state == .absent)
        #expect(bench.outstanding == [0, 0, 0], "\(bench.log)")
        #expect(bench.deviceObjectCount == 0)
        #expect(bench.isBalanced)
        #expect(bench.faultCount == 0)
    }

    @Test(arguments: [Application.sink, .forward(), .reflect])
    func twentyRoundsOfDownAndUpDuringTrafficLoseNothingButFrames(application: Application) {
        let bench = DriverBench(application: application)
        #expect(bench.bringUp())
        bench.run()
        let first = (bench.outstanding, bench.deviceObjectCount)
        for round in 0..<20 {
            bench.startTraffic(400, gap: 150)
            bench.run(for: .microseconds(UInt64(5 + 2 * round)))
            #expect(bench.execute("ip link set dev eth0 down").failure == nil)
            bench.run(for: .microseconds(UInt64(round)))
            #expect(bench.execute("ip link set dev eth0 up").failure == nil)
            bench.run()
            let before = bench.counter("rx_packets")
            bench.startTraffic(300, gap: 500)
            bench.run()
            #expect(bench.counter("rx_packets") == before + 300, "round \(round)")
            #expect(bench.isSettled)
            #expect(bench.isBalanced)
            #expect(bench.outstanding == first.0)
            #expect(bench.deviceObjectCount == first.1)
        }
        #expect(bench.faultCount == 0, "\(bench.log)")
        if application != .sink { #expect(bench.sent.count >= 20 * 300) }
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func aResetAtAnyMomentOfTrafficLeavesAWorkingInterface(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var software = HostSoftwareParameters()
        software.channelCount = seed % 2 == 0 ? 1 : 2
        let bench = DriverBench(software: software, application: seed % 3 == 0 ? .forward() : .sink)
        #expect(bench.bringUp())
        bench.startTraffic(600, gap: 300)
        bench.run(for: .picoseconds(random.next(below: 200_000_000)))
        if seed % 4 == 3 {
            // The function is reset behind the driver's back, as well: everything in flight is gone.
            bench.begin("ip link set dev eth0 down")
            bench.run(for: .picoseconds(random.next(below: 30_000_000)))
        }
        let result = bench.execute("echo 1 > /sys/class/net/eth0/device/reset")
        #expect(result.failure == nil, "\(bench.log)")
        bench.run()
        #expect(bench.state == .ready)
        #expect(bench.isBalanced)
        if seed % 4 == 3 { #expect(bench.execute("ip link set dev eth0 up").failure == nil) }
        let before = bench.counter("rx_packets")
        bench.startTraffic(200, gap: 500)
        bench.run()
        #expect(bench.counter("rx_packets") == before + 200, "\(bench.log)")
        #expect(bench.isBalanced)
        bench.remove()
        #expect(bench.outstanding == [0, 0, 0], "\(bench.log)")
        #expect(bench.deviceObjectCount == 0)
    }
}
