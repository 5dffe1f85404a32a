internal import BasicContainers
import Capture
internal import Host
internal import NIC
package import Servers
internal import Simulation

/// Serves functions to drivers outside until `stop` has come.
///
/// `report` gets a line whenever a socket listens and whenever a client comes or goes.
/// - Throws: what is wrong with the request. Clients can do nothing that ends a session.
package func serve(
    _ request: ServeRequest, until stop: StopSignal, report: @escaping (String) -> Void
) throws(ScenarioError) -> RunResult {
    let (document, functions) = try request.resolve()
    let seed = request.scenario == nil ? request.seed : document.seed
    let options = RunOptions(seed: seed, outputs: request.outputs, writesScenarioCaptures: false)
    var session = LiveSession(world: try World(document, options: options), report: report)
    session.followsSteps = request.scenario != nil
    do throws(SystemError) {
        try session.open(functions, at: request.sockets)
        if let path = request.console {
            session.console = try CommandConsole(path: path)
            report("listening on \(path)")
        }
    } catch {
        session.close()
        throw ScenarioError([
            Mistake(
                SourceLocation(file: "serve"), found: "\(error)", expected: "a free socket, and the right to attach")
        ])
    }
    do throws(CaptureError) {
        if let path = request.record { try session.record(request, to: path) }
        if let path = request.busTrace { try session.traceBus(to: path) }
        session.world.begin()
        var result = try session.run(outputs: request.outputs, until: stop, counters: document.frameCounters)
        result.scenario = document.name
        result.path = document.path
        result.seed = seed
        evaluateExpectations(of: document, in: &result, counters: session.sink.frameCounters)
        return result
    } catch {
        session.close()
        throw ScenarioError([Mistake(SourceLocation(file: error.file), found: error.found, expected: error.expected)])
    }
}

/// A world whose time is real time, and the sockets at which the drivers of its functions are.
///
/// Simulated time follows the machine's clock: no event happens before its time, except while a driver waits for the
/// answer to a read. What a driver sends is stamped with the present, so a session is a scenario that is written
/// while it runs.
struct LiveSession: ~Copyable {
    var world: World
    let clock = RealTime()
    var waiter = Waiter()
    /// The functions that exist and are served.
    var functions: [ServedFunction] = []
    /// All that are served while they exist.
    var places: [Place] = []
    /// What passed the sockets of functions that are gone.
    var gone: [RunResult.Live.Function] = []
    /// Where people type commands for hosts with our driver.
    var console: CommandConsole?
    /// The command from there that is running, or is to run once the driver has found its functions.
    var typed: TypedCommand?
    /// Whether the world follows the steps of its scenario: they also start the traffic.
    var followsSteps = false
    /// Interfaces of this machine, each with the traffic endpoint it is.
    var taps: [(tap: NetworkTap, endpoint: Int)] = []
    let sink = CaptureSink()
    var recorder: SessionRecorder?
    private var busTrace: BusTraceWriter?
    /// The steps to follow, when a scenario is run.
    var script: LiveScript?
    let report: (String) -> Void
    var timing = LiveTiming()
    /// When a client last wanted something.
    var lastHeard = SimTime.zero
    /// When the session must look around although nothing happens.
    private var deadline = SimTime.never
    /// Whether events are due that have not been handled: simulated time is behind.
    var isBehind = false

    /// Events handled between two looks at the sockets.
    private static let batch = 4096
    /// Messages of one client handled between two looks at the others.
    private static let turn = 64
    /// Most that simulated time may be ahead before a client is heard again: one that only reads would push it on.
    private static let longestLead = SimDuration.milliseconds(1)
    /// How long a driver with a receive queue says nothing before a replay begins: it may have rules to make.
    private static let settling = SimDuration.milliseconds(500)
    /// How long the sockets are watched without sleeping after a message: a driver that talks goes on talking, and
    /// waking up takes longer than its next message.
    private static let attention = SimDuration.microseconds(50)
    /// How long guests may take to shut down.
    private static let dismissal = SimDuration.milliseconds(6000)
    /// Waits shorter than this are spent looking at the sockets: sleeping takes longer.
    private static let shortestSleep = SimDuration.microseconds(50)

    /// A function and the socket it is served at.
    struct ServedFunction {
        var server: VFIOUserServer
        var computer: Int
        var nextTag: UInt32 = 0
        /// When its client last wanted something.
        var lastHeard = SimTime.zero
        /// The read that is waited for, and what it found.
        var awaitedTag: UInt32?
        var found: UInt64?
        /// What the client of a virtual function finds in place of its physical function's registers.
        var registers: VirtualFunctionRegisters?
    }

    init(world: consuming World, report: @escaping (String) -> Void) {
        self.world = world
        self.report = report
    }

    /// Writes what crosses the buses to `path`.
    mutating func traceBus(to path: String) throws(CaptureError) {
        busTrace = try BusTraceWriter(path: path)
        world.setBusLogs(true)
    }

    /// Removes the sockets' files.
    func close() {
        for function in functions { function.server.close() }
        console?.close()
    }

    /// Serves until `stop` has come; then everybody is disconnected and the report is made.
    mutating func run(
        outputs: [RunOptions.Output], until stop: StopSignal, counters: [FrameCounter] = [],
        comment: String = "martlet serve"
    ) throws(CaptureError) -> RunResult {
        world.medium.taps.enabledPoints = CaptureSink.wantedPoints(
            outputs: outputs, counters: counters, points: world.points)
        if recorder != nil { world.medium.taps.enabledPoints.formUnion(world.portPoints) }
        try sink.open(
            outputs: outputs, counters: counters, points: world.points, rates: world.pointRates(), comment: comment)
        while !stop.hasCome {
            advance()
            try follow()
            if script == nil { startTraffic() } else if advanceScript() { break }
            serveConsole()
            if let failure = recorder?.failure { throw failure }
            if world.medium.taps.byteCount > 1 << 19 { try sink.take(from: &world.medium.taps) }
            try world.drainBusLogs(into: busTrace)
            wait(stop)
            for index in functions.indices { serve(index) }
            takeFromTaps()
        }
        try dismissGuests(stop)
        close()
        settle()
        recorder?.note(.end, after: world.eventCount)
        // Takes events of its own, which the replay adds in the same place: after the last input.
        world.readHardwareCounters()
        try sink.take(from: &world.medium.taps)
        var result = world.report()
        result.live = live
        if let script {
            result.outputs = script.outputs
            result.failure = script.failure
            result.counters = (result.counters + script.counters).sorted { $0.name < $1.name }
            if stop.hasCome { result.failure = RunResult.Failure(text: "interrupted") }
        }
        try recorder?.finish()
        try world.drainBusLogs(into: busTrace)
        try busTrace?.finish()
        result.files = try sink.finish()
        return result
    }

    /// Serves the guests until they have shut down, and ends those that do not.
    private mutating func dismissGuests(_ stop: StopSignal) throws(CaptureError) {
        let guests = script?.guests.compactMap { $0 } ?? []
        guests.forEach { $0.dismiss() }
        deadline = clock.now + Self.dismissal
        while clock.now < deadline, guests.contains(where: { !$0.hasEnded() }) {
            advance()
            try follow()
            if world.medium.taps.byteCount > 1 << 19 { try sink.take(from: &world.medium.taps) }
            try world.drainBusLogs(into: busTrace)
            wait(stop)
            for index in functions.indices { serve(index) }
        }
        guests.forEach { $0.end() }
    }

    /// Serves what functions there are now.
    private mutating func follow() throws(CaptureError) {
        do throws(SystemError) {
            try followFunctions()
        } catch {
            throw CaptureError(file: "serve", found: "\(error)", expected: "a free socket")
        }
    }

    /// What the sockets and interfaces have to say.
    private var live: RunResult.Live {
        var live = RunResult.Live()
        live.behind = timing.latest
        live.ahead = timing.earliest
        live.lostPages = VFIOUserServer.lostPageCount
        live.functions = gone + functions.map { Self.summary(of: $0) }
        live.taps = taps.map {
            RunResult.Live.Tap(name: $0.tap.name, refused: $0.tap.refusedCount, oversize: $0.tap.oversizeCount)
        }
        return live
    }

    /// When traffic endpoint `index` may start: the driver can receive and has said nothing for a while.
    ///
    /// `nil` while there is no receive queue, and when the endpoint has started or never will.
    private func startTime(ofTraffic index: Int) -> SimTime? {
        guard !followsSteps, !world.traffic[index].isStarted, !world.traffic[index].isFinished,
            let computer = world.computer(facingTraffic: index),
            let function = functions.first(where: { $0.computer == computer }),
            world.isReceiving(function.server.function)
        else { return nil }
        return function.lastHeard + Self.settling
    }

    /// When the script or a replay must be looked at although nothing happens.
    private var nextLook: SimTime {
        if let script { return script.nextLook ?? .never }
        var first = SimTime.never
        for index in world.traffic.indices { first = min(first, startTime(ofTraffic: index) ?? .never) }
        return first
    }

    /// Starts what sends by itself once the driver at the other end of its wire can receive.
    private mutating func startTraffic() {
        for index in world.traffic.indices where !world.traffic[index].isStarted && !world.traffic[index].isFinished {
            guard let due = startTime(ofTraffic: index), clock.now >= due else { continue }
            let time = max(world.now, clock.now)
            recorder?.note(.startTraffic(endpoint: index, time: time), after: world.eventCount)
            world.startTraffic(index, at: time)
        }
    }

    /// Lets everything happen that is due.
    private mutating func advance() {
        let present = clock.now
        if let next = world.nextEventTime, next < present { timing.wasLate(by: present - next) }
        isBehind = world.run(until: present, atMost: Self.batch)
        collect()
        giveToTaps()
    }

    private mutating func wait(_ stop: StopSignal) {
        waiter.removeAll()
        _ = waiter.add(stop.descriptor)
        if isAhead {
            waiter.wait(nanoseconds: (world.now - clock.now).picoseconds / 1000)
            return stop.look()
        }
        for function in functions {
            let server = function.server
            if let channel = server.channel {
                _ = waiter.add(channel.socket, forWriting: channel.isSending)
            } else {
                _ = waiter.add(server.listener)
            }
        }
        for case let guest? in script?.guests ?? [] where !guest.isGone { _ = waiter.add(guest.output) }
        if let descriptor = console?.descriptor { _ = waiter.add(descriptor) }
        // While simulated time is behind, the kernel's queue is where frames wait.
        if !isBehind { for (tap, _) in taps { _ = waiter.add(tap.descriptor) } }
        waiter.wait(nanoseconds: sleep)
        stop.look()
        for function in functions { function.server.channel?.flush() }
    }

    /// Whether reads have taken simulated time so far ahead that the clients must wait for the clock.
    private var isAhead: Bool { world.now > clock.now + Self.longestLead }

    /// How long nothing will happen by itself, in nanoseconds; `nil` when nothing will.
    private var sleep: UInt64? {
        if isBehind || functions.contains(where: { $0.server.isPending }) { return 0 }
        if clock.now < lastHeard + Self.attention { return 0 }
        let next = min(world.nextEventTime ?? .never, nextLook, deadline)
        if next == .never { return nil }
        let present = clock.now
        guard next > present else { return 0 }
        let left = next - present
        return left < Self.shortestSleep ? 0 : (left.picoseconds - Self.shortestSleep.picoseconds) / 1000
    }

    /// When what comes in now happens: the present, or where simulated time has got to if it is behind or ahead.
    var stamp: SimTime { isBehind ? world.now : max(world.now, clock.now) }

    // MARK: Requests

    private mutating func serve(_ index: Int) {
        let computer = functions[index].computer
        for _ in 0..<Self.turn where !isAhead {
            let request = functions[index].server.nextRequest(host: &world.platform[computer])
            recordMappings(index)
            guard let request else { return }
            perform(request, index)
            lastHeard = clock.now
            functions[index].lastHeard = lastHeard
        }
    }

    private mutating func perform(_ request: VFIOUserServer.Request, _ index: Int) {
        let server = functions[index].server
        switch request {
        case .connected: report("\(server.path): a client has connected")
        case .read(let region, let offset, let count):
            server.answerRead(read(index, region: region, offset: offset, count: count), region: region, offset: offset)
        case .write(let writes):
            for write in writes { self.write(index, write) }
            server.acknowledge()
        case .reset:
            reset(index)
            server.acknowledge()
        case .messages(let isEnabled):
            if isEnabled { enableMessages(index) }
            server.acknowledge()
        case .disconnected(let reason):
            reset(index)
            report("\(server.path): the client is gone" + (reason.map { " (it sent \($0))" } ?? ""))
        }
    }

    /// Hands out what the functions have sent to their drivers.
    mutating func collect() {
        for computer in 0..<world.computers.count {
            for position in 0..<world.computers[computer].outward.count {
                let (_, event) = world.computers[computer].outward[position]
                guard
                    let index = functions.firstIndex(where: {
                        $0.computer == computer && $0.server.function == event.function
                    })
                else { continue }
                switch event {
                case .completion(_, let tag, let value):
                    if functions[index].awaitedTag == tag { functions[index].found = value }
                case .interrupt(_, let vector): functions[index].server.raise(vector: Int(vector))
                case .fault: functions[index].server.counters.faults += 1
                case .configurationRead, .configurationWrite, .memoryRead, .memoryWrite: break
                }
            }
            world.computers[computer].outward.removeAll()
        }
    }

    // MARK: TAP interfaces

    private mutating func giveToTaps() {
        for (tap, endpoint) in taps where world.traffic[endpoint].outward.count > 0 {
            for index in 0..<world.traffic[endpoint].outward.count {
                world.traffic[endpoint].outward.withFrame(index) { tap.write($0) }
            }
            world.traffic[endpoint].outward.removeAll()
        }
    }

    private mutating func takeFromTaps() {
        guard !isBehind else { return }
        for (tap, endpoint) in taps {
            for _ in 0..<Self.turn {
                var frame: [UInt8]?
                guard tap.read({ frame = Array($0) }) else { break }
                guard let frame else { continue }
                let time = stamp
                recorder?.note(.frame(frame, endpoint: endpoint, time: time), after: world.eventCount)
                frame.withUnsafeBytes { world.send($0, fromTraffic: endpoint, at: time) }
            }
        }
    }

    /// Ends what is still going on: no client, no traffic, and every event handled.
    private mutating func settle() {
        for index in functions.indices where functions[index].server.channel != nil {
            _ = functions[index].server.disconnect(nil, host: &world.platform[functions[index].computer])
            recordMappings(index)
            reset(index)
        }
        recorder?.note(.stopTraffic, after: world.eventCount)
        world.stopSteps()
        for index in world.traffic.indices { world.traffic[index].stop() }
        while world.run(until: .never, atMost: Self.batch) { collect() }
    }
}
