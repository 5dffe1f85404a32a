import Driver
import Host
import NIC
import Scenario
import Simulation
import Testing

/// What one function does too much of is not taken from the others.
@Suite struct ContainmentTests {
    private static func document(_ first: String, _ second: String, _ steps: String) throws -> ScenarioDocument {
        let text = """
            name: example
            model: \(FileMistakeTests.projectFolder)Models/connectx-6dx.yaml
            hosts:
              - name: h0
                memory: 256MiB
                functions:
                  - { name: pf0, netdev: eth0, mac: "02:00:00:00:00:01", vfs: 2 }
              - { name: g0, guest-of: h0, memory: 128MiB, processors: 4, functions: [{ name: pf0vf0, netdev: eth0, application: \(first) }] }
              - { name: g1, guest-of: h0, memory: 128MiB, processors: 4, functions: [{ name: pf0vf1, netdev: eth0, application: \(second) }] }
            traffic: [{ name: tester, sink: {} }]
            wires:
              - { name: w0, between: [h0.p0, tester], length: 1m }
            steps:
              - { host: h0, run: "echo 2 > /sys/class/net/eth0/device/sriov_numvfs" }
              - { host: h0, run: ip link set dev eth0 up }
            \(steps)
            """
        return try ScenarioFile.parse(text, name: "example.yaml")
    }

    private static func generate(_ size: Int, _ rate: String, _ count: Int) -> String {
        "{ generate: { sizes: \(size), rate: \(rate), count: \(count), destination: \"02:00:00:00:09:09\" } }"
    }

    private static let open = """
          - { host: g0, run: ip link set dev eth0 up }
          - { host: g1, run: ip link set dev eth0 up }
          - wait: 5ms
        """

    /// Two that send as fast as they can share the wire evenly.
    @Test(arguments: [256, 1518]) func twoThatFloodTheWireShareIt(size: Int) throws {
        let steps =
            Self.open + """

                  - start: g0.eth0
                  - start: g1.eth0
                  - wait: 300us
                  - stop: g0.eth0
                  - stop: g1.eth0
                  - wait: idle
                """
        let flood = Self.generate(size, "line", 10_000_000)
        let result = try runScenario(Self.document(flood, flood, steps))
        #expect(result.failure == nil)
        let counts = ["g0", "g1"].map { host in
            result.counters.first { $0.name == "\(host).eth0.tx_packets" }.map { Int($0.value) } ?? 0
        }
        #expect(counts.min() ?? 0 > 500, "\(counts)")
        #expect(
            Double(counts[0]) / Double(counts[1]) > 0.8 && Double(counts[0]) / Double(counts[1]) < 1.25, "\(counts)")
    }

    /// One that sends little loses nothing to one that floods.
    @Test func aQuietFunctionLosesNothingToOneThatFloods() throws {
        let steps =
            Self.open + """

                  - { host: g0, run: ethtool -L eth0 combined 4 }
                  - wait: 1ms
                  - start: g0.eth0
                  - start: g1.eth0
                  - wait: { traffic: g1.eth0 }
                  - stop: g0.eth0
                  - wait: idle
                """
        let result = try runScenario(
            Self.document(Self.generate(1518, "line", 10_000_000), Self.generate(128, "1Mpps", 300), steps))
        #expect(result.failure == nil)
        #expect(result.passed)
        let drops = result.dropped.frames
        #expect(drops == 0)
        let sent = result.counters.first { $0.name == "g1.eth0.tx_packets" }?.value
        #expect(sent == 300)
    }

    /// Faults without end of one function are its own: another's are kept and told, and it works.
    @Test func faultsOfOneFunctionDoNotSilenceAnother() throws {
        var host = Host(memoryByteCount: 1 << 20, domains: [IOMMUDomain(), IOMMUDomain()])
        func fault(_ number: Int, _ address: UInt64) {
            var byte: UInt8 = 0
            withUnsafeMutableBytes(of: &byte) { bytes in
                _ = try? host.dmaRead(FunctionID(number), address, into: bytes, at: .zero)
            }
        }
        for address in 0..<10_000 as Range<UInt64> { fault(0, address << 12) }
        fault(1, 0x7000)
        #expect(host.takeFault(of: FunctionID(1))?.address == 0x7000)
        #expect(host.bus.count == 65)
    }

    // MARK: Translations

    /// A translation that the NIC keeps dies with its mapping, before anybody else has the page.
    @Test func aTranslationDiesWithItsMapping() throws {
        let text = """
            name: example
            model:
              base: \(FileMistakeTests.projectFolder)Models/connectx-6dx.yaml
              source: assumed
              pcie: { translation-entries: 1024, translation-ways: 4, translation-miss-latency: 300ns }
            hosts:
              - { name: h0, memory: 64MiB, functions: [{ name: pf0, netdev: eth0 }, { name: pf1, port: 1, netdev: eth1 }] }
            steps: [{ wait: 1us }]
            """
        var world = try World(ScenarioFile.parse(text, name: "example.yaml"), options: RunOptions())
        let (one, other) = (FunctionID(0), FunctionID(1))
        let address: UInt64 = 0x4000_0000
        func misses(_ function: FunctionID) -> UInt64 {
            let before = world[nic: 0].links[0].translations.missCount
            _ = world[nic: 0].links[0].read(of: function, byteCount: 64, address: address, at: world.now)
            return world[nic: 0].links[0].translations.missCount - before
        }
        /// The host puts something on the bus, as every driver does that has unmapped something.
        func tell() {
            world.send(.memoryRead(one, bar: 0, byteCount: 4, offset: 0, tag: 0), to: 0, at: world.now)
            _ = world.run(until: .never, atMost: 1000)
        }
        for function in [one, other] {
            try world.platform[0].map(function, address, to: 0x10_0000, byteCount: 4096, [.read, .write])
            #expect(misses(function) == 1)
            #expect(misses(function) == 0)
        }
        try world.platform[0].unmap(one, address, byteCount: 4096)
        try world.platform[0].map(one, address, to: 0x20_0000, byteCount: 4096, [.read, .write])
        tell()
        #expect(misses(one) == 1)
        // The other's was not touched.
        #expect(misses(other) == 0)
        // More unmappings at one time than the host keeps: everything is forgotten.
        for page in 0..<400 as Range<UInt64> {
            try world.platform[0].map(one, 0x8000_0000 + page << 12, to: 0x10_0000, byteCount: 4096, .read)
            try world.platform[0].unmap(one, 0x8000_0000 + page << 12, byteCount: 4096)
        }
        tell()
        #expect(misses(one) == 1)
        #expect(misses(other) == 1)
        world.platform.detach(one)
        tell()
        #expect(misses(one) == 1)
        #expect(misses(other) == 0)
    }
}
