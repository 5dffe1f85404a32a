/// Whether a command queue entry could be taken at all: `CommandEntry.deliveryStatus` (native interface, section 2.3).
public enum DeliveryStatus: UInt8, CaseIterable, Sendable, Error {
    case ok = 0x0
    case badSignature = 0x1
    case badToken = 0x2
    case badBlockNumber = 0x3
    case badOutputPointer = 0x4
    case badInputPointer = 0x5
    case firmwareError = 0x6
    case badInputLength = 0x7
    case badOutputLength = 0x8
    case reservedNotZero = 0x9
    case badDescriptor = 0x10
}
