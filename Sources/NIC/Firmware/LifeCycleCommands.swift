import Host
import Simulation
import Wire

/// Start and end of a function (native interface, sections 3.1 and 3.5).
extension Function {
    mutating func enableHCA(_ command: inout Command) throws(Syndrome) {
        guard command.opMod == 0 else { throw .badOperationModifier }
        guard command.number(EnableHCA.functionId) == 0, command.number(EnableHCA.embeddedCpuFunction) == 0 else {
            throw .otherFunction
        }
        guard firmware.lifeCycle == .disabled else { throw .alreadyEnabled }
        firmware.lifeCycle = .enabled
    }

    mutating func disableHCA(_ command: inout Command) throws(Syndrome) {
        guard command.number(DisableHCA.functionId) == 0, command.number(DisableHCA.embeddedCpuFunction) == 0 else {
            throw .otherFunction
        }
        guard firmware.lifeCycle == .enabled else { throw .disableWhileInitialized }
        // Every page belongs to the driver again, taken back or not.
        firmware.pages = PageLedger(firmware.parameters)
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

    mutating func initHCA(_ command: inout Command) throws(Syndrome) {
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
