/// How a command ended: `CommandHeader.status` of its output (native interface, section 2.3).
public enum CommandStatus: UInt8, CaseIterable, Sendable, Error {
    case ok = 0x0
    case internalError = 0x1
    case badOpcode = 0x2
    case badParameter = 0x3
    case badSystemState = 0x4
    case badResource = 0x5
    case resourceBusy = 0x6
    case notReady = 0x7
    case limitsExceeded = 0x8
    case badResourceState = 0x9
    case badIndex = 0xa
    case noResources = 0xf
    case badQPState = 0x10
    case badPacket = 0x30
    case badOutstandingCQESize = 0x40
    case badInputLength = 0x50
    case badOutputLength = 0x51
}
