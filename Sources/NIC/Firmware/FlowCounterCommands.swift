import Host
import Wire

/// Counters of flow table entries (native interface, section 6.10).
extension NIC {
    /// Most counters of one query, as a power of two (`log_max_flow_counter_bulk`).
    static let logLongestCounterBulk = 15

    mutating func allocFlowCounter(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        guard command.number(AllocFlowCounter.flowCounterBulk) == 0,
            command.number(AllocFlowCounter.flowCounterBulkLogSize) == 0
        else { throw .counterBulk }
        let index = Int(function.index)
        guard functions[index].resources.flowCounters.hasRoom else { throw .limit(.flowCounter) }
        guard functions[index].firmware.pages.charge() else { throw .outOfPages }
        let counter = steering.addCounter()
        guard let number = functions[index].resources.flowCounters.insert(counter) else {
            throw .limit(.flowCounter)
        }
        steering[counter].number = UInt32(truncatingIfNeeded: number)
        command.reply(AllocFlowCounter.flowCounterId, number)
    }

    mutating func deallocFlowCounter(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let index = Int(function.index)
        let number = command.number(DeallocFlowCounter.flowCounterId)
        guard let counter = functions[index].resources.flowCounters.find(number) else {
            throw .missing(.flowCounter)
        }
        guard steering.removeCounter(counter) else { throw .busy(.flowCounter) }
        functions[index].resources.flowCounters.remove(number)
        functions[index].firmware.pages.release()
    }

    /// Frames and bytes of one counter or of several that follow each other; zero means one.
    ///
    /// One that is named alone must exist; of several, those that do not exist have counted nothing.
    mutating func queryFlowCounter(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let index = Int(function.index)
        let count = max(1, command.number(QueryFlowCounter.numOfCounters))
        let first = command.number(QueryFlowCounter.flowCounterId)
        guard count <= 1 << Self.logLongestCounterBulk else { throw .counterBulk }
        guard command.outputRoom >= QueryFlowCounter.flowStatistics + count * 16 else { throw .counterAnswerTooShort }
        guard count > 1 || functions[index].resources.flowCounters.contains(first) else {
            throw .missing(.flowCounter)
        }
        command.output.bytes.append(contentsOf: repeatElement(0, count: count * 16))
        for place in 0..<count {
            guard let counter = functions[index].resources.flowCounters.find(first + place) else { continue }
            let offset = QueryFlowCounter.flowStatistics + place * 16
            command.output.set64(offset, steering[counter].frames)
            command.output.set64(offset + 8, steering[counter].bytes)
            if command.number(QueryFlowCounter.clear) != 0 { steering[counter].clear() }
        }
    }
}
