import Host
import NIC
import Simulation
import Testing
import Wire

/// A NIC whose functions send frames that tests make, and are told apart by what passes their ports of the switch.
///
/// No function has receive tables: a frame that reaches one is seen there and ends as dropped for that reason.
final class SwitchBench {
    /// A frame that passed a capture point.
    struct Sighting: Equatable {
        var function: Int
        var direction: TapDirection
        var bytes: [UInt8]
        var reason: DropReason?
        var time: SimTime
    }

    let bench: Bench
    /// Physical functions, then virtual functions of the first, then its subfunctions.
    let functions: [FunctionID]
    private(set) var sightings: [Sighting] = []

    init(
        virtualCount: Int = 2, subCount: Int = 0, ports: [Int] = [0], embedded: Int? = nil,
        _ change: (inout NICParameters) -> Void = { _ in }
    ) {
        var parameters = NICParameters.default
        parameters.functions = ports.enumerated().map { number, port in
            FunctionDescription(
                port: PortID(port), macAddress: MACAddress(2, 0, 0, 0, UInt8(number), 1), isEmbedded: number == embedded
            )
        }
        parameters.functions[0].virtualFunctionCount = virtualCount
        parameters.functions[0].subfunctionCount = subCount
        parameters.portSpeeds = Array(repeating: 100_000, count: 1 + (ports.max() ?? 0))
        change(&parameters)
        let bench = Bench(parameters)
        let layout = bench.nic.layout
        var functions = ports.indices.map { layout.physical($0) }
        let others =
            (0..<virtualCount).map { FunctionLayout.Kind.virtual($0, of: 0) }
            + (0..<subCount).map { FunctionLayout.Kind.sub($0, of: 0) }
        for kind in others {
            let id: FunctionID
            switch kind {
            case .virtual(let number, _): id = layout.virtual(number, of: 0)
            case .sub(let slice, _): id = layout.sub(slice, of: 0)
            case .physical(let number): id = layout.physical(number)
            }
            if !bench.nic.functions.contains(Int(id.index)) {
                bench.nic.make(id)
            }
            functions.append(id)
        }
        for (place, function) in functions.enumerated() {
            bench.nic.setTap(TapPoint(index: UInt8(place)), of: function)
        }
        bench.medium.taps.enabledPoints = TapPointSet((0...63).map { TapPoint(index: $0) })
        self.bench = bench
        self.functions = functions
    }

    /// Function `place` sends `bytes` now.
    func send(_ bytes: [UInt8], from place: Int, queue: UInt32 = 1) {
        let frame = bench.medium.frames.create(byteCount: bytes.count, journey: Journey(birth: bench.queue.now))
        bench.medium.frames.bytes(frame).copyBytes(from: bytes)
        let function = functions[place]
        let generation = bench.nic.functions[Int(function.index)].generation
        bench.nic.occupySend(frame, of: function, medium: bench.medium)
        bench.nic.handle(
            .queue(function, generation: generation, .frameReady(frame, queue: queue, epoch: 0, .none)),
            at: bench.queue.now, platform: &bench.platform, medium: &bench.medium)
    }

    /// Lets everything happen; returns the functions that saw frames come in, by frame in order.
    @discardableResult func arrivals() -> [Int] {
        bench.run()
        sightings = []
        bench.medium.taps.drain { header, bytes in
            sightings.append(
                Sighting(
                    function: Int(header.point.index), direction: header.direction, bytes: Array(bytes),
                    reason: header.dropReason, time: header.time))
        }
        return sightings.filter { $0.direction == .inbound && $0.reason == .steeringMiss }.map(\.function)
    }

    /// Frames that left by a port since the last call.
    func departures() -> [[UInt8]] {
        bench.run()
        defer { bench.sent = [] }
        return bench.sent.map(\.bytes)
    }

    func dropped(_ reason: DropReason) -> Int { Int(bench.medium.frames.dropped(for: reason).frames) }

    // MARK: Tables

    /// A table that one group with `mask` covers, on level `level`.
    func table(_ type: TableType, level: Int = 0, mask: (inout Record) -> Void) -> FlowTableHandle {
        let table = bench.nic.steering.add(
            FlowTable(owner: functions[0], type: type, vport: .physical, level: level, logSize: 8))
        group(table, 0...254, mask)
        group(table, 255...255) { _ in }
        return table
    }

    func group(_ table: FlowTableHandle, _ range: ClosedRange<Int>, _ mask: (inout Record) -> Void) {
        guard let group = try? FlowGroupDescription(decoding: Bench.group(range, mask: mask)) else { return }
        _ = bench.nic.steering.addGroup(group, to: table)
    }

    func entry(
        _ table: FlowTableHandle, _ index: Int, group: UInt32 = 0, _ action: FlowAction,
        to destinations: [SteeringDestination] = [], counter: FlowCounterHandle? = nil, tag: UInt32 = 0,
        value: (inout Record) -> Void = { _ in }
    ) {
        var parameters = Record(byteCount: MatchParameters.byteCount)
        value(&parameters)
        var entry = FlowEntryDescription(
            group: group, action: action, value: (0..<64).map { parameters.get64($0 * 8) })
        entry.destinations = destinations
        entry.firstTag = tag
        if let counter { entry.counters = [counter] }
        do { try bench.nic.steering.addEntry(entry, at: UInt32(index), of: table) } catch {
            Issue.record("entry \(index) was refused: \(error)")
        }
    }

    static func vport(_ number: Int) -> SteeringDestination { SteeringDestination(.vport, number) }
    static let uplink = SteeringDestination(.vport, 0xffff)

    /// The forwarding tables of a driver in legacy mode: addresses of the functions, and what is for everybody.
    func learnAddresses(_ vports: [Int]) {
        let table = table(.fdb) { mask in
            mask.set(MatchLayer24.dmac47_16, .max)
            mask.set(MatchLayer24.dmac15_0, .max)
        }
        for (index, vport) in vports.enumerated() {
            entry(table, index, .forward, to: [Self.vport(vport)]) {
                $0.set(MatchLayer24.dmac47_16, 0x0200_0000)
                $0.set(MatchLayer24.dmac15_0, UInt32(0x1000 ^ vport))
            }
        }
        entry(table, 200, .forward, to: vports.map(Self.vport) + [Self.uplink]) {
            $0.set(MatchLayer24.dmac47_16, .max)
            $0.set(MatchLayer24.dmac15_0, .max)
        }
        entry(table, 255, group: 1, .forward, to: [Self.uplink])
        bench.nic.switching.eswitches[0].forwardingRoot = table
    }

    // MARK: Frames

    /// The address of a vport, 02:00:00:00:10:nn; that of a subfunction has 90 instead of 10.
    static func address(_ vport: Int) -> [UInt8] {
        [2, 0, 0, 0, UInt8((0x1000 ^ vport) >> 8 & 0xff), UInt8(vport & 0xff)]
    }

    /// From the address of vport `source` to that of vport `destination`.
    static func frame(from source: Int, to destination: Int, tag: UInt16? = nil, byteCount: Int = 64) -> [UInt8] {
        finish(address(destination) + address(source), tag, byteCount)
    }

    static func broadcast(from source: Int, tag: UInt16? = nil) -> [UInt8] {
        finish(Array(repeating: 0xff, count: 6) + address(source), tag, 64)
    }

    static func finish(_ addresses: [UInt8], _ tag: UInt16?, _ byteCount: Int) -> [UInt8] {
        var bytes = addresses
        if let tag { bytes += [0x81, 0, UInt8(tag >> 8), UInt8(tag & 0xff)] }
        bytes += [0x88, 0xb5]
        return bytes + (bytes.count..<max(bytes.count, byteCount)).map { UInt8(truncatingIfNeeded: $0) }
    }
}
