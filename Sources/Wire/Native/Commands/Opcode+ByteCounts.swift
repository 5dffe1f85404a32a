extension Opcode {
    /// Bytes of the command's input, any list at its end not counted.
    public var inputByteCount: Int { byteCounts.input }

    /// Bytes of the command's output, any list at its end not counted.
    public var outputByteCount: Int { byteCounts.output }

    private var byteCounts: (input: Int, output: Int) {
        switch self {
        case .enableHCA, .disableHCA:
            (0x10, 0xc)
        case .teardownHCA, .queryPages, .managePages, .setISSI, .allocSF, .deallocSF, .destroyMKey, .destroyEQ,
            .destroyCQ, .destroyQP, .toErrQP, .toRstQP, .destroyXRCSRQ, .armXRCSRQ, .queryVportState,
            .modifyVportState, .allocQCounter, .deallocQCounter, .allocPD, .deallocPD, .allocUAR, .deallocUAR,
            .accessRegister, .allocXRCD, .deallocXRCD, .allocTransportDomain, .deallocTransportDomain,
            .queryCongStatus, .addVXLANUDPDPort, .deleteVXLANUDPDPort, .createLAG, .destroyTIR, .destroySQ,
            .destroyRQ, .destroyRMP, .destroyTIS, .destroyRQT, .allocFlowCounter, .deallocFlowCounter,
            .deallocPacketReformatContext, .allocModifyHeaderContext, .deallocModifyHeaderContext,
            .createGeneralObject, .modifyGeneralObject, .queryGeneralObject, .destroyGeneralObject, .destroyUCTX,
            .destroyUmem:
            (0x10, 0x10)
        case .querySpecialContexts, .queryVHCAState:
            (0x10, 0x20)
        case .queryRoCEAddress:
            (0x10, 0x30)
        case .queryISSI:
            (0x10, 0x70)
        case .queryEswFunctions:
            (0x10, 0x80)
        case .queryAdapter, .queryEQ, .queryCQ, .queryEswVportContext, .queryNICVportContext, .querySQ, .queryRQ:
            (0x10, 0x110)
        case .queryMKey:
            (0x10, 0x130)
        case .queryQP:
            (0x10, 0x1d0)
        case .queryVNICEnv:
            (0x10, 0x210)
        case .queryHCACap:
            (0x10, 0x1010)
        case .initHCA, .queryFlowCounter, .modifyVHCAState:
            (0x20, 0x10)
        case .queryQCounter:
            (0x20, 0x100)
        case .queryVportCounter:
            (0x20, 0x210)
        case .allocPacketReformatContext:
            (0x24, 0x10)
        case .setRoCEAddress, .createUmem:
            (0x30, 0x10)
        case .setL2TableEntry, .deleteL2TableEntry, .setFlowTableRoot, .createFlowTable, .destroyFlowTable,
            .destroyFlowGroup, .deleteFlowTableEntry, .modifyFlowTable, .createUCTX:
            (0x40, 0x10)
        case .destroySchedulingElement:
            (0x40, 0x40)
        case .queryFlowTableEntry:
            (0x40, 0x340)
        case .setDriverVersion:
            (0x50, 0x10)
        case .querySchedulingElement:
            (0x40, 0x80)
        case .createSchedulingElement:
            (0x80, 0x40)
        case .modifySchedulingElement:
            (0x80, 0x10)
        case .createTIS, .modifyTIS:
            (0xc0, 0x10)
        case .createMKey, .createEQ, .createCQ, .modifyCQ, .createQP, .rst2InitQP, .init2RTRQP, .rtr2RTSQP,
            .rts2RTSQP, .init2InitQP, .createXRCSRQ, .modifyEswVportContext, .createTIR, .modifyTIR, .createSQ,
            .modifySQ, .createRQ, .modifyRQ, .createRMP, .modifyRMP, .createRQT, .modifyRQT:
            (0x110, 0x10)
        case .modifyNICVportContext:
            (0x200, 0x10)
        case .setFlowTableEntry:
            (0x340, 0x10)
        case .createFlowGroup:
            (0x400, 0x10)
        case .setHCACap:
            (0x1010, 0x10)
        }
    }
}
