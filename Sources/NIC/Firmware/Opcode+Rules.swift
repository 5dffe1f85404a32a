import Wire

/// What the firmware knows about a command before it looks at its fields.
extension Opcode {
    /// Whether the input may be longer than its fields: a list follows them.
    var endsInList: Bool {
        switch self {
        case .managePages, .accessRegister, .createMKey, .createEQ, .createCQ, .modifyCQ, .createSQ, .createRQ,
            .createRQT, .modifyRQT, .setFlowTableEntry, .modifyNICVportContext, .createRMP, .createQP, .createXRCSRQ,
            .allocModifyHeaderContext, .allocPacketReformatContext, .createGeneralObject, .modifyGeneralObject,
            .modifySQ, .modifyRQ:
            true
        default: false
        }
    }

    /// Whether INIT_HCA must come first.
    var needsInitialization: Bool {
        switch self {
        case .enableHCA, .disableHCA, .queryISSI, .setISSI, .queryPages, .managePages, .queryHCACap, .setHCACap,
            .initHCA, .queryAdapter, .accessRegister:
            false
        default: true
        }
    }

    /// Whether the command exists in interface version 1 only: everything that Ethernet needs.
    var needsInterfaceVersion1: Bool { rawValue >= 0x900 && rawValue < 0xa00 }

    /// Whether the operation modifier has no meaning, and so must be zero.
    var modifierIsZero: Bool {
        switch self {
        case .queryPages, .managePages, .queryHCACap, .setHCACap, .accessRegister, .queryVportState,
            .modifyVportState, .setFlowTableEntry, .setFlowTableRoot, .queryVportCounter, .createGeneralObject,
            .modifyGeneralObject, .queryGeneralObject, .destroyGeneralObject, .modifyCQ, .queryMKey,
            .modifyFlowTable, .initHCA, .teardownHCA, .enableHCA, .queryVHCAState, .modifyVHCAState:
            false
        default: true
        }
    }
}
