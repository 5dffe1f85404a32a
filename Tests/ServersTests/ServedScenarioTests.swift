import Driver
import Foundation
import Scenario
import Servers
import Testing
import Wire

/// Functions of a scenario behind sockets, beside hosts that have our driver.
@Suite(.serialized) struct ServedScenarioTests {
    private static let guests = """
        name: served
        description: Virtual functions of a hypervisor with our driver
        model: connectx-6dx
        hosts:
          - name: h0
            functions: [{ name: pf0, netdev: eth0, mac: "02:00:00:00:00:10", vfs: 2, application: sink }]
          - { name: g0, guest-of: h0, functions: [{ name: pf0vf0, netdev: eth0, mac: "02:00:00:00:00:01" }] }
          - { name: g1, guest-of: h0, functions: [{ name: pf0vf1, netdev: eth0, mac: "02:00:00:00:00:02" }] }
        traffic: [{ name: wall, sink: {} }]
        wires: [{ name: w0, between: [h0.p0, wall], length: 1m }]
        steps:
          - { host: h0, run: ip link set dev eth0 up }
          - { host: h0, run: "echo 2 > /sys/class/net/eth0/device/sriov_numvfs" }
        expect:
          - frames: { point: w0, count: 0 }
          - drops: { reason: no-switch-rule, count: 0 }
        """

    private static let sharedPort = """
        name: served
        description: Two physical functions behind one port
        model: connectx-6dx
        hosts: [{ name: h0 }, { name: g0, guest-of: h0 }, { name: g1, guest-of: h0 }]
        nics:
          - name: n0
            links: [h0]
            functions:
              - { name: pf0, host: g0, netdev: eth0, mac: "02:00:00:00:00:01" }
              - { name: pf1, host: g1, netdev: eth0, mac: "02:00:00:00:00:02" }
        traffic: [{ name: wall, sink: {} }]
        wires: [{ name: w0, between: [n0.p0, wall], length: 1m }]
        expect:
          - frames: { point: w0, filter: ether dst 02:00:00:00:00:02, count: 0 }
          - drops: { reason: no-switch-rule, count: 0 }
        """

    /// Boots two computers and lets the first send 200 frames to the second.
    private func exchange(_ one: SocketComputer, _ other: SocketComputer) throws {
        try one.boot()
        try other.boot()
        #expect(one.state == .ready)
        #expect(other.state == .ready)
        #expect(try one.execute("ip link set dev eth0 up")?.failure == nil)
        #expect(try other.execute("ip link set dev eth0 up")?.failure == nil)
        // The manager hears of the address, and makes the rule: its time is the session's, which on a busy machine is behind.
        try other.run(milliseconds: 3000) { _ in false }
        var pattern = Driver.TrafficPattern()
        pattern.frameSizes = [64, 1000]
        pattern.frameCount = 200
        pattern.framesPerSecond = 20_000
        pattern.destination = MACAddress(2, 0, 0, 0, 0, 2)
        one.software.setApplication(.generate(pattern), on: "eth0", at: one.now)
        for _ in 0..<200 where other.deliveredCount < 200 {
            try one.run(milliseconds: 5) { _ in false }
            try other.run(milliseconds: 5) { $0.deliveredCount >= 200 }
        }
        #expect(other.deliveredCount == 200)
        #expect(one.deliveredCount == 0)
    }

    @Test func twoFunctionsThatShareAPortReachEachOtherInsideTheNIC() throws {
        let session = ServedSession(scenario: Self.sharedPort, ["n0.pf1", "n0.pf0"], captures: ["w0": "wire.pcapng"])
        try exchange(try SocketComputer(path: session.paths[1]), try SocketComputer(path: session.paths[0]))
        let result = try session.end()
        #expect(result.passed, "\(result.drops) \(result.expectations)")
        #expect(result.points.first { $0.name == "n0.pf1" }?.inbound.frames == 200)
    }

    @Test func guestsWithVirtualFunctionsReachEachOtherAndTheRecordSaysHow() throws {
        let session = ServedSession(
            scenario: Self.guests, ["h0.pf0vf0", "h0.pf0vf1"], captures: ["h0.pf0vf1": "guest.pcapng"],
            record: "session.martlet.zst")
        try exchange(try SocketComputer(path: session.paths[0]), try SocketComputer(path: session.paths[1]))
        let shown = try session.type("h0 ip link show dev eth0")
        #expect(shown.status == 0)
        #expect(shown.text.contains("vf 1"))
        let served = try session.end()
        #expect(served.passed, "\(served.drops)")
        let again = session.folder + "/again.pcapng"
        let replayed = try replaySession(
            path: session.folder + "/session.martlet.zst", outputs: [.init(points: ["h0.pf0vf1"], path: again)])
        #expect(replayed.passed)
        #expect(replayed.duration == served.duration)
        #expect(replayed.eventCount == served.eventCount)
        let first = try Data(contentsOf: URL(fileURLWithPath: session.folder + "/guest.pcapng"))
        #expect(first.count > 100_000)
        #expect(try Data(contentsOf: URL(fileURLWithPath: again)) == first)
    }

    @Test func aDriverOutsideBringsForthVirtualFunctionsForOtherClients() throws {
        let text = """
            name: served
            description: A physical function whose driver is outside, and a virtual function for another client
            model: connectx-6dx
            hosts:
              - name: h0
                functions: [{ name: pf0, netdev: eth0, mac: "02:00:00:00:00:02", vfs: 2 }]
              - { name: g0, guest-of: h0, functions: [{ name: pf0vf0, netdev: eth0, mac: "02:00:00:00:00:01" }] }
            traffic: [{ name: wall, sink: {} }]
            wires: [{ name: w0, between: [h0.p0, wall], length: 1m }]
            expect: [drops: { reason: no-switch-rule, count: 0 }]
            """
        let session = ServedSession(scenario: text, ["h0.pf0", "h0.pf0vf0"])
        let manager = try SocketComputer(path: session.paths[0])
        try manager.boot()
        #expect(!FileManager.default.fileExists(atPath: session.paths[1]))
        let enabled = try manager.execute("echo 1 > /sys/class/net/eth0/device/sriov_numvfs")
        #expect(enabled?.failure == nil)
        #expect(try manager.execute("ip link set dev eth0 up")?.failure == nil)
        let guest = try SocketComputer(path: session.paths[1])
        try guest.boot()
        #expect(guest.state == .ready)
        #expect(try guest.execute("ip link set dev eth0 up")?.failure == nil)
        // The manager hears of the address, and makes the rule.
        try manager.run(milliseconds: 50) { _ in false }
        var pattern = Driver.TrafficPattern()
        pattern.frameCount = 100
        pattern.framesPerSecond = 20_000
        pattern.destination = MACAddress(2, 0, 0, 0, 0, 2)
        guest.software.setApplication(.generate(pattern), on: "eth0", at: guest.now)
        for _ in 0..<200 where manager.deliveredCount < 100 {
            try guest.run(milliseconds: 5) { _ in false }
            try manager.run(milliseconds: 5) { $0.deliveredCount >= 100 }
        }
        #expect(manager.deliveredCount == 100)
        let result = try session.end()
        #expect(result.passed, "\(result.drops)")
        #expect(result.points.first { $0.name == "w0" }?.outbound.frames == 0)
    }

    @Test func aVirtualFunctionLooksToItsClientLikeAnyOther() throws {
        let session = ServedSession(scenario: Self.guests, ["h0.pf0vf0", "h0.pf0vf1"])
        let client = try VFIOClient(path: session.paths[0])
        // Vendor and device, which the function itself reads as ones, and the kinds of its BARs.
        #expect(try client.read(7, 0x00, byteCount: 4) == 0x101e_15b3)
        #expect(try client.read(7, 0x08, byteCount: 4) >> 8 == 0x02_0000)
        #expect(try client.read(7, 0x10, byteCount: 4) == 0xc)
        #expect(try client.read(7, 0x20, byteCount: 4) == 0x4)
        #expect(try client.read(7, 0x04, byteCount: 2) == 0)
        try client.write(7, 0x04, byteCount: 2, 6)
        #expect(try client.read(7, 0x04, byteCount: 2) == 6)
        #expect(try session.end().passed)
    }

    @Test func aClientLosesAVirtualFunctionThatIsTakenAwayAndFindsTheNextOne() throws {
        let session = ServedSession(scenario: Self.guests, ["h0.pf0vf0", "h0.pf0vf1"])
        let client = try VFIOClient(path: session.paths[1])
        #expect(try client.read(7, 0x00, byteCount: 4) == 0x101e_15b3)
        let numbers = "/sys/class/net/eth0/device/sriov_numvfs"
        #expect(try session.type("h0 echo 0 > \(numbers)").status == 0)
        #expect(throws: (any Error).self) { try client.read(7, 0x00, byteCount: 4) }
        #expect(!FileManager.default.fileExists(atPath: session.paths[1]))
        #expect(try session.type("h0 echo 1 > \(numbers)").status == 0)
        let next = try VFIOClient(path: session.paths[0])
        #expect(try next.read(7, 0x00, byteCount: 4) == 0x101e_15b3)
        #expect(!FileManager.default.fileExists(atPath: session.paths[1]))
        let result = try session.end()
        #expect(result.passed)
        #expect(result.live?.functions.count == 3)
    }

    @Test func theConsoleSaysWhatIsWrong() throws {
        let session = ServedSession(scenario: Self.guests, ["h0.pf0vf0", "h0.pf0vf1"])
        // Whose socket there is, is enabled.
        _ = try VFIOClient(path: session.paths[1])
        #expect(try session.type("g0 ip link show dev eth0").status == 2)
        #expect(try session.type("h0 ipp link").status == 2)
        let failed = try session.type("h0 ip link set eth0 vf 7 vlan 1")
        #expect(failed.status == 1)
        #expect(failed.text.contains("Invalid argument"))
        #expect(try session.end().passed)
    }

    @Test func whatCannotBeServedIsRefusedWithItsPlace() throws {
        func mistake(_ functions: [String], _ text: String = Self.guests) -> String {
            let session = ServedSession(scenario: text, functions)
            do {
                _ = try session.end()
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(mistake(["h0.pf0vf2", "h0.pf0vf1"]).contains("did you mean h0.pf0vf0"))
        #expect(mistake(["h0.pf0vf0", "h0.pf0vf0"]).contains("h0.pf0vf0 twice"))
        // The hypervisor's steps need our driver.
        #expect(mistake(["h0.pf0"]).contains("served.yaml:12"))
        #expect(mistake(["n0.pf0"], Self.sharedPort) == "")
    }
}
