import Wire

/// What the firmware knows about a command before it looks at its fields: one row for each that is modelled.
struct CommandRule: Sendable {
    /// When a command is accepted (native interface, section 3.1).
    enum Phase: Sendable {
        /// ENABLE_HCA itself.
        case always
        /// After ENABLE_HCA.
        case enabled
        /// After INIT_HCA.
        case initialized
    }

    /// Whom a command may be about, and how it says so.
    enum Naming: Sendable {
        /// The function that issues it.
        case own
        /// Another vport: flag 0x8[31], number 0x8[15:0]; for the manager of its e-switch.
        case vport
        /// Another function: number 0x8[15:0], 0 being the issuer itself; for its manager.
        case function
        /// Another function: flag 0x8[31], number 0x8[15:0]; for its manager.
        case otherFunction
    }

    /// What a command costs beside what every command does.
    enum Cost: Sendable { case none, object, lifeCycle }

    var naming = Naming.own
    var phase = Phase.initialized
    /// Whether the operation modifier has no meaning, and so must be zero.
    var modifierIsZero = true
    /// Whether the input may be longer than its fields: a list follows them.
    var endsInList = false
    var cost = Cost.none

    /// Whether the command exists in interface version 1 only: everything that Ethernet needs.
    static func needsInterfaceVersion1(_ opcode: Opcode) -> Bool { opcode.rawValue >= 0x900 && opcode.rawValue < 0xa00 }

    /// The rule of `opcode`; `nil` for a command that is not modelled.
    static func of(_ opcode: Opcode) -> CommandRule? { rules[Int(opcode.rawValue)] }

    /// By opcode.
    private static let rules: [CommandRule?] = {
        var rules: [CommandRule?] = Array(repeating: nil, count: 0xc00)
        for (opcode, rule) in rows { rules[Int(opcode.rawValue)] = rule }
        return rules
    }()

    private static let plain = CommandRule()
    private static let object = CommandRule(cost: .object)
    private static let listed = CommandRule(endsInList: true, cost: .object)
    private static let early = CommandRule(phase: .enabled)

    private static let rows: [(Opcode, CommandRule)] = [
        // Life cycle and capabilities.
        (.enableHCA, CommandRule(naming: .function, phase: .always, modifierIsZero: false)),
        (.disableHCA, CommandRule(naming: .function, phase: .enabled)),
        (.queryISSI, early), (.setISSI, early), (.queryAdapter, early),
        (.initHCA, CommandRule(phase: .enabled, modifierIsZero: false, cost: .lifeCycle)),
        (.teardownHCA, CommandRule(modifierIsZero: false, cost: .lifeCycle)),
        (.queryHCACap, CommandRule(naming: .otherFunction, phase: .enabled, modifierIsZero: false)),
        (.setHCACap, CommandRule(naming: .otherFunction, phase: .enabled, modifierIsZero: false)),
        (.queryPages, CommandRule(naming: .function, phase: .enabled, modifierIsZero: false)),
        (.managePages, CommandRule(naming: .function, phase: .enabled, modifierIsZero: false, endsInList: true)),
        (.accessRegister, CommandRule(phase: .enabled, modifierIsZero: false, endsInList: true)),
        (.setDriverVersion, plain), (.querySpecialContexts, plain),
        // Subfunctions and what becomes of functions.
        (.allocSF, object), (.deallocSF, object), (.queryEswFunctions, early),
        (.queryVHCAState, CommandRule(phase: .enabled, modifierIsZero: false)),
        (.modifyVHCAState, CommandRule(phase: .enabled, modifierIsZero: false)),
        // Objects.
        (.allocUAR, plain), (.deallocUAR, plain), (.allocPD, plain), (.deallocPD, plain),
        (.allocTransportDomain, plain), (.deallocTransportDomain, plain),
        (.createMKey, listed), (.queryMKey, CommandRule(modifierIsZero: false)), (.destroyMKey, object),
        (.createEQ, listed), (.queryEQ, plain), (.destroyEQ, object),
        (.createCQ, listed), (.modifyCQ, CommandRule(modifierIsZero: false, endsInList: true, cost: .object)),
        (.queryCQ, plain), (.destroyCQ, object),
        (.createSQ, listed), (.modifySQ, listed), (.querySQ, plain), (.destroySQ, object),
        (.createRQ, listed), (.modifyRQ, listed), (.queryRQ, plain), (.destroyRQ, object),
        (.createTIS, object), (.modifyTIS, object), (.destroyTIS, object),
        (.createTIR, object), (.modifyTIR, object), (.destroyTIR, object),
        (.createRQT, listed), (.modifyRQT, listed), (.destroyRQT, object),
        (.allocQCounter, plain), (.deallocQCounter, plain), (.queryQCounter, CommandRule(naming: .vport)),
        // Steering: these name other vports in ways of their own, which their handlers look at.
        (.createFlowTable, object), (.destroyFlowTable, object),
        (.modifyFlowTable, CommandRule(modifierIsZero: false, cost: .object)),
        (.setFlowTableRoot, CommandRule(modifierIsZero: false, cost: .object)),
        (.createFlowGroup, object), (.destroyFlowGroup, object),
        (.setFlowTableEntry, CommandRule(modifierIsZero: false, endsInList: true, cost: .object)),
        (.queryFlowTableEntry, plain), (.deleteFlowTableEntry, object),
        (.allocFlowCounter, plain), (.deallocFlowCounter, plain), (.queryFlowCounter, plain),
        // Vports.
        (.queryVportState, CommandRule(naming: .vport, modifierIsZero: false)),
        (.modifyVportState, CommandRule(naming: .vport, modifierIsZero: false)),
        (.queryNICVportContext, CommandRule(naming: .vport)),
        (.modifyNICVportContext, CommandRule(naming: .vport, endsInList: true)),
        (.queryVportCounter, CommandRule(naming: .vport, modifierIsZero: false)),
        (.queryVNICEnv, CommandRule(naming: .vport)),
        (.queryEswVportContext, plain), (.modifyEswVportContext, plain),
        (.createSchedulingElement, plain), (.destroySchedulingElement, plain),
        (.querySchedulingElement, plain), (.modifySchedulingElement, plain),
        (.setL2TableEntry, plain), (.deleteL2TableEntry, plain),
        (.addVXLANUDPDPort, plain), (.deleteVXLANUDPDPort, plain),
    ]
}
