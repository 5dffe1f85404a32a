import Host
import Simulation
import Wire

extension CommandSlot {
    /// A command that is done, for the log of the bus.
    ///
    /// Words: opcode, operation modifier, slot, delivery status, status, syndrome, and the picoseconds since its
    /// doorbell; `count` is the bytes of its input.
    func logEntry(slot: Int, function: FunctionID, at now: SimTime) -> BusLog.Entry {
        var entry = BusLog.Entry(.command, function, at: now)
        entry.count = UInt32(inputByteCount)
        entry.words[0] = UInt64(input.get(CommandHeader.opcode))
        entry.words[1] = UInt64(input.get(CommandHeader.opMod))
        entry.words[2] = UInt64(slot)
        entry.words[3] = UInt64(delivery.rawValue)
        entry.words[4] = UInt64(output.get(CommandHeader.status))
        entry.words[5] = UInt64(output.get(CommandHeader.syndrome))
        entry.words[6] = (now - doorbellTime).picoseconds
        return entry
    }
}
