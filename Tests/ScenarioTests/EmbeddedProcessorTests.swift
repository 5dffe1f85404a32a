import Scenario
import Testing

/// The SmartNIC's own processors manage the switch that the host is behind (switchdev needs, section 10).
@Suite struct EmbeddedProcessorTests {
    private static func run(_ steps: String, _ expectations: String = "drops: 0", arm: String = "") throws -> RunResult
    {
        let text = """
            name: embedded
            model: bluefield-2
            hosts:
              - { name: h0, memory: 256MiB }
              - { name: arm0, memory: 256MiB \(arm) }
            nics:
              - name: n0
                links: [h0, { host: arm0, embedded: true }]
                functions:
                  - name: pf0
                    netdev: eth0
                    mac: "02:00:00:00:00:01"
                    vfs: 4
                    application: { generate: { sizes: 64, count: 10, destination: "02:00:00:00:01:01" } }
                  - { name: pf1, host: arm0, netdev: p0, mac: "02:00:00:00:01:01", application: reflect }
            wires: [{ name: w0, between: [n0.p0, peer], length: 1m }]
            traffic: [{ name: peer, reflect: {} }]
            steps:
            \(steps)
            expect:
              - \(expectations)
            """
        let document = try ScenarioFile.parse(text, name: FileMistakeTests.projectFolder + "Scenarios/embedded.yaml")
        return try runScenario(document)
    }

    @Test func theHostWaitsForTheProcessorsAndSaysSo() throws {
        // No driver on the SmartNIC: the host's function stays in its initialization (0x1fc bit 31) for 120 s.
        let result = try Self.run(
            """
              - { host: arm0, run: rmmod mlx5_core }
              - { host: h0, run: ip link set dev eth0 up, fails: Cannot find device }
              - { host: h0, run: dmesg, prints: firmware is still initializing after 120 s }
            """)
        #expect(result.failure == nil, "\(String(describing: result.failure))")
    }

    @Test func theHostStartsWhenTheProcessorsHaveLetIt() throws {
        let result = try Self.run(
            """
              - { host: arm0, run: ip link set dev p0 up }
              - { host: h0, run: ip link set dev eth0 up }
              - wait: 5ms
              - start: h0.eth0
              - wait: { traffic: h0.eth0 }
              - wait: idle
            """, "frames: { point: h0.eth0, direction: in, count: 10 }")
        #expect(result.failure == nil, "\(String(describing: result.failure))")
        #expect(result.passed)
    }

    @Test func theHostsVirtualFunctionsAreThoseThatTheProcessorsMaySet() throws {
        let result = try Self.run(
            """
              - { host: arm0, run: ip link set dev p0 up }
              - { host: arm0, run: ip link set dev p0 vf 0 spoofchk on, fails: Invalid argument }
              - { host: h0, run: "echo 2 > /sys/class/net/eth0/device/sriov_numvfs" }
              - wait: 5ms
              - { host: h0, run: ip link set dev eth0 vf 0 spoofchk on, fails: Operation not supported }
              - { host: arm0, run: ip link set dev p0 vf 1 mac 02:00:00:00:00:55 }
              - { host: arm0, run: ip link set dev p0 vf 2 spoofchk on, fails: Invalid argument }
              - { host: h0, run: "echo 0 > /sys/class/net/eth0/device/sriov_numvfs" }
              - wait: 5ms
              - { host: arm0, run: ip link set dev p0 vf 0 spoofchk on, fails: Invalid argument }
              - { host: arm0, run: ip link show dev p0, prints: p0 }
            """)
        #expect(result.failure == nil, "\(String(describing: result.failure))")
    }

    @Test func theProcessorsLeaveAndComeBackAndTheHostStartsOver() throws {
        let result = try Self.run(
            """
              - { host: h0, run: rmmod mlx5_core }
              - { host: arm0, run: rmmod mlx5_core }
              - { host: arm0, run: modprobe mlx5_core }
              - { host: arm0, run: ip link set dev p0 up }
              - { host: h0, run: modprobe mlx5_core }
              - { host: h0, run: ip link set dev eth0 up }
              - wait: 5ms
              - start: h0.eth0
              - wait: { traffic: h0.eth0 }
              - wait: idle
            """, "frames: { point: h0.eth0, direction: in, count: 10 }")
        #expect(result.failure == nil, "\(String(describing: result.failure))")
        #expect(result.passed)
    }
}
