import Driver
import Foundation
import Scenario
import Servers
import Testing
import Wire

/// Our own driver, with the NIC at the other end of a socket.
@Suite(.serialized) struct DriverOverSocketTests {
    @Test func theDriverBootsAndItsFramesComeBack() throws {
        let session = ServedSession([.reflector], captures: ["w0": "wire.pcapng"])
        let computer = try SocketComputer(path: session.paths[0])
        try computer.boot()
        #expect(computer.state == .ready)
        let up = try computer.execute("ip link set dev eth0 up")
        #expect(up?.failure == nil)
        var pattern = Driver.TrafficPattern()
        pattern.frameSizes = [64, 594, 1518]
        pattern.frameCount = 300
        pattern.framesPerSecond = 3000
        computer.software.setApplication(.generate(pattern), on: "eth0", at: computer.now)
        try computer.run { $0.deliveredCount >= 300 }
        #expect(computer.deliveredCount == 300)
        #expect(computer.deliveredBytes == 100 * (60 + 590 + 1514))
        let result = try session.end()
        let wire = result.points.first { $0.name == "w0" }
        #expect(wire?.inbound.frames == 300)
        #expect(wire?.outbound.frames == 300)
        #expect(result.files.first?.frames == 600)
        #expect(result.live?.functions[0].lostInterrupts == 0)
        #expect(result.passed)
    }

    @Test func theRecordOfASessionGivesTheSameFramesAtTheSameTimes() throws {
        let session = ServedSession([.join], count: 2, captures: ["w0": "wire.pcapng"], record: "session.martlet.zst")
        let one = try SocketComputer(path: session.paths[0])
        let other = try SocketComputer(path: session.paths[1])
        try one.boot()
        try other.boot()
        #expect(try one.execute("ip link set dev eth0 up")?.failure == nil)
        #expect(try other.execute("ip link set dev eth0 up")?.failure == nil)
        var pattern = Driver.TrafficPattern()
        pattern.frameSizes = [64, 1000]
        pattern.frameCount = 200
        pattern.framesPerSecond = 20_000
        pattern.destination = MACAddress(2, 0, 0, 1, 0, 1)
        one.software.setApplication(.generate(pattern), on: "eth0", at: one.now)
        for _ in 0..<200 where other.deliveredCount < 200 {
            try one.run(milliseconds: 5) { _ in false }
            try other.run(milliseconds: 5) { $0.deliveredCount >= 200 }
        }
        let served = try session.end()
        let again = session.folder + "/again.pcapng"
        let replayed = try replaySession(
            path: session.folder + "/session.martlet.zst",
            outputs: [
                .init(points: ["w0"], path: again), .init(points: ["h0.p0"], path: session.folder + "/port.pcap"),
            ])
        #expect(replayed.passed)
        #expect(replayed.born.frames == 200)
        #expect(replayed.duration == served.duration)
        #expect(replayed.eventCount == served.eventCount)
        let first = try Data(contentsOf: URL(fileURLWithPath: session.folder + "/wire.pcapng"))
        let second = try Data(contentsOf: URL(fileURLWithPath: again))
        #expect(first.count > 100_000)
        #expect(first == second)
    }

    @Test func aReplayBeginsWhenTheDriverCanReceive() throws {
        // Frames of a session come back in another one.
        let source = ServedSession([.reflector], captures: ["w0": "wire.pcapng"])
        let one = try SocketComputer(path: source.paths[0])
        try one.boot()
        #expect(try one.execute("ip link set dev eth0 up")?.failure == nil)
        var pattern = Driver.TrafficPattern()
        pattern.frameCount = 50
        pattern.framesPerSecond = 10_000
        one.software.setApplication(.generate(pattern), on: "eth0", at: one.now)
        try one.run { $0.deliveredCount >= 50 }
        _ = try source.end()
        let session = ServedSession([.replay(path: source.folder + "/wire.pcapng")], record: "session.martlet")
        let other = try SocketComputer(path: session.paths[0])
        try other.boot()
        try other.run(milliseconds: 100) { _ in false }
        #expect(other.deliveredCount == 0)
        // Half of the frames were sent by the first computer and half to it; both have the same address.
        #expect(try other.execute("ip link set dev eth0 promisc on")?.failure == nil)
        #expect(try other.execute("ip link set dev eth0 up")?.failure == nil)
        try other.run { $0.deliveredCount >= 100 }
        #expect(other.deliveredCount == 100)
        let result = try session.end()
        #expect(result.passed)
        #expect(result.born.frames == 100, "\(result.drops)")
        #expect(result.live?.functions[0].lostInterrupts == 0)
        let replayed = try replaySession(path: session.folder + "/session.martlet", outputs: [])
        #expect(replayed.born.frames == 100)
        #expect(replayed.passed)
    }

    @Test func aRecordThatIsDamagedIsRefusedWithItsPlace() throws {
        let session = ServedSession([.sink], record: "session.martlet")
        let path = session.folder + "/session.martlet"
        _ = try VFIOClient(path: session.paths[0]).read(7, 0, byteCount: 4)
        _ = try session.end()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(try replaySession(path: path, outputs: []).passed)
        try bytes.dropLast(3).write(to: URL(fileURLWithPath: path))
        #expect(throws: ScenarioError.self) { try replaySession(path: path, outputs: []) }
        bytes[8] = 99
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(throws: ScenarioError.self) { try replaySession(path: path, outputs: []) }
        try Data("MARTREC1".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: ScenarioError.self) { try replaySession(path: path, outputs: []) }
    }

    @Test func framesReachTheOtherComputerOnAJoinedWire() throws {
        let session = ServedSession([.join], count: 2)
        let one = try SocketComputer(path: session.paths[0])
        let other = try SocketComputer(path: session.paths[1])
        try one.boot()
        try other.boot()
        #expect(try one.execute("ip link set dev eth0 up")?.failure == nil)
        #expect(try other.execute("ip link set dev eth0 up")?.failure == nil)
        var pattern = Driver.TrafficPattern()
        pattern.frameSizes = [1000]
        pattern.frameCount = 100
        pattern.framesPerSecond = 10_000
        pattern.destination = MACAddress(2, 0, 0, 1, 0, 1)
        one.software.setApplication(.generate(pattern), on: "eth0", at: one.now)
        for _ in 0..<200 where other.deliveredCount < 100 {
            try one.run(milliseconds: 5) { _ in false }
            try other.run(milliseconds: 5) { $0.deliveredCount >= 100 }
        }
        #expect(other.deliveredCount == 100)
        #expect(try session.end().passed)
    }

    @Test func aNewDriverBootsAfterTheOldOneDied() throws {
        let session = ServedSession()
        for _ in 0..<3 {
            let computer = try SocketComputer(path: session.paths[0])
            try computer.boot()
            #expect(computer.state == .ready)
            #expect(try computer.execute("ip link set dev eth0 up")?.failure == nil)
            // Frames are on their way when the memory goes.
            var pattern = Driver.TrafficPattern()
            pattern.frameCount = 1000
            computer.software.setApplication(.generate(pattern), on: "eth0", at: computer.now)
            try computer.run { $0.deliveredCount > 20 }
        }
        let result = try session.end()
        #expect(result.live?.functions[0].clients == 3)
        #expect(result.passed)
    }
}
