import Wire

/// What the device can do and what the driver makes of it (native interface, section 4).
extension Function {
    func queryHCACap(_ command: inout Command) throws(Syndrome) {
        let page = try capabilityPage(&command, isQuery: true)
        command.output.bytes.replaceSubrange(
            QueryHCACap.capability..<QueryHCACap.capability + CapabilityPages.byteCount, with: page.bytes)
    }

    mutating func setHCACap(_ command: inout Command) throws(Syndrome) {
        _ = try capabilityPage(&command, isQuery: false)
        guard firmware.lifeCycle == .enabled else { throw .capabilityTooLate }
        guard command.opMod >> 1 == HCACapabilityType.general.rawValue else { throw .capabilityModeUnknown }
        try firmware.capabilities.setGeneral(command.part(SetHCACap.capability, CapabilityPages.byteCount))
    }

    private func capabilityPage(_ command: inout Command, isQuery: Bool) throws(Syndrome) -> Record {
        guard command.number(QueryHCACap.otherFunction) == 0, command.number(QueryHCACap.ecVfFunction) == 0 else {
            throw .otherFunction
        }
        guard firmware.pages.missingBeforeBoot == 0 else { throw .bootPagesMissing }
        guard let type = HCACapabilityType(rawValue: command.opMod >> 1),
            let page = firmware.capabilities.page(type, isMaximum: command.opMod & 1 == 0)
        else { throw .capabilityTypeUnknown }
        return page
    }
}
