import Host
import Simulation
import Wire

/// The command queue: entries are fetched, checked, executed and answered, each by itself and in any order
/// (native interface, sections 2.1 to 2.3).
extension NIC {
    /// What the firmware was waiting for has happened.
    mutating func handleFirmware(
        _ event: FirmwareEvent, of function: FunctionID, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        guard functions.contains(Int(function.index)) else { return }
        let current = functions[Int(function.index)].firmware.life
        switch event {
        case .entryArrived(let slot, let life) where life == current:
            entryArrived(Int(slot), of: function, at: now, platform: &platform)
        case .blockArrived(let slot, let life) where life == current:
            blockArrived(Int(slot), of: function, at: now, platform: &platform)
        case .executed(let slot, let life) where life == current:
            finishExecution(Int(slot), of: function, at: now, platform: &platform, medium: &medium)
        case .outputArrived(let slot, let life) where life == current:
            outputArrived(Int(slot), of: function, at: now, platform: &platform)
        default:
            break
        }
    }

    /// The driver rang for the entries in `vector`.
    ///
    /// One that is under way already is not taken twice.
    mutating func fetchCommands(_ vector: UInt32, of function: FunctionID, at now: SimTime) {
        let index = Int(function.index)
        guard functions[index].firmware.isQueueValid else { return }
        if functions[index].firmware.slots.isEmpty {
            let count = 1 << functions[index].firmware.parameters.logCommandQueueSize
            functions[index].firmware.slots = Array(repeating: CommandSlot(), count: count)
        }
        let start = now + functions[index].firmware.parameters.doorbellTime
        for slot in functions[index].firmware.slots.indices where vector >> UInt32(slot) & 1 != 0 {
            guard functions[index].firmware.slots[slot].phase == .idle else { continue }
            functions[index].firmware.slots[slot] = CommandSlot()
            functions[index].firmware.slots[slot].phase = .fetchingEntry
            functions[index].firmware.slots[slot].doorbellTime = now
            let address = functions[index].firmware.entryAddress(slot)
            functions[index].firmware.slots[slot].entryAddress = address
            let time = link(of: function).pointee.read(
                of: function, byteCount: CommandEntry.byteCount, address: address, at: start)
            schedule(.entryArrived(slot: UInt8(slot), life: functions[index].firmware.life), of: function, at: time)
        }
    }

    private mutating func schedule(_ event: FirmwareEvent, of function: FunctionID, at time: SimTime) {
        events.schedule(.firmware(function, event), at: time)
    }

    // MARK: Input

    private mutating func entryArrived(_ slot: Int, of function: FunctionID, at now: SimTime, platform: inout Platform)
    {
        let index = Int(function.index)
        let address = functions[index].firmware.slots[slot].entryAddress
        guard let entry = readHost(function, address, byteCount: CommandEntry.byteCount, at: now, platform: &platform)
        else {
            reportUnreachable(address, of: function, at: now)
            functions[index].firmware.slots[slot].phase = .idle
            return
        }
        guard entry.get(CommandEntry.ownership) == 1 else {
            functions[index].firmware.slots[slot].phase = .idle
            return
        }
        do throws(DeliveryStatus) {
            let limit = functions[index].firmware.parameters.maximumCommandByteCount
            try functions[index].firmware.slots[slot].begin(entry, byteCountLimit: limit)
            fetchNext(slot, of: function, at: now)
        } catch {
            refuse(slot, of: function, with: error, at: now)
        }
    }

    /// Fetches the next block of input, then of output; then executes.
    private mutating func fetchNext(_ slot: Int, of function: FunctionID, at now: SimTime) {
        let index = Int(function.index)
        let life = functions[index].firmware.life
        do throws(DeliveryStatus) {
            guard let fetch = try functions[index].firmware.slots[slot].nextFetch() else {
                startExecution(slot, of: function, at: now)
                return
            }
            let time = link(of: function).pointee.read(
                of: function, byteCount: fetch.byteCount, address: fetch.address, at: now)
            schedule(.blockArrived(slot: UInt8(slot), life: life), of: function, at: time)
        } catch {
            refuse(slot, of: function, with: error, at: now)
        }
    }

    private mutating func blockArrived(_ slot: Int, of function: FunctionID, at now: SimTime, platform: inout Platform)
    {
        let index = Int(function.index)
        let fetch = functions[index].firmware.slots[slot].currentFetch
        let block = readHost(function, fetch.address, byteCount: fetch.byteCount, at: now, platform: &platform)
        do throws(DeliveryStatus) {
            try functions[index].firmware.slots[slot].take(block)
            fetchNext(slot, of: function, at: now)
        } catch {
            refuse(slot, of: function, with: error, at: now)
        }
    }

    // MARK: Execution

    private mutating func startExecution(_ slot: Int, of function: FunctionID, at now: SimTime) {
        let index = Int(function.index)
        let time = functions[index].firmware.reserveProcessor(forSlot: slot, at: now)
        schedule(.executed(slot: UInt8(slot), life: functions[index].firmware.life), of: function, at: time)
    }

    private mutating func finishExecution(
        _ slot: Int, of function: FunctionID, at now: SimTime, platform: inout Platform, medium: inout Medium
    ) {
        let index = Int(function.index)
        // Decided before the command has its effect: the one that creates the event queue is still polled for.
        functions[index].firmware.slots[slot].raisesEvent = wants(.commandInterface, function)
        let input = functions[index].firmware.slots[slot].input
        let room = functions[index].firmware.slots[slot].outputByteCount
        let reply = execute(input, outputRoom: room, of: function, at: now, platform: &platform, medium: &medium)
        functions[index].firmware.slots[slot].finish(reply)
        writeOutput(slot, of: function, at: now)
    }

    /// The entry could not be taken: nothing of its command has happened, and only the status byte is written.
    private mutating func refuse(
        _ slot: Int, of function: FunctionID, with status: DeliveryStatus, at now: SimTime
    ) {
        let index = Int(function.index)
        functions[index].firmware.slots[slot].raisesEvent = wants(.commandInterface, function)
        functions[index].firmware.slots[slot].delivery = status
        functions[index].firmware.slots[slot].outputBlocks = []
        functions[index].firmware.slots[slot].output = Record(byteCount: 0)
        writeOutput(slot, of: function, at: now)
    }

    // MARK: Output

    /// Sends the output on its way: blocks first, then the entry; it is seen in host memory when all has arrived.
    private mutating func writeOutput(_ slot: Int, of function: FunctionID, at now: SimTime) {
        let index = Int(function.index)
        functions[index].firmware.slots[slot].phase = .writingOutput
        var time = now
        for block in functions[index].firmware.slots[slot].outputBlocks {
            time =
                link(of: function).pointee.write(
                    of: function, byteCount: Mailbox.dataByteCount, address: block, at: time
                ).accepted
        }
        let address = functions[index].firmware.slots[slot].entryAddress + UInt64(CommandEntry.output)
        let byteCount = CommandEntry.byteCount - CommandEntry.output
        let visible = link(of: function).pointee.write(of: function, byteCount: byteCount, address: address, at: time)
            .visible
        schedule(
            .outputArrived(slot: UInt8(slot), life: functions[index].firmware.life), of: function, at: visible)
    }

    private mutating func outputArrived(_ slot: Int, of function: FunctionID, at now: SimTime, platform: inout Platform)
    {
        let index = Int(function.index)
        let command = functions[index].firmware.slots[slot]
        functions[index].firmware.slots[slot] = CommandSlot()
        for piece in command.outputPieces where !writeHost(function, piece, at: now, platform: &platform) {
            reportUnreachable(piece.address, of: function, at: now)
            return
        }
        functions[index].firmware.logCommand(command, slot: slot, function: function, at: now)
        if platform.isLogging(function) { platform.note(command.logEntry(slot: slot, function: function, at: now)) }
        if command.raisesEvent { raise(.commandsDone(1 << UInt32(slot)), to: function, at: now) }
        requestPages(of: function, at: now, platform: &platform)
    }

    /// Asks the driver for pages, or to take some back, when the reserve says so and it can be told.
    private mutating func requestPages(of function: FunctionID, at now: SimTime, platform: inout Platform) {
        let index = Int(function.index)
        guard functions[index].firmware.lifeCycle == .initialized, wants(.pageRequest, function),
            let count = functions[index].firmware.pages.takeRequest()
        else { return }
        let isEmbedded = functions[index].firmware.isEmbedded
        raise(.pageRequest(functionID: 0, count: Int32(count), isEmbeddedCPU: isEmbedded), to: function, at: now)
    }

    /// Whether any event queue of `function` takes asynchronous events of `type`.
    func wants(_ type: EventType, _ function: FunctionID) -> Bool {
        functions[Int(function.index)].resources.eventQueues.first(where: { $0.wants(type) }) != nil
    }
}
