import Host
import Wire

/// What the device can do and what the driver makes of it (native interface, section 4).
extension NIC {
    func queryHCACap(_ command: inout Command, of function: FunctionID, on target: FunctionID) throws(Syndrome) {
        var page = try capabilityPage(command, of: function, on: target)
        if target != function, command.opMod >> 1 == HCACapabilityType.general.rawValue,
            functions[Int(target.index)].kind.isVirtual
        {
            let count = UInt32(functions[Int(target.index)].messageTable.vectorCount)
            page.set(HCACapabilities.dynamicMsixTableSize, count)
        }
        command.output.bytes.replaceSubrange(
            QueryHCACap.capability..<QueryHCACap.capability + CapabilityPages.byteCount, with: page.bytes)
    }

    mutating func setHCACap(_ command: inout Command, of function: FunctionID, on target: FunctionID) throws(Syndrome) {
        _ = try capabilityPage(command, of: function, on: target)
        guard command.opMod >> 1 == HCACapabilityType.general.rawValue else { throw .capabilityModeUnknown }
        let page = command.part(SetHCACap.capability, CapabilityPages.byteCount)
        let index = Int(target.index)
        guard target == function else { return try setCapabilities(of: target, page) }
        guard functions[index].firmware.lifeCycle == .enabled else { throw .capabilityTooLate }
        try functions[index].firmware.capabilities.setGeneral(page)
    }

    private func capabilityPage(
        _ command: Command, of function: FunctionID, on target: FunctionID
    ) throws(Syndrome) -> Record {
        guard functions[Int(function.index)].firmware.pages.missingBeforeBoot == 0 else { throw .bootPagesMissing }
        guard let type = HCACapabilityType(rawValue: command.opMod >> 1),
            let page = functions[Int(target.index)].firmware.capabilities.page(
                type, isMaximum: command.opMod & 1 == 0)
        else { throw .capabilityTypeUnknown }
        return page
    }

    /// A manager chooses for a virtual function: the number of its interrupt vectors, before it is used.
    private mutating func setCapabilities(of target: FunctionID, _ page: Record) throws(Syndrome) {
        let index = Int(target.index)
        guard functions[index].kind.isVirtual, parameters.capacity.dynamicVectorCount > 0 else {
            throw .capabilityNotSettable
        }
        guard functions[index].firmware.lifeCycle == .disabled else { throw .capabilityTooLate }
        let count = Int(page.get(HCACapabilities.dynamicMsixTableSize))
        let capacity = parameters.capacity
        guard (capacity.fewestDynamicVectors...capacity.mostDynamicVectors).contains(count) else {
            throw .vectorCountOutside
        }
        var used = 0
        for other in existing(layout.virtualFunctions(of: functions[index].kind.physical)) where other != index {
            used += functions[other].messageTable.vectorCount
        }
        guard used + count <= capacity.dynamicVectorCount else { throw .vectorsExhausted }
        functions[index].messageTable.resize(to: count)
        functions[index].configurationSpace.vectorCount = count
        functions[index].vectorLimit = count
    }
}
