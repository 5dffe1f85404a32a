import Host
import NIC
import Simulation
import Testing
import Wire

/// Flow tables, transport interfaces and receive queue tables (native interface, sections 6.3 and 6.5).
struct SteeringTests {
    /// Four receive queues, 1 to 4, with a direct interface each; all complete on queue 2.
    ///
    /// Root table 1, no entries.
    private func bench() -> Bench {
        let bench = Bench()
        bench.makeKey()
        bench.makeEventQueue()
        bench.makeCompletionQueue(at: Bench.sendCompletions, record: 0x6_0080)
        bench.makeCompletionQueue(at: Bench.receiveCompletions, record: 0x6_00c0, logSize: 7)
        for queue in 1...4 as ClosedRange<UInt32> {
            bench.makeReceiveQueue(logSize: 7) { $0.set(RQContext.userIndex, queue) }
            bench.makeDirectInterface(to: queue)
        }
        bench.postReceives(100)
        bench.resources.receiveRoot = bench.table(bench.makeTable())
        return bench
    }

    /// The queues that completed frames, by their user index, in order.
    private func queues(_ bench: Bench) -> [UInt8] {
        bench.run()
        let count = Int(bench.medium.frames.delivered.frames)
        return (0..<count).map { bench.receiveCompletion($0)[0x23] }
    }

    /// TCP to `port`, from 10.0.0.1 to 10.0.0.2.
    private func tcp(to port: UInt16, destination: UInt8 = 2) -> [UInt8] {
        var frame = ReceivePathTests.tcp
        frame[5] = destination
        frame.replaceSubrange(36..<38, with: [UInt8(port >> 8), UInt8(port & 0xff)])
        return frame
    }

    @Test func theGroupWithTheLowerIndexWinsWhateverTheOrderOfCreation() {
        let bench = bench()
        bench.makeGroup(in: 1, 10...10)
        bench.makeGroup(in: 1, 0...9) { $0.set(MatchLayer24.tcpDport, 0xffff) }
        bench.setEntry(in: 1, at: 10, group: 0, action: 4, destinations: [0x0200_0001])
        bench.setEntry(in: 1, at: 5, group: 1, action: 4, destinations: [0x0200_0002]) {
            $0.set(MatchLayer24.tcpDport, 80)
        }
        bench.receive(tcp(to: 80))
        bench.run()
        bench.receive(tcp(to: 81))
        #expect(queues(bench) == [2, 1])
    }

    @Test func onlyMaskedBitsAreCompared() {
        let bench = bench()
        bench.makeGroup(in: 1, 0...0) { $0.set(MatchLayer24.tcpDport, 0xff00) }
        bench.setEntry(in: 1, at: 0, group: 0, action: 4, destinations: [0x0200_0003]) {
            $0.set(MatchLayer24.tcpDport, 0x1200)
        }
        bench.receive(tcp(to: 0x12ff))
        bench.receive(tcp(to: 0x1334))
        #expect(queues(bench) == [3])
        #expect(bench.medium.frames.dropped(for: .steeringMiss).frames == 1)
    }

    struct Match: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let frame: [UInt8]
        let field: BitField
        let value: UInt32
    }

    private static let plainTagged = ReceivePathTests.tagged
    static let matches: [Match] = [
        Match(
            testDescription: "destination MAC", frame: plainTagged, field: MatchLayer24.dmac47_16, value: 0x0200_0000),
        Match(testDescription: "its end", frame: plainTagged, field: MatchLayer24.dmac15_0, value: 0x0002),
        Match(testDescription: "source MAC", frame: plainTagged, field: MatchLayer24.smac47_16, value: 0x0200_0000),
        Match(testDescription: "its end", frame: plainTagged, field: MatchLayer24.smac15_0, value: 0x0001),
        Match(testDescription: "type behind the tag", frame: plainTagged, field: MatchLayer24.ethertype, value: 0x0800),
        Match(testDescription: "VLAN", frame: plainTagged, field: MatchLayer24.firstVid, value: 0x02a),
        Match(testDescription: "priority", frame: plainTagged, field: MatchLayer24.firstPrio, value: 3),
        Match(testDescription: "customer tag", frame: plainTagged, field: MatchLayer24.cvlanTag, value: 1),
        Match(testDescription: "version", frame: plainTagged, field: MatchLayer24.ipVersion, value: 4),
        Match(testDescription: "protocol", frame: plainTagged, field: MatchLayer24.ipProtocol, value: 6),
        Match(testDescription: "time to live", frame: plainTagged, field: MatchLayer24.ttlHoplimit, value: 64),
        Match(testDescription: "flags", frame: plainTagged, field: MatchLayer24.tcpFlags, value: 0x99),
        Match(testDescription: "source port", frame: plainTagged, field: MatchLayer24.tcpSport, value: 1000),
        Match(testDescription: "destination port", frame: plainTagged, field: MatchLayer24.tcpDport, value: 2000),
        Match(testDescription: "source", frame: plainTagged, field: MatchLayer24.sourceIPv4, value: 0x0a00_0001),
        Match(
            testDescription: "destination", frame: plainTagged, field: MatchLayer24.destinationIPv4,
            value: 0x0a00_0002),
    ]

    @Test(arguments: matches) func aFieldIsFoundWhereTheFormatSays(_ match: Match) {
        for (isRight, value) in [(true, match.value), (false, match.value ^ 1)] {
            let bench = bench()
            bench.makeGroup(in: 1, 0...0) { $0.set(match.field, .max) }
            bench.setEntry(in: 1, at: 0, group: 0, action: 4, destinations: [0x0200_0001]) {
                $0.set(match.field, value)
            }
            bench.receive(match.frame)
            #expect(queues(bench) == (isRight ? [1] : []))
        }
    }

    @Test func theSecondTagIsInTheMiscellaneousSet() {
        let bench = bench()
        bench.makeGroup(in: 1, 0...0) { $0.set(MatchMisc.outerSecondVid, .max, at: MatchParameters.misc) }
        bench.setEntry(in: 1, at: 0, group: 0, action: 4, destinations: [0x0200_0004]) {
            $0.set(MatchMisc.outerSecondVid, 0x02a, at: MatchParameters.misc)
        }
        bench.receive(Array(Self.plainTagged[..<12]) + [0x88, 0xa8, 0, 7] + Array(Self.plainTagged[12...]))
        #expect(queues(bench) == [4])
    }

    @Test func aThousandEntriesEachFindTheirQueueAndATag() {
        let bench = bench()
        bench.makeGroup(in: 1, 0...1023) { $0.set(MatchLayer24.tcpDport, 0xffff) }
        for port in 0..<1000 {
            bench.setEntry(
                in: 1, at: port, group: 0, action: 4, destinations: [0x0200_0001 + UInt32(port % 4)],
                tag: UInt32(port + 1)
            ) { $0.set(MatchLayer24.tcpDport, UInt32(port)) }
        }
        let ports: [UInt16] = [0, 1, 2, 3, 500, 999]
        for port in ports {
            bench.receive(tcp(to: port))
            bench.run()
        }
        #expect(queues(bench) == ports.map { UInt8($0 % 4 + 1) })
        #expect(
            (0..<6).map { Array(bench.receiveCompletion($0)[0x39..<0x3c]) }
                == ports.map { [0, UInt8(($0 + 1) >> 8), UInt8(($0 + 1) & 0xff)] })
    }

    @Test func aChangedEntryCountsAtOnce() {
        let bench = bench()
        bench.makeGroup(in: 1, 0...0)
        for destination in [0x0200_0001, 0x0200_0002] as [UInt32] {
            bench.setEntry(in: 1, at: 0, group: 0, action: 4, destinations: [destination])
            bench.receive(tcp(to: 1))
            bench.run()
        }
        let isRemoved = bench.nic.steering.removeEntry(at: 0, of: bench.table(1))
        #expect(isRemoved)
        bench.receive(tcp(to: 1))
        #expect(queues(bench) == [1, 2])
        #expect(bench.medium.frames.dropped(for: .steeringMiss).frames == 1)
    }

    @Test func tablesLeadToTablesAndMissesGoOn() {
        let bench = bench()
        bench.makeGroup(in: 1, 0...0)
        _ = bench.makeTable(level: 2)
        _ = bench.makeTable(level: 1, miss: 2)
        bench.makeGroup(in: 2, 0...0)
        bench.setEntry(in: 1, at: 0, group: 0, action: 4, destinations: [0x0100_0003])
        bench.setEntry(in: 2, at: 0, group: 0, action: 4, destinations: [0x0200_0003])
        bench.receive(tcp(to: 1))
        #expect(queues(bench) == [3])
    }

    @Test func severalDestinationsGetACopyEachAndCountersCount() {
        let bench = bench()
        _ = bench.resources.flowCounters.insert(bench.nic.steering.addCounter())
        bench.makeGroup(in: 1, 0...0)
        bench.setEntry(
            in: 1, at: 0, group: 0, action: 12, destinations: [0x0200_0001, 0x0200_0002, 0x0200_0003], counters: [1])
        bench.receive(tcp(to: 1))
        #expect(queues(bench) == [1, 2, 3])
        #expect(bench.nic.steering[bench.resources.flowCounters[1]].frames == 1)
        #expect(bench.nic.steering[bench.resources.flowCounters[1]].bytes == 60)
        #expect(bench.medium.frames.born.frames == 3)
        #expect(bench.isBalanced)
    }

    @Test func tablesThatMultiplyFramesComeToAnEnd() {
        let bench = bench()
        bench.makeGroup(in: 1, 0...0)
        bench.setEntry(in: 1, at: 0, group: 0, action: 4, destinations: [UInt32](repeating: 0x0100_0001, count: 64))
        bench.receive(tcp(to: 1))
        bench.run()
        #expect(bench.medium.frames.born.frames <= 65)
        #expect(bench.isBalanced)
    }

    /// The key and the first values of the verification suite that the receive-side scaling specification gives.
    static let key: [UInt8] = [
        0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67, 0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0, 0xd0, 0xca,
        0x2b,
        0xcb, 0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30, 0xf2, 0x0c, 0x6a, 0x42, 0xb7, 0x3b, 0xbe,
        0xac,
        0x01, 0xfa,
    ]

    /// From 66.9.149.187:2794 to 161.142.100.80:1766: 0x51ccc178 with ports, 0x323e8fc2 without.
    private static let scaled: [UInt8] = {
        var frame = ReceivePathTests.tcp
        frame.replaceSubrange(26..<38, with: [66, 9, 149, 187, 161, 142, 100, 80, 0x0a, 0xea, 0x06, 0xe6])
        return frame
    }()

    private func spread(_ fields: UInt32, symmetric: Bool = false) -> Bench {
        let bench = bench()
        var table = Record(byteCount: RQTContext.rqNum + 8 * 4)
        table.set(RQTContext.rqtActualSize, 8)
        for (place, queue) in ([1, 2, 3, 4, 1, 2, 3, 4] as [UInt32]).enumerated() {
            table.set(BitField(word: RQTContext.rqNum + place * 4), queue)
        }
        _ = bench.resources.queueTables.insert(ReceiveQueueTable(decoding: table, at: 0))
        var context = Record(byteCount: 0xf0)
        context.set(TIRContext.dispType, 1)
        context.set(TIRContext.indirectTable, 1)
        context.set(TIRContext.rxHashFn, 2)
        context.set(TIRContext.rxHashSymmetric, symmetric ? 1 : 0)
        context.set(TIRContext.rxHashFieldSelectorOuterSelectedFields, fields)
        context.bytes.replaceSubrange(0x28..<0x50, with: Self.key)
        var hasher = ToeplitzHasher.zero
        let interface = TransportInterfaceReceive(decoding: context, at: 0, sharing: &hasher)
        _ = bench.resources.transportReceives.insert(interface)
        bench.makeGroup(in: 1, 0...0)
        bench.setEntry(in: 1, at: 0, group: 0, action: 4, destinations: [0x0200_0005])
        return bench
    }

    @Test func theHashSelectsTheQueueAndIsToldWithItsType() {
        let bench = spread(0xf)
        bench.receive(Self.scaled)
        // 0x51ccc178 modulo 8 is 0: the first queue.
        #expect(queues(bench) == [1])
        #expect(Array(bench.receiveCompletion(0)[0x0c..<0x11]) == [0x51, 0xcc, 0xc1, 0x78, 0x44])
    }

    @Test func withoutPortsTheHashCoversAddresses() {
        let bench = spread(0x3)
        bench.receive(Self.scaled)
        #expect(queues(bench) == [3])
        #expect(Array(bench.receiveCompletion(0)[0x0c..<0x11]) == [0x32, 0x3e, 0x8f, 0xc2, 0x04])
    }

    @Test func aSymmetricHashIsTheSameBothWays() {
        let bench = spread(0xf, symmetric: true)
        var back = Self.scaled
        back.replaceSubrange(26..<38, with: [161, 142, 100, 80, 66, 9, 149, 187, 0x06, 0xe6, 0x0a, 0xea])
        bench.receive(Self.scaled)
        bench.receive(back)
        bench.run()
        let hashes = (0..<2).map { Array(bench.receiveCompletion($0)[0x0c..<0x10]) }
        #expect(hashes[0] == hashes[1])
        #expect(hashes[0] != [0, 0, 0, 0])
    }
}
