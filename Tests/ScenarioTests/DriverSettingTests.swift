import Driver
import Simulation
import Testing

/// Settings of the interface, by what they do to traffic.
@Suite struct DriverSettingTests {
    private func packets(_ bench: DriverBench, channels: Int = 4) -> [UInt64] {
        (0..<channels).map { bench.counter("rx\($0)_packets") }
    }

    @Test func theIndirectionTableMovesTrafficWhileItRuns() {
        var software = HostSoftwareParameters()
        software.channelCount = 4
        let bench = DriverBench(software: software)
        #expect(bench.bringUp())
        bench.startTraffic(400, gap: 200)
        bench.run()
        let even = packets(bench)
        #expect(even.reduce(0, +) == 400 && even.allSatisfy { $0 > 40 }, "\(even)")
        for channel in 0..<4 {
            let before = packets(bench)
            let weights = (0..<4).map { $0 == channel ? "1" : "0" }.joined(separator: " ")
            #expect(bench.execute("ethtool -X eth0 weight \(weights)").failure == nil)
            bench.startTraffic(100, gap: 200)
            bench.run()
            let gained = zip(packets(bench), before).map { $0 - $1 }
            #expect(gained == (0..<4).map { $0 == channel ? 100 : 0 })
        }
    }

    @Test func tagsAreTakenOutOrLeftAsAsked() {
        let bench = DriverBench(application: .forward())
        #expect(bench.bringUp())
        #expect(bench.execute("ip link set dev eth0 promisc on").failure == nil)
        let frame = DriverBench.frame(7)
        let tagged = Array(frame[..<12]) + [0x81, 0, 0x20, 0x05] + Array(frame[12...])
        for (command, removed) in [("rxvlan on", 1), ("rxvlan off", 1), ("rxvlan on", 2)] as [(String, UInt64)] {
            #expect(bench.execute("ethtool -K eth0 \(command)").failure == nil, "\(command)")
            bench.receive(tagged)
            bench.run()
            #expect(bench.counter("rx_removed_vlan_packets") == removed, "\(command)")
            // Whoever takes a tag out puts it in again: what is forwarded is what came.
            #expect(bench.sent.last == tagged, "\(command)")
        }
    }

    /// Events that 300 frames, three microseconds apart, lead to: each comes when the poll of those before is over.
    private func events(_ setting: String) -> UInt64 {
        let bench = DriverBench()
        #expect(bench.bringUp())
        #expect(bench.execute("ethtool -C eth0 \(setting)").failure == nil)
        let before = bench.counter("ch0_events")
        bench.startTraffic(300, gap: 3000)
        bench.run()
        #expect(bench.counter("rx_packets") == 300)
        return bench.counter("ch0_events") - before
    }

    @Test func moderationSaysHowManyFramesShareAnEvent() {
        // Time decides: 50 µs hold about 17 frames. A frame that came while a poll ran is told of at once when it ends.
        let slow = events("rx-usecs 50 rx-frames 1000")
        #expect((15...30).contains(slow), "\(slow)")
        // Their number decides: ten of them are there long before the time.
        let counted = events("rx-usecs 1000 rx-frames 10")
        #expect((25...32).contains(counted), "\(counted)")
        // Nothing is held back.
        let quick = events("rx-usecs 0 rx-frames 0")
        #expect(quick > 100, "\(quick)")
    }

    @Test func moderationHoldsWhenTheInterfaceIsOpenedAgain() {
        let bench = DriverBench()
        #expect(bench.bringUp())
        #expect(bench.execute("ethtool -C eth0 rx-usecs 1000 rx-frames 10").failure == nil)
        #expect(bench.execute("ip link set dev eth0 down").failure == nil)
        #expect(bench.execute("ip link set dev eth0 up").failure == nil)
        let before = bench.counter("ch_events")
        bench.startTraffic(300, gap: 3000)
        bench.run()
        let events = bench.counter("ch_events") - before
        #expect((25...32).contains(events), "\(events)")
    }

    @Test func aGeneratorKeepsItsRate() {
        var pattern = TrafficPattern()
        pattern.framesPerSecond = 2_000_000
        let bench = DriverBench(application: .generate(pattern))
        #expect(bench.bringUp())
        bench.run(for: .microseconds(100))
        let before = bench.sent.count
        bench.run(for: .microseconds(500))
        #expect((995...1005).contains(bench.sent.count - before), "\(bench.sent.count - before)")
    }
}
