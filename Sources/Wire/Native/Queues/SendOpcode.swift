/// What a send work queue entry asks for (native interface, section 5.1).
public enum SendOpcode: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case nop = 0x00
    case sendInvalidate = 0x01
    case rdmaWrite = 0x08
    case rdmaWriteImmediate = 0x09
    case send = 0x0a
    case sendImmediate = 0x0b
    /// Large send: the device cuts the payload into segments.
    case lso = 0x0e
    case rdmaRead = 0x10
    case atomicCompareAndSwap = 0x11
    case atomicFetchAndAdd = 0x12
    case atomicMaskedCompareAndSwap = 0x14
    case atomicMaskedFetchAndAdd = 0x15
    case bindMemoryWindow = 0x18
    case config = 0x1f
    case setPSV = 0x20
    case dump = 0x23
    case umr = 0x25
    case enhancedMultiPacketSend = 0x29
    case flowTableAccess = 0x2c
    case aso = 0x2d
}
