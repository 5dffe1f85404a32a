/// Where a receive queue takes its buffers from: `mem_rq_type` (native interface, section 6.2).
public enum MemoryRQType: UInt8, CaseIterable, Sendable {
    case inline = 0
    case rmp = 1
}
