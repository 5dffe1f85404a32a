import Host
import NIC
import Simulation
import Testing
import Wire

/// An obvious model of the steering engine, with an engine beside it: all entries of all groups of a table, looked at one after the other.
final class SteeringModel {
    /// What the model keeps of an entry.
    struct Entry {
        var group: Int
        var value: [UInt64]
        var action: UInt16
        var tag: UInt32
        var counter: Int?
        /// Tables of the model, or interfaces from 1,000 on.
        var destinations: [Int]
    }

    struct Group {
        var identifier: Int
        var first: Int
        var last: Int
        /// By word of the key.
        var mask: [Int: UInt64]
    }

    struct Table {
        var handle: FlowTableHandle
        var miss: Int?
        var groups: [Group] = []
        var entries: [Int: Entry] = [:]
    }

    /// Words that groups of this test mask: some of each match set.
    static let words = [1, 2, 5, 7, 8, 9, 10, 16, 21, 24, 28, 29, 33]

    var random: SplitMix
    var engine = Steering(tableLimit: 12)
    var tables: [Table] = []
    var counters: [FlowCounterHandle] = []

    init(seed: UInt64) { random = SplitMix(seed: seed) }

    /// Takes the engine of `other`, which gets this one's.
    func exchangeEngines(with other: SteeringModel) { swap(&engine, &other.engine) }

    // MARK: Changing

    func below(_ bound: Int) -> Int { Int(random.next(below: UInt64(bound))) }

    func populate() {
        for _ in 0..<3 { counters.append(engine.addCounter()) }
        for level in 0..<1 + below(5) {
            let miss = level > 0 && below(3) == 0 ? below(level) : nil
            let table = FlowTable(owner: FunctionID(0), type: .nicRX, level: level, logSize: 5)
            tables.append(Table(handle: engine.add(table, missTo: miss.map { tables[$0].handle }), miss: miss))
        }
        for table in tables.indices {
            for _ in 0..<1 + below(4) { addGroup(to: table) }
        }
    }

    func addGroup(to table: Int) {
        let first = below(32)
        let last = min(31, first + below(10))
        var mask: [Int: UInt64] = [:]
        for _ in 0..<below(4) { mask[Self.words[below(Self.words.count)]] = [0x0700, 0xff00, 0x0f00][below(3)] }
        var command = Record(byteCount: CreateFlowGroup.inputByteCount)
        command.set(CreateFlowGroup.startFlowIndex, UInt32(first))
        command.set(CreateFlowGroup.endFlowIndex, UInt32(last))
        var criteria: UInt32 = 0
        for (word, bits) in mask {
            criteria |= 1 << UInt32(word / 8)
            command.set64(CreateFlowGroup.matchCriteria + word * 8, bits)
        }
        command.set(CreateFlowGroup.matchCriteriaEnable, criteria)
        guard let description = try? FlowGroupDescription(decoding: command) else {
            Issue.record("a group of comparable fields was refused")
            return
        }
        let given = engine.addGroup(description, to: tables[table].handle)
        let isFree = tables[table].groups.allSatisfy { $0.last < first || last < $0.first }
        #expect((given != nil) == isFree)
        guard let given else { return }
        tables[table].groups.append(Group(identifier: given, first: first, last: last, mask: mask))
    }

    func change() {
        let table = below(tables.count)
        let index = below(32)
        switch below(8) {
        case 0:
            let isRemoved = engine.removeEntry(at: UInt32(index), of: tables[table].handle)
            #expect(isRemoved == remove(index, table))
        case 1:
            guard let old = tables[table].entries[index] else { return }
            var new = makeEntry(group: old.group, value: old.value, table)
            new.value = old.value
            tables[table].entries[index] = new
            let isReplaced = engine.replaceEntry(at: UInt32(index), of: tables[table].handle, with: describe(new))
            #expect(isReplaced)
        case 2:
            guard let group = tables[table].groups.randomElement(using: &random) else { return }
            let isUsed = tables[table].entries.values.contains { $0.group == group.identifier }
            let isRemoved = engine.removeGroup(group.identifier, of: tables[table].handle) == .removed
            #expect(isRemoved == !isUsed)
            if isRemoved { tables[table].groups.removeAll { $0.identifier == group.identifier } }
        case 3: addGroup(to: table)
        default: insert(index, table)
        }
    }

    func remove(_ index: Int, _ table: Int) -> Bool { tables[table].entries.removeValue(forKey: index) != nil }

    func insert(_ index: Int, _ table: Int) {
        guard let group = tables[table].groups.first(where: { $0.first <= index && index <= $0.last }) else { return }
        var value = [UInt64](repeating: 0, count: FlowKey.wordCount)
        for (word, bits) in group.mask.sorted(by: { $0.key < $1.key }) { value[word] = random.next() & bits & 0x0300 }
        let entry = makeEntry(group: group.identifier, value: value, table)
        let isNew =
            tables[table].entries[index] == nil
            && !tables[table].entries.values.contains { $0.group == group.identifier && $0.value == value }
        do {
            try engine.addEntry(describe(entry), at: UInt32(index), of: tables[table].handle)
            #expect(isNew)
            tables[table].entries[index] = entry
        } catch { #expect(!isNew) }
    }

    func makeEntry(group: Int, value: [UInt64], _ table: Int) -> Entry {
        var entry = Entry(group: group, value: value, action: 4, tag: 0, counter: nil, destinations: [])
        if below(3) == 0 { entry.tag = UInt32(1 + below(100)) }
        if below(3) == 0 { (entry.counter, entry.action) = (below(3), 12) }
        if below(8) == 0 {
            entry.action = entry.action & 8 | 2
            return entry
        }
        for _ in 0..<1 + (below(3) == 0 ? below(3) : 0) {
            entry.destinations.append(below(3) == 0 ? below(tables.count) : 1000 + below(50))
        }
        return entry
    }

    func describe(_ entry: Entry) -> FlowEntryDescription {
        var description = FlowEntryDescription(
            group: UInt32(entry.group), action: FlowAction(rawValue: entry.action), value: entry.value)
        description.flowTag = entry.tag
        if let counter = entry.counter { description.counters = [counters[counter]] }
        description.destinations = entry.destinations.map {
            $0 < 1000
                ? SteeringDestination(.table, Int(tables[$0].handle.index))
                : SteeringDestination(.receiveInterface, $0)
        }
        return description
    }

    // MARK: Looking

    /// What happens to one packet, in words.
    struct Outcome: Equatable {
        var deliveries: [String] = []
        var counts: [Int] = []
    }

    func model(_ key: FlowKey) -> Outcome {
        var outcome = Outcome()
        var budget = 12
        follow(0, key, tag: 0, depth: 0, &budget, &outcome)
        return outcome
    }

    private func follow(
        _ first: Int, _ key: FlowKey, tag: UInt32, depth: Int, _ budget: inout Int, _ outcome: inout Outcome
    ) {
        var (table, tag, depth) = (first, tag, depth)
        while true {
            guard budget > 0 else {
                outcome.deliveries.append("loop after \(depth)")
                return
            }
            (budget, depth) = (budget - 1, depth + 1)
            guard let entry = find(table, key) else {
                guard let miss = tables[table].miss else {
                    outcome.deliveries.append("miss after \(depth)")
                    return
                }
                table = miss
                continue
            }
            if let counter = entry.counter { outcome.counts.append(counter) }
            if entry.tag != 0 { tag = entry.tag }
            guard let last = entry.destinations.last else {
                outcome.deliveries.append("drop after \(depth)")
                return
            }
            for destination in entry.destinations.dropLast() {
                if destination < 1000 {
                    guard budget > 0 else { continue }
                    follow(destination, key, tag: tag, depth: depth, &budget, &outcome)
                } else {
                    outcome.deliveries.append("\(destination) tag \(tag) after \(depth)")
                }
            }
            guard last < 1000 else {
                outcome.deliveries.append("\(last) tag \(tag) after \(depth)")
                return
            }
            table = last
        }
    }

    private func find(_ table: Int, _ key: FlowKey) -> Entry? {
        for group in tables[table].groups.sorted(by: { $0.first < $1.first }) {
            let entries = tables[table].entries.filter { $0.value.group == group.identifier }
            for (_, entry) in entries.sorted(by: { $0.key < $1.key })
            where group.mask.allSatisfy({ key.words[$0.key] & $0.value == entry.value[$0.key] }) {
                return entry
            }
        }
        return nil
    }

    func decide(_ key: FlowKey) -> Outcome {
        var key = key
        let bytes = [UInt8](repeating: 0, count: 14)
        return bytes.withUnsafeBytes { buffer in
            let packet = SteeredPacket(PacketHeaders(parsing: buffer), buffer)
            let lists = engine.decide(&key, packet, from: tables[0].handle)
            var outcome = Outcome()
            for index in 0..<lists.countCount {
                let counter = lists.counts[index].counter
                outcome.counts.append(counters.firstIndex(of: counter) ?? -1)
            }
            for index in 0..<lists.deliveryCount {
                let delivery = lists.deliveries[index]
                let depth = delivery.path.tableCount
                switch (delivery.destination.kind, delivery.reason) {
                case (.drop, .steeringLoop): outcome.deliveries.append("loop after \(depth)")
                case (.drop, .steeringMiss): outcome.deliveries.append("miss after \(depth)")
                case (.drop, _): outcome.deliveries.append("drop after \(depth)")
                default:
                    outcome.deliveries.append(
                        "\(delivery.destination.value) tag \(delivery.path.flowTag) after \(depth)")
                }
            }
            return outcome
        }
    }

    /// A key of few different values, so that entries are met and flows come again.
    func makeKey() -> FlowKey {
        let bytes = [UInt8](repeating: 0, count: 14)
        var key = bytes.withUnsafeBytes { FlowKey(PacketHeaders(parsing: $0), $0, .fromUplink) }
        for word in Self.words { key.words[word] = random.next() & 0x0300 }
        return key
    }
}
