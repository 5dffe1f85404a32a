import Host
import NIC
import Simulation
import Testing
import Wire

/// The steering engine by itself: look-ups, changes, cache, memory, and what a key holds.
struct SteeringEngineTests {
    @Test(arguments: 0..<3000 as Range<UInt64>) func decidesAsALinearSearchDoes(seed: UInt64) {
        let world = SteeringModel(seed: seed)
        world.populate()
        let keys = (0..<12).map { _ in world.makeKey() }
        for _ in 0..<60 {
            for _ in 0..<world.below(4) { world.change() }
            let key = keys[world.below(keys.count)]
            let (found, expected) = (world.decide(key), world.model(key))
            guard found == expected else {
                Issue.record("seed \(seed): \(found) instead of \(expected)")
                return
            }
        }
        // All that was there comes back as it was told.
        for table in world.tables {
            for (index, entry) in table.entries {
                let found = world.engine.entry(at: UInt32(index), of: table.handle)
                #expect(found?.value == entry.value && found?.flowTag == entry.tag)
                #expect(found?.destinations == world.describe(entry).destinations)
            }
        }
        world.engine.removeAll(world.tables.map(\.handle), counters: world.counters)
    }

    /// Both addresses, protocol and both ports of TCP.
    private static let fiveFields: FlowGroupDescription? = {
        let command = Bench.group(0...((1 << 22) - 1)) { mask in
            for field in [MatchLayer24.sourceIPv4, MatchLayer24.destinationIPv4, MatchLayer24.ipProtocol] {
                mask.set(field, .max)
            }
            mask.set(MatchLayer24.tcpSport, .max)
            mask.set(MatchLayer24.tcpDport, .max)
        }
        return try? FlowGroupDescription(decoding: command)
    }()

    private static func rule(_ number: UInt64) -> FlowEntryDescription {
        var value = [UInt64](repeating: 0, count: 64)
        value[5] = 0x0a00_0000 + number
        value[7] = 0x0a80_0000 + number
        value[2] = 6 << 56 | (number & 0xffff) << 16 | 80
        var entry = FlowEntryDescription(group: 0, action: .forward, value: value)
        entry.destinations = [SteeringDestination(.receiveInterface, 1)]
        return entry
    }

    @Test func aHundredThousandRulesOfFiveFieldsTakeTwoHundredBytesEach() throws {
        var engine = Steering()
        let table = engine.add(FlowTable(owner: FunctionID(0), type: .nicRX, logSize: 22))
        let empty = engine.byteCount
        #expect(empty < 4096)
        let group = try #require(Self.fiveFields)
        let number = engine.addGroup(group, to: table)
        #expect(number == 0)
        let grouped = engine.byteCount
        #expect(grouped < 4096)
        for number in 0..<100_000 as Range<UInt64> {
            try engine.addEntry(Self.rule(number), at: UInt32(number * 37 % 4_000_037), of: table)
        }
        let full = engine.byteCount
        #expect(full <= 100_000 * 200)
        for number in stride(from: 0 as UInt64, to: 100_000, by: 2) {
            let isRemoved = engine.removeEntry(at: UInt32(number * 37 % 4_000_037), of: table)
            #expect(isRemoved)
        }
        let (odd, even) = (engine.entry(at: 37, of: table), engine.entry(at: 74, of: table))
        #expect(odd?.value[5] == 0x0a00_0001)
        #expect(even == nil)
    }

    @Test func theLastRuleOfManyIsFoundWhileRulesComeAndGo() throws {
        var engine = Steering()
        let table = engine.add(FlowTable(owner: FunctionID(0), type: .nicRX, logSize: 22))
        _ = engine.addGroup(try #require(Self.fiveFields), to: table)
        for number in 0..<5000 as Range<UInt64> { try engine.addEntry(Self.rule(number), at: UInt32(number), of: table) }
        var frame = ReceivePathTests.tcp
        frame.replaceSubrange(26..<38, with: [10, 0, 0x13, 0x87, 10, 0x80, 0x13, 0x87, 0x13, 0x87, 0, 80])
        let found = frame.withUnsafeBytes { bytes in
            let packet = SteeredPacket(PacketHeaders(parsing: bytes), bytes)
            var kinds: [SteeringDestination.Kind] = []
            for step in 0..<3 {
                var key = FlowKey(packet.headers, bytes, .fromUplink)
                let lists = engine.decide(&key, packet, from: table)
                kinds.append(lists.deliveries[0].destination.kind)
                if step == 0 { _ = engine.removeEntry(at: 4999, of: table) }
                if step == 1 { try? engine.addEntry(Self.rule(4999), at: 5000, of: table) }
            }
            return kinds
        }
        #expect(found == [.receiveInterface, .drop, .receiveInterface])
    }

    @Test func aValueOutsideTheMaskAndASecondOneAreRefused() throws {
        var engine = Steering()
        let table = engine.add(FlowTable(owner: FunctionID(0), type: .nicRX, logSize: 22))
        _ = engine.addGroup(try #require(Self.fiveFields), to: table)
        var outside = Self.rule(1)
        outside.value[0] = 1
        var found: [Steering.EntryError?] = []
        for (entry, index) in [(outside, 1), (Self.rule(1), 1), (Self.rule(1), 2), (Self.rule(2), 1)] {
            do throws(Steering.EntryError) {
                try engine.addEntry(entry, at: UInt32(index), of: table)
                found.append(nil)
            } catch { found.append(error) }
        }
        #expect(found == [.valueOutsideMask, nil, .duplicate, .indexTaken])
    }

    @Test func fieldsThatNoKeyHoldsAreRefused() {
        func error(_ offset: Int, _ bits: UInt32) -> FlowGroupDescription.MaskError? {
            let command = Bench.group(0...0) { $0.set(BitField(word: offset), bits) }
            do throws(FlowGroupDescription.MaskError) {
                _ = try FlowGroupDescription(decoding: command)
                return nil
            } catch { return error }
        }
        #expect(error(0x40, 0x0f00_0000) == .fieldUnknown, "source VHCA port")
        #expect(error(0x44, 0xffff_0000) == .fieldUnknown, "owner of the source's switch")
        #expect(error(0x54, 0x0000_00ff) == .fieldUnknown, "opcode of the base transport header")
        #expect(error(0x58, 0x0000_0002) == .fieldUnknown, "GENEVE option")
        #expect(error(0xf4, 0x00ff_0000) == .fieldUnknown, "MACsec syndrome")
        #expect(error(0x128, 0xffff_ffff) == .fieldUnknown, "GTP tunnel")
        #expect(error(0x140, 0xffff_ffff) == .setUnknown, "flexible parser")
        #expect(error(0x44, 0x0000_ffff) == nil, "source vport")
        var empty = Bench.group(0...0) { _ in }
        empty.set(CreateFlowGroup.matchCriteriaEnable, 1)
        #expect(throws: FlowGroupDescription.MaskError.setEmpty) { try FlowGroupDescription(decoding: empty) }
    }
}
