import Scenario
import Simulation
import Testing

/// What a scenario says of virtual functions and subfunctions takes effect.
@Suite struct FunctionScenarioTests {
    private static func run(
        vfs: Int = 0, sfs: Int = 0, more: String = "", captures: String = "", model: String = "connectx-6dx",
        _ steps: [String], expect: [String] = []
    ) throws -> RunResult {
        var text = """
            name: example
            model: \(FileMistakeTests.projectFolder)Models/\(model).yaml
            hosts:
              - name: h0
                functions:
                  - { name: pf0, netdev: eth0, mac: "02:00:00:00:00:01", vfs: \(vfs), sfs: \(sfs), application: sink }
            \(more)
            traffic:
              - { name: tester, sink: {} }
            wires:
              - { name: w0, between: [h0.p0, tester], length: 1m }
            captures: [w0\(captures)]
            steps:
              - run: ip link set dev eth0 up

            """
        text += steps.map { "  - \($0)\n" }.joined()
        if !expect.isEmpty { text += "expect:\n" + expect.map { "  - \($0)\n" }.joined() }
        return try runScenario(ScenarioFile.parse(text, name: "example.yaml"))
    }

    private static func subfunction(_ number: Int, port: Int = 32768) -> [String] {
        [
            "run: devlink port add pci/0000:03:00.0 flavour pcisf pfnum 0 sfnum \(number)",
            "run: devlink port function set pci/0000:03:00.0/\(port) state active", "wait: 40ms",
        ]
    }

    /// 02:02:NN:FF:nn:nn with the positions of NIC and physical function and the number (Documentation/Scenarios.md).
    @Test(arguments: [(7, "00:07"), (88, "00:58"), (4660, "12:34")])
    func aSubfunctionHasAnAddressOfItsNumber(number: Int, end: String) throws {
        let steps =
            Self.subfunction(number) + [
                "{ run: ip link show dev eth0s\(number), prints: \"link/ether 02:02:00:00:\(end)\" }"
            ]
        let result = try Self.run(sfs: 2, steps)
        #expect(result.failure == nil)
    }

    /// Points at a subfunction, and at its netdev, that no entry among the functions describes.
    @Test func framesAreSeenAtASubfunctionThatNobodyDeclares() throws {
        let generate = """
                applications:
                  eth0s7: { generate: { sizes: 128, rate: 1Mpps, count: 30, destination: "02:00:00:00:00:01" } }
            """
        let steps =
            Self.subfunction(7) + [
                "run: ip link set dev eth0s7 up", "wait: 5ms", "start: h0.eth0s7", "wait: { traffic: h0.eth0s7 }",
                "wait: idle",
            ]
        let result = try Self.run(
            sfs: 2, more: generate, captures: ", h0.pf0sf7, h0.eth0s7", steps,
            expect: [
                "frames: { point: h0.pf0sf7, direction: out, filter: \"ether src 02:02:00:00:00:07\", count: 30 }",
                "frames: { point: h0.eth0s7, direction: out, count: 30 }",
                "counter: { name: h0.eth0.rx_packets, value: 30 }",
            ])
        #expect(result.failure == nil)
        #expect(result.passed, "\(result.expectations.filter { !$0.passed })")
    }

    /// How long a virtual function takes to send 100 frames of 1,250 bytes (with FCS): a million bits.
    private static func duration(_ settings: String?) throws -> Double {
        let generate = """
                applications:
                  eth0v0: { generate: { sizes: 1250, rate: line, count: 100, destination: "02:00:00:00:09:09" } }
            """
        var steps = ["run: \"echo 2 > /sys/class/net/eth0/device/sriov_numvfs\"", "run: ip link set dev eth0v0 up"]
        if let settings { steps.append("run: ip link set eth0 vf 0 \(settings)") }
        steps += ["wait: idle", "start: h0.eth0v0", "wait: { traffic: h0.eth0v0 }"]
        let before = try run(vfs: 2, more: generate, Array(steps.dropLast(2))).duration
        let after = try run(
            vfs: 2, more: generate, steps + ["wait: idle"],
            expect: ["frames: { point: w0, direction: out, count: 100 }"])
        #expect(after.failure == nil)
        #expect(after.passed)
        return Double(after.duration.picoseconds - before.picoseconds) / 1e9
    }

    /// `max_tx_rate` in Mb/s: a million bits take 10 ms at 100 Mb/s and 100 ms at 10.
    @Test func aVirtualFunctionKeepsToItsRate() throws {
        #expect(try Self.duration(nil) < 0.2)
        let slow = try Self.duration("max_tx_rate 10")
        #expect(slow > 97 && slow < 101, "\(slow) ms")
        let faster = try Self.duration("max_tx_rate 100")
        #expect(faster > 9.7 && faster < 10.2, "\(faster) ms")
        #expect(try Self.duration("max_tx_rate 10 max_tx_rate 0") < 0.2)
    }

    /// The device announces no shares of bandwidth, so a guarantee cannot be kept: it is refused as Linux refuses it.
    @Test func aGuaranteeThatCannotBeKeptIsRefused() throws {
        let result = try Self.run(
            vfs: 1,
            [
                "run: \"echo 1 > /sys/class/net/eth0/device/sriov_numvfs\"",
                "{ run: ip link set eth0 vf 0 min_tx_rate 10, fails: Operation not supported }",
                "{ run: ip link show dev eth0, omits: min_tx_rate }",
            ])
        #expect(result.failure == nil)
    }

    /// A generation that lacks something refuses what needs it, in the words of Linux, and does the rest.
    @Test func aGenerationWithoutSubfunctionsRefusesThem() throws {
        let add = "devlink port add pci/0000:03:00.0 flavour pcisf pfnum 0 sfnum 1"
        let result = try Self.run(
            vfs: 2, model: "connectx-4lx-25g",
            [
                "{ run: \(add), fails: \"SF ports are not supported\" }",
                "run: \"echo 2 > /sys/class/net/eth0/device/sriov_numvfs\"",
                "{ run: ip link show dev eth0, prints: vf 1 }", "{ run: devlink port show, omits: pcisf }",
            ])
        #expect(result.failure == nil)
    }

    @Test func aFunctionWithoutVirtualFunctionsRefusesThem() throws {
        let result = try Self.run([
            "{ run: \"echo 1 > /sys/class/net/eth0/device/sriov_numvfs\", fails: \"No such file or directory\" }",
            "{ run: ip link set eth0 vf 0 trust on, fails: RTNETLINK answers }",
            "run: ip link show dev eth0",
        ])
        #expect(result.failure == nil)
    }
}
