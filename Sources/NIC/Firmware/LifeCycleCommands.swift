import Host
import Simulation
import Wire

/// Start and end of a function (native interface, sections 3.1 and 3.5).
extension Function {
    mutating func enableOwn(_ command: Command) throws(Syndrome) {
        guard command.opMod == 0 else { throw .badOperationModifier }
        guard firmware.lifeCycle == .disabled else { throw .alreadyEnabled }
        firmware.lifeCycle = .enabled
    }

    mutating func disableOwn() throws(Syndrome) {
        guard firmware.lifeCycle == .enabled else { throw .disableWhileInitialized }
        // Every page belongs to the driver again, taken back or not.
        firmware.pages.forget(.driver)
        firmware.capabilities = firmware.offered
        firmware.interfaceVersion = 0
        firmware.lifeCycle = .disabled
    }

    func queryISSI(_ command: inout Command) {
        command.reply(QueryISSI.currentIssi, Int(firmware.interfaceVersion))
        // Versions 0 and 1.
        command.reply(QueryISSI.supportedIssiDw0, 0b11)
    }

    mutating func setISSI(_ command: inout Command) throws(Syndrome) {
        let version = command.number(SetISSI.currentIssi)
        guard version <= 1 else { throw .interfaceVersionUnknown }
        guard firmware.lifeCycle == .enabled else { throw .interfaceVersionTooLate }
        firmware.interfaceVersion = UInt16(version)
    }

    fileprivate mutating func initOwn(_ command: Command) throws(Syndrome) {
        guard command.opMod == 0 else { throw .badOperationModifier }
        guard firmware.lifeCycle == .enabled else { throw .alreadyInitialized }
        guard firmware.pages.missingBeforeBoot == 0 else { throw .bootPagesMissing }
        guard firmware.pages.missingBeforeInitialization == 0 else { throw .initializationPagesMissing }
        firmware.pages.beginRunning()
        firmware.lifeCycle = .initialized
    }

    /// `query_adapter_param_block`: the board's identification at its end.
    func queryAdapter(_ command: inout Command) {
        let offset = QueryAdapter.queryAdapterStruct + 0xf0
        for (index, byte) in firmware.parameters.boardID.utf8.prefix(16).enumerated() {
            command.output.bytes[offset + index] = byte
        }
    }

    mutating func setDriverVersion(_ command: inout Command) {
        let text = command.part(SetDriverVersion.driverVersion, 64).bytes
        firmware.driverVersion = Array(text.prefix { $0 != 0 })
    }
}

extension NIC {
    /// ENABLE_HCA: of the issuer itself, or of a function that it manages, which may then start.
    mutating func enableHCA(
        _ command: inout Command, of function: FunctionID, on target: FunctionID
    ) throws(Syndrome) {
        let index = Int(target.index)
        guard target != function else { return try functions[index].enableOwn(command) }
        try checkIssuerIsEnabled(function)
        if functions[index].kind.isSub { return try activate(target, at: command.now) }
        functions[index].firmware.isHeld = false
        if functions[index].firmware.lifeCycle == .disabled { functions[index].firmware.startBoot(at: command.now) }
        requestPages(for: target, from: function, at: command.now)
    }

    /// DISABLE_HCA: of the issuer itself, or of a function that it manages, which then starts over and waits.
    mutating func disableHCA(
        _ command: inout Command, of function: FunctionID, on target: FunctionID, medium: inout Medium
    ) throws(Syndrome) {
        let index = Int(target.index)
        guard target != function else {
            try functions[index].disableOwn()
            if functions[index].kind.isSub { driverLeft(target, at: command.now) }
            return
        }
        if functions[index].kind.isSub { return try deactivate(target, at: command.now) }
        let pages = functions[index].firmware.pages
        resetFunction(target, at: command.now, isSoftware: true, medium: &medium)
        functions[index].firmware.isHeld = functions[index].kind.isPhysical || functions[index].isOnBus
        functions[index].firmware.pages.keepManagerPages(of: pages)
    }

    private func checkIssuerIsEnabled(_ function: FunctionID) throws(Syndrome) {
        guard functions[Int(function.index)].firmware.lifeCycle != .disabled else { throw .notEnabled }
    }

    /// Asks the manager for the pages that a virtual function will need, if it listens.
    private mutating func requestPages(for target: FunctionID, from manager: FunctionID, at now: SimTime) {
        let index = Int(target.index)
        let count = functions[index].firmware.pages.missingBeforeInitialization
        guard functions[index].kind.isVirtual, count > 0, wants(.pageRequest, manager) else { return }
        let number = vport(of: target).rawValue
        raise(.pageRequest(functionID: number, count: Int32(count)), to: manager, at: now)
    }

    mutating func initHCA(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        try functions[Int(function.index)].initOwn(command)
        if functions[Int(function.index)].kind.isSub { setState(.inUse, of: function, at: command.now) }
    }

    /// Every object is gone afterwards, whether the driver destroyed it or not; pages can be taken back.
    mutating func teardownHCA(
        _ command: inout Command, of function: FunctionID, medium: inout Medium
    ) throws(Syndrome) {
        let index = Int(function.index)
        guard command.opMod == 0 else { throw .badOperationModifier }
        guard functions[index].firmware.lifeCycle == .initialized else { throw .notInitialized }
        guard command.number(TeardownHCA.profile) == TeardownProfile.graceful.rawValue else {
            throw .teardownProfileUnknown
        }
        functions[index].firmware.lifeCycle = .enabled
        functions[index].firmware.references = ReferenceLedger()
        functions[index].firmware.pages.endRunning()
        functions[index].firmware.addressTable = [:]
        functions[index].firmware.vxlanPorts = []
        reset(function, at: command.now, medium: &medium)
    }
}
