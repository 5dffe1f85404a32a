internal import BasicContainers
import Capture
internal import Driver
internal import Host
internal import Simulation

/// Replays the record of a session: the same world, without its drivers, gives the same frames at the same times.
///
/// - Throws: what is wrong with the record, or where this NIC does something else than the recorded one did.
package func replaySession(
    path: String, outputs: [RunOptions.Output], busTrace: String? = nil
) throws(ScenarioError) -> RunResult {
    do throws(CaptureError) {
        let record = SessionRecord(try RecordReader(path: path))
        guard case .request(let text)? = try record.takeInput()?.input else {
            throw record.reader.damaged("no request", expected: "what was served, at the start")
        }
        var request = try ServeRequest(recorded: text, record: record)
        request.outputs = outputs
        request.busTrace = busTrace
        return try replay(request, record)
    } catch {
        let place = error.file + (error.byteOffset.map { ": byte \($0)" } ?? "")
        throw ScenarioError([Mistake(SourceLocation(file: place), found: error.found, expected: error.expected)])
    }
}

private func replay(_ request: ServeRequest, _ record: SessionRecord) throws(CaptureError) -> RunResult {
    let document: ScenarioDocument
    var world: World
    do throws(ScenarioError) {
        document = try request.resolve().document
        let seed = request.scenario == nil ? request.seed : document.seed
        world = try World(document, options: RunOptions(seed: seed))
    } catch {
        throw record.reader.damaged("\(error)", expected: "the model and files of the recorded session")
    }
    world.medium.taps.enabledPoints = CaptureSink.wantedPoints(
        outputs: request.outputs, counters: document.frameCounters, points: world.points)
    world.medium.taps.enabledPoints.formUnion(world.portPoints)
    let sink = CaptureSink()
    try sink.open(
        outputs: request.outputs, counters: document.frameCounters, points: world.points, rates: world.pointRates(),
        comment: "martlet serve")
    for computer in 0..<world.computers.count where world.computers[computer].isServed {
        for function in world.platform.functions(of: computer) {
            world.platform[computer].setDistantMemory(record, of: function)
        }
    }
    let busTrace = try request.busTrace.map { (path) throws(CaptureError) in try BusTraceWriter(path: path) }
    world.setBusLogs(busTrace != nil)
    world.begin()
    var session = SessionReplay(world: world, record: record)
    while try session.step() {
        if session.world.medium.taps.byteCount > 1 << 19 { try sink.take(from: &session.world.medium.taps) }
        try session.world.drainBusLogs(into: busTrace)
    }
    while session.world.run(until: .never, atMost: 4096) { session.forgetOutward() }
    session.world.readHardwareCounters()
    try sink.take(from: &session.world.medium.taps)
    try session.world.drainBusLogs(into: busTrace)
    try busTrace?.finish()
    var result = session.world.report()
    result.scenario = document.name
    result.path = document.path
    result.seed = document.seed
    result.files = try sink.finish()
    evaluateExpectations(of: document, in: &result, counters: sink.frameCounters)
    return result
}

/// A world that is fed from a record.
private struct SessionReplay: ~Copyable {
    var world: World
    let record: SessionRecord
    /// Memory that is there as far as anybody can tell, but can only be asked for.
    private var windows: [(computer: Int, address: UInt64, physical: UInt64)] = []

    init(world: consuming World, record: SessionRecord) {
        self.world = world
        self.record = record
    }

    /// Goes on to the next input and takes it; false when it was the last.
    mutating func step() throws(CaptureError) -> Bool {
        while record.isMemoryNext { try handleEvent() }
        guard let (input, eventCount) = try record.takeInput() else { return false }
        while world.eventCount < eventCount { try handleEvent() }
        return try apply(input)
    }

    private mutating func handleEvent() throws(CaptureError) {
        let before = world.eventCount
        _ = world.run(until: .never, atMost: 1)
        forgetOutward()
        if let divergence = record.divergence { throw divergence }
        guard world.eventCount > before else {
            throw record.reader.damaged(
                "a NIC that has nothing to do after \(before) events, at \(world.now.picoseconds) ps",
                expected: "what the recorded NIC did next")
        }
    }

    /// Nobody is there to take what goes out.
    mutating func forgetOutward() {
        for computer in 0..<world.computers.count { world.computers[computer].outward.removeAll() }
        for endpoint in world.traffic.indices where world.traffic[endpoint].outward.count > 0 {
            world.traffic[endpoint].outward.removeAll()
        }
    }

    private mutating func apply(_ input: SessionInput) throws(CaptureError) -> Bool {
        let known = world.computers.count
        func check(_ computer: Int, _ function: FunctionID) throws(CaptureError) {
            guard computer < known, world.platform.host(of: function) == computer else {
                throw record.reader.damaged("computer \(computer)", expected: "one of \(known)")
            }
        }
        switch input {
        case .request: throw record.reader.damaged("a second request", expected: "one")
        case .bus(let event, let computer, let time):
            try check(computer, event.function)
            world.send(event, to: computer, at: time)
        case .map(let computer, let function, let address, let byteCount, let permissions):
            try check(computer, function)
            guard byteCount > 0, byteCount & 4095 == 0, byteCount <= 1 << 48 else {
                throw record.reader.damaged("a window of \(byteCount) bytes", expected: "one of whole pages")
            }
            let physical = world.platform[computer].memory.attach(nil, byteCount: byteCount)
            windows.append((computer, address, physical))
            do throws(MappingError) {
                try world.platform[computer].map(
                    function, address, to: physical, byteCount: byteCount, permissions.union(.distant))
            } catch {
                throw record.reader.damaged("a mapping that cannot be (\(error))", expected: "one that could be")
            }
        case .unmap(let computer, let function, let address, let byteCount):
            try check(computer, function)
            do throws(MappingError) {
                try world.platform[computer].unmap(function, address, byteCount: byteCount)
            } catch {
                throw record.reader.damaged("the end of a mapping that is not", expected: "one that is")
            }
            if let index = windows.firstIndex(where: { $0.computer == computer && $0.address == address }) {
                world.platform[computer].memory.detach(windows.remove(at: index).physical)
            }
        case .frame(let bytes, let endpoint, let time):
            guard endpoint < world.traffic.count, bytes.count <= FramePool.longestFrame else {
                throw record.reader.damaged("a frame of \(bytes.count) bytes", expected: "one that fits")
            }
            bytes.withUnsafeBytes { world.send($0, fromTraffic: endpoint, at: time) }
        case .startTraffic(let endpoint, let time):
            guard endpoint < world.traffic.count else {
                throw record.reader.damaged("traffic endpoint \(endpoint)", expected: "one of \(world.traffic.count)")
            }
            world.startTraffic(endpoint, at: time)
        case .command(let text, let computer, let time):
            guard computer < known, !world.computers[computer].isServed,
                let command = try? ControlCommand.parse(text.split(separator: " ").map(String.init))
            else { throw record.reader.damaged("the command \"\(text)\"", expected: "one that can be typed") }
            _ = world.execute(command, on: computer, at: time)
        case .stopTraffic:
            world.stopSteps()
            for index in world.traffic.indices { world.traffic[index].stop() }
        case .end: return false
        }
        return true
    }
}
