import Host
import Simulation
import Wire

/// Receiving, first part: the flow tables choose where a frame goes (native interface, section 6.5).
extension NIC {
    /// A frame on its way through the flow tables of a function.
    struct Steering: BitwiseCopyable {
        var received: ReceivedFrame
        let key: FlowKey
        /// What is to be remembered of the walk.
        var walk: SteeringMemory.Walk
        /// Tables that may still be looked at, for the frame and all its copies.
        var budget: Int
    }

    /// Parses `frame`, which enters the receive pipeline of `function` at `time`, and steers it from the root table.
    @inline(__always)
    mutating func steer(
        _ frame: FrameID, from port: PortID, to function: FunctionID, at time: SimTime, now: SimTime,
        platform: inout Platform, medium: inout Medium
    ) {
        let index = Int(function.index)
        guard functions[index].reachesMemory, let root = functions[index].resources.receiveRoot else {
            functions[index].vport.counters.steeringDiscards &+= 1
            drop(frame, .steeringMiss, at: function, .inbound, time: now, medium: &medium)
            return
        }
        let bytes = UnsafeRawBufferPointer(medium.frames.bytes(frame))
        let headers = PacketHeaders(parsing: bytes)
        let received = ReceivedFrame(frame, port: port, ready: receivePipeline.pass(at: time), headers: headers)
        let key = FlowKey(headers, bytes)
        let revision = functions[index].resources.flowTables.revision
        if let walk = functions[index].resources.steeringMemory.walk(key, root: root, revision: revision),
            isCurrent(walk, function: index)
        {
            // What a walk that is remembered would do again, in the same simulated time.
            var received = received
            received.ready += parameters.flowTableLatency * (walk.pointee.tableCount - 1)
            received.flowTag = walk.pointee.flowTag
            select(
                received, by: walk.pointee.destination, function: function, at: now, platform: &platform,
                medium: &medium)
            return
        }
        var steering = Steering(
            received: received, key: key,
            walk: SteeringMemory.Walk(key: key, root: root, revision: revision), budget: parameters.deepestSteering)
        passTable(root, &steering, function, now, &platform, &medium)
    }

    /// Whether the tables that `walk` passed are as they were.
    @inline(__always) private mutating func isCurrent(
        _ walk: UnsafePointer<SteeringMemory.Walk>, function index: Int
    ) -> Bool {
        for place in 0..<walk.pointee.tableCount {
            let table = Int(walk.pointee.tables[place])
            let compilations = walk.pointee.compilations[place]
            guard functions[index].resources.flowTables[table].isUnchanged(since: compilations) else { return false }
        }
        return true
    }

    /// Looks the frame up in table `number` and does what the table says.
    private mutating func passTable(
        _ number: Int, _ steering: inout Steering, _ function: FunctionID, _ now: SimTime, _ platform: inout Platform,
        _ medium: inout Medium
    ) {
        let index = Int(function.index)
        var table = number
        while true {
            guard steering.budget > 0 else { return discard(steering, .steeringLoop, function, now, &medium) }
            guard functions[index].resources.flowTables.contains(table) else {
                return discard(steering, .badDestination, function, now, &medium)
            }
            if steering.budget < parameters.deepestSteering { steering.received.ready += parameters.flowTableLatency }
            steering.budget -= 1
            functions[index].resources.flowTables[table].compile()
            let compilations = functions[index].resources.flowTables[table].compilationCount
            steering.walk.pass(table, compilations: compilations)
            if let action = functions[index].resources.flowTables[table].compiled?.lookUp(steering.key) {
                guard let next = apply(action, of: table, &steering, function, now, &platform, &medium) else { return }
                table = next
            } else {
                guard functions[index].resources.flowTables[table].missAction == .forwardToTable else {
                    return discard(steering, .steeringMiss, function, now, &medium)
                }
                table = functions[index].resources.flowTables[table].missTable
            }
        }
    }

    /// Does what action `number` of `table` says; returns the table to go on with, if any.
    private mutating func apply(
        _ number: Int, of table: Int, _ steering: inout Steering, _ function: FunctionID, _ now: SimTime,
        _ platform: inout Platform, _ medium: inout Medium
    ) -> Int? {
        let index = Int(function.index)
        guard let action = functions[index].resources.flowTables[table].compiled?.actions[number] else { return nil }
        if action.action.contains(.count) || action.destinationCount != 1 { steering.walk.isCertain = false }
        let byteCount = medium.frames[steering.received.frame].byteCount
        for place in action.firstCounter..<action.firstCounter + action.counterCount
        where action.action.contains(.count) {
            guard let counter = functions[index].resources.flowTables[table].compiled?.counters[place],
                functions[index].resources.flowCounters.contains(counter)
            else { continue }
            functions[index].resources.flowCounters[counter].add(byteCount)
        }
        if action.flowTag != 0 { steering.received.flowTag = action.flowTag }
        guard !action.action.contains(.drop), action.action.contains(.forward), action.destinationCount > 0 else {
            discard(steering, .steeringDrop, function, now, &medium)
            return nil
        }
        let last = action.firstDestination + action.destinationCount - 1
        for place in action.firstDestination..<last {
            guard let destination = functions[index].resources.flowTables[table].compiled?.destinations[place] else {
                continue
            }
            sendCopy(to: destination, &steering, function, now, &platform, &medium)
        }
        guard let destination = functions[index].resources.flowTables[table].compiled?.destinations[last] else {
            return nil
        }
        if case .table(let next) = destination { return next }
        finish(destination, steering, function, now, &platform, &medium)
        return nil
    }

    private mutating func sendCopy(
        to destination: FlowEntry.Destination, _ steering: inout Steering, _ function: FunctionID, _ now: SimTime,
        _ platform: inout Platform, _ medium: inout Medium
    ) {
        guard steering.budget > 0 else { return }
        var copy = steering
        copy.received.frame = medium.frames.copy(steering.received.frame)
        if case .table(let next) = destination {
            passTable(next, &copy, function, now, &platform, &medium)
            steering.budget = copy.budget
        } else {
            steering.budget -= 1
            finish(destination, copy, function, now, &platform, &medium)
        }
    }

    private mutating func finish(
        _ destination: FlowEntry.Destination, _ steering: Steering, _ function: FunctionID, _ now: SimTime,
        _ platform: inout Platform, _ medium: inout Medium
    ) {
        switch destination {
        case .receiveInterface(let number):
            var walk = steering.walk
            walk.flowTag = steering.received.flowTag
            walk.destination = number
            functions[Int(function.index)].resources.steeringMemory.keep(walk)
            select(steering.received, by: number, function: function, at: now, platform: &platform, medium: &medium)
        case .table, .vport, .uplink: discard(steering, .badDestination, function, now, &medium)
        }
    }

    private mutating func discard(
        _ steering: Steering, _ reason: DropReason, _ function: FunctionID, _ now: SimTime, _ medium: inout Medium
    ) {
        functions[Int(function.index)].vport.counters.steeringDiscards &+= 1
        drop(steering.received.frame, reason, at: function, .inbound, time: now, medium: &medium)
    }
}

extension FramePool {
    /// A new frame with the bytes and the journey of `frame`.
    fileprivate mutating func copy(_ frame: FrameID) -> FrameID {
        let copy = create(byteCount: self[frame].byteCount, journey: self[frame].journey)
        bytes(copy).copyMemory(from: UnsafeRawBufferPointer(bytes(frame)))
        return copy
    }
}
