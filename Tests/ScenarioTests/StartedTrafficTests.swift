import Scenario
import Testing

/// What starts sends, once for each start and not before it.
@Suite struct StartedTrafficTests {
    private static func run(_ steps: String, expect: String = "") throws -> RunResult {
        let text = """
            name: example
            model: \(FileMistakeTests.projectFolder)Models/connectx-6dx.yaml
            hosts:
              - name: h0
                functions:
                  - { name: pf0, netdev: eth0, mac: "02:00:00:00:00:01", sfs: 2, application: sink }
                  - name: pf0sf7
                    netdev: eth0s7
                    application:
                      generate: { sizes: 128, rate: 100kpps, count: 20, destination: "02:00:00:00:01:01" }
            traffic:
              - { name: tester, generate: { sizes: 64, count: 10, destination: "02:00:00:00:00:01" } }
            wires:
              - { name: w0, between: [h0.p0, tester], length: 1m }
            captures: [w0]
            steps:
              - run: ip link set dev eth0 up
            \(steps)
            """
        let whole = expect.isEmpty ? text : text + "\nexpect:\n" + expect
        return try runScenario(ScenarioFile.parse(whole, name: "example.yaml"))
    }

    @Test func aTrafficEndpointSendsItsFramesOnce() throws {
        let steps = """
              - start: tester
              - wait: { traffic: tester }
            """
        #expect(try Self.run(steps).failure == nil)
        let failure = try Self.run(steps + "\n  - start: tester").failure
        #expect(failure?.text == "found \"tester\" a second time, expected each traffic endpoint started once")
    }

    /// A netdev that takes the place of one that was deleted waits for a start of its own.
    @Test func aGeneratorStaysWithItsNetdev() throws {
        let appear = """
              - run: devlink port add pci/0000:03:00.0 flavour pcisf pfnum 0 sfnum 7
              - run: devlink port function set pci/0000:03:00.0/32768 state active
              - wait: 40ms
              - run: ip link set dev eth0s7 up
            """
        let send = """
              - start: h0.eth0s7
              - wait: { traffic: h0.eth0s7 }
              - wait: idle
            """
        let leave = "  - run: devlink port del pci/0000:03:00.0/32768"
        let idle = "  - wait: 10ms"
        func expected(_ count: Int) -> String { "  - frames: { point: w0, direction: out, count: \(count) }" }
        let first = [appear, send, leave, appear, idle]
        let once = try Self.run(first.joined(separator: "\n"), expect: expected(20))
        #expect(once.failure == nil)
        #expect(once.passed)
        let twice = try Self.run((first + [send]).joined(separator: "\n"), expect: expected(40))
        #expect(twice.failure == nil)
        #expect(twice.passed)
    }
}
