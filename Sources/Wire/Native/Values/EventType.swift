/// Types of event queue entries (native interface, section 5.5).
public enum EventType: UInt8, CaseIterable, Sendable {
    case completion = 0x0
    case pathMigrated = 0x1
    case communicationEstablished = 0x2
    case sqDrained = 0x3
    case cqError = 0x4
    case wqCatastrophicError = 0x5
    case pathMigrationFailed = 0x7
    case portChange = 0x9
    case commandInterface = 0xa
    case pageRequest = 0xb
    case pageFault = 0xc
    case nicVportChange = 0xd
    case eswFunctionsChanged = 0xe
    case vhcaStateChange = 0xf
    case wqInvalidRequest = 0x10
    case wqAccessError = 0x11
    case srqCatastrophicError = 0x12
    case srqLastWQE = 0x13
    case srqLimit = 0x14
    case portModule = 0x16
    case temperatureWarning = 0x17
    case dctDrained = 0x1c
    case general = 0x22
    case monitorCounter = 0x24
    case pps = 0x25
    case deviceTracer = 0x26
    case objectChange = 0x27
}
