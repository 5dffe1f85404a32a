import Host
import Simulation
import Wire

/// The function's vport and the address tables beside it (native interface, section 6.6).
extension Function {
    func queryNICVportContext(_ command: inout Command) throws(Syndrome) {
        guard let list = AddressListType(rawValue: UInt8(command.number(QueryNICVportContext.allowedListType))) else {
            throw .vportListType
        }
        let base = QueryNICVportContext.context
        func set(_ field: BitField, _ value: Int) { command.output.set(field, UInt32(value), at: base) }
        set(NICVportContext.minWqeInlineMode, Int(vport.minimumInlineMode))
        set(NICVportContext.disableUcLocalLb, vport.disablesUnicastLoopback ? 1 : 0)
        set(NICVportContext.disableMcLocalLb, vport.disablesMulticastLoopback ? 1 : 0)
        set(NICVportContext.roceEn, vport.roceEnabled ? 1 : 0)
        set(NICVportContext.armChangeEvent, vport.armsChangeEvent ? 1 : 0)
        command.output.set(BitField(0x4, 4, 0), vport.changeEventMask, at: base)
        set(NICVportContext.mtu, Int(vport.mtu))
        command.output.set64(base + NICVportContext.systemImageGuid, vport.systemImageIdentifier)
        command.output.set64(base + NICVportContext.portGuid, vport.portIdentifier)
        command.output.set64(base + NICVportContext.nodeGuid, vport.nodeIdentifier)
        set(NICVportContext.promiscUc, vport.acceptsAllUnicast ? 1 : 0)
        set(NICVportContext.promiscMc, vport.acceptsAllMulticast ? 1 : 0)
        set(NICVportContext.promiscAll, vport.acceptsAll ? 1 : 0)
        set(NICVportContext.allowedListType, Int(list.rawValue))
        command.output.set64(base + NICVportContext.permanentAddress, vport.permanentAddress.rawValue)
        let entries = vport.addresses(list)
        set(NICVportContext.allowedListSize, entries.count)
        command.append(entries)
    }

    /// The change events (`event_on_*`) that the modification in `command` is a reason for.
    fileprivate mutating func modifyVport(
        _ command: Command, longestMTU: UInt32
    ) throws(Syndrome) -> UInt32 {
        typealias Modify = ModifyNICVportContext
        guard command.input.get(BitField(word: 0xc)) & ~0b10_1111_1111_1110 == 0 else { throw .modifyFieldUnknown }
        let wantsRoCE =
            command.number(Modify.fieldSelectRoceEn) != 0
            && command.input.get(NICVportContext.roceEn, at: Modify.context) != 0
        guard command.number(Modify.fieldSelectAffiliation) == 0, !wantsRoCE else { throw .vportFieldReadOnly }
        var new = vport
        var events = try new.setLimits(command, longestMTU: longestMTU)
        new.setFlags(command)
        if command.number(Modify.fieldSelectPromisc) != 0 { events |= 1 << 3 }
        if command.number(Modify.fieldSelectAddressesList) != 0 {
            events |= try new.setList(command, at: Modify.context, limits: firmware)
        }
        let isDue = vport.armsChangeEvent && events & vport.changeEventMask != 0
        if isDue, command.number(Modify.fieldSelectChangeEvent) == 0 { new.armsChangeEvent = false }
        vport = new
        return isDue ? events : 0
    }

    mutating func setL2TableEntry(_ command: inout Command) throws(Syndrome) {
        let index = try addressTableIndex(command)
        let isVLAN = command.number(SetL2TableEntry.vlanValid) != 0
        firmware.addressTable[index] = AddressTableEntry(
            address: MACAddress(rawValue: command.input.get64(SetL2TableEntry.macAddress)),
            vlan: isVLAN ? UInt16(command.number(SetL2TableEntry.vlan)) : nil)
    }

    mutating func deleteL2TableEntry(_ command: inout Command) throws(Syndrome) {
        firmware.addressTable[try addressTableIndex(command)] = nil
    }

    private func addressTableIndex(_ command: Command) throws(Syndrome) -> Int {
        let index = command.number(SetL2TableEntry.tableIndex)
        guard index < firmware.parameters.addressTableSize else { throw .addressTableIndex }
        return index
    }

    mutating func addVXLANPort(_ command: inout Command) throws(Syndrome) {
        let port = UInt16(command.number(AddVXLANUDPDPort.vxlanUdpPort))
        guard !firmware.vxlanPorts.contains(port) else { return }
        guard firmware.vxlanPorts.count < firmware.parameters.vxlanPortCount else { throw .vxlanPortLimit }
        let place = firmware.vxlanPorts.firstIndex { $0 > port } ?? firmware.vxlanPorts.count
        firmware.vxlanPorts.insert(port, at: place)
    }

    mutating func deleteVXLANPort(_ command: inout Command) throws(Syndrome) {
        let port = UInt16(command.number(DeleteVXLANUDPDPort.vxlanUdpPort))
        guard let place = firmware.vxlanPorts.firstIndex(of: port) else { throw .vxlanPortUnknown }
        firmware.vxlanPorts.remove(at: place)
    }
}

extension VPort {
    /// Takes over MTU, inline mode and address, which have limits; returns the change events they are reasons for.
    fileprivate mutating func setLimits(_ command: Command, longestMTU: UInt32) throws(Syndrome) -> UInt32 {
        typealias Modify = ModifyNICVportContext
        func value(_ field: BitField) -> UInt32 { command.input.get(field, at: Modify.context) }
        var events: UInt32 = 0
        if command.number(Modify.fieldSelectMtu) != 0 {
            guard (68 + 22...longestMTU).contains(value(NICVportContext.mtu)) else { throw .vportMTU }
            mtu = value(NICVportContext.mtu)
            events |= 1 << 4
        }
        if command.number(Modify.fieldSelectMinInline) != 0 {
            guard InlineMode(rawValue: UInt8(value(NICVportContext.minWqeInlineMode))) != nil else {
                throw .inlineModeUnknown
            }
            minimumInlineMode = value(NICVportContext.minWqeInlineMode)
        }
        if command.number(Modify.fieldSelectPermanentAddress) != 0 {
            let address = MACAddress(
                rawValue: command.input.get64(Modify.context + NICVportContext.permanentAddress))
            guard !address.isMulticast else { throw .vportAddress }
            permanentAddress = address
        }
        return events
    }

    /// Takes over the fields that may have any value.
    fileprivate mutating func setFlags(_ command: Command) {
        typealias Modify = ModifyNICVportContext
        func value(_ field: BitField) -> UInt32 { command.input.get(field, at: Modify.context) }
        if command.number(Modify.fieldSelectPromisc) != 0 {
            acceptsAllUnicast = value(NICVportContext.promiscUc) != 0
            acceptsAllMulticast = value(NICVportContext.promiscMc) != 0
            acceptsAll = value(NICVportContext.promiscAll) != 0
        }
        if command.number(Modify.fieldSelectChangeEvent) != 0 {
            armsChangeEvent = value(NICVportContext.armChangeEvent) != 0
            changeEventMask = value(BitField(0x4, 4, 0))
        }
        if command.number(Modify.fieldSelectDisableUcLocalLb) != 0 {
            disablesUnicastLoopback = value(NICVportContext.disableUcLocalLb) != 0
        }
        if command.number(Modify.fieldSelectDisableMcLocalLb) != 0 {
            disablesMulticastLoopback = value(NICVportContext.disableMcLocalLb) != 0
        }
        if command.number(Modify.fieldSelectNodeGuid) != 0 {
            nodeIdentifier = command.input.get64(Modify.context + NICVportContext.nodeGuid)
        }
        if command.number(Modify.fieldSelectPortGuid) != 0 {
            portIdentifier = command.input.get64(Modify.context + NICVportContext.portGuid)
        }
    }

    /// The entries of an address list as the context holds them: 8 bytes each.
    fileprivate func addresses(_ list: AddressListType) -> [UInt64] {
        switch list {
        case .unicast: unicastList.map(\.rawValue)
        case .multicast: multicastList.map(\.rawValue)
        case .vlan: vlanList.map(UInt64.init)
        }
    }

    /// Replaces the address list that the context at `base` holds; returns the change event it is a reason for.
    fileprivate mutating func setList(
        _ command: Command, at base: Int, limits firmware: FunctionFirmware
    ) throws(Syndrome) -> UInt32 {
        let type = UInt8(command.input.get(NICVportContext.allowedListType, at: base))
        guard let type = AddressListType(rawValue: type) else { throw .vportListType }
        let count = Int(command.input.get(NICVportContext.allowedListSize, at: base))
        let limit =
            switch type {
            case .unicast: HCACapabilities.logMaxCurrentUcList
            case .multicast: HCACapabilities.logMaxCurrentMcList
            case .vlan: HCACapabilities.logMaxVlanList
            }
        guard count <= 1 << firmware.capabilities.value(limit) else { throw .vportListTooLong }
        let entries = command.list(at: base + NICVportContext.currentUcMacAddress).prefix(count)
        guard entries.count == count else { throw .vportListTooShort }
        switch type {
        case .unicast: unicastList = entries.map { MACAddress(rawValue: $0) }
        case .multicast: multicastList = entries.map { MACAddress(rawValue: $0) }
        case .vlan: vlanList = entries.map { UInt16($0 & 0xfff) }
        }
        return 1 << UInt32(type.rawValue)
    }
}

extension NIC {
    mutating func modifyNICVportContext(
        _ command: inout Command, of function: FunctionID, on target: FunctionID
    ) throws(Syndrome) {
        let events = try functions[Int(target.index)].modifyVport(command, longestMTU: parameters.maximumMTU)
        guard events != 0, let owner = layout.kind(of: target)?.physical else { return }
        // The manager is told, which of an e-switch that nobody manages is the function itself.
        let listener = layout.physical(manager(ofPhysical: eswitch(ofPhysical: owner)))
        raise(.nicVportChange(vport: vport(of: target).rawValue), to: listener, at: command.now)
    }

    /// Whether frames pass the vport of `function`: its administrative state says so, or leaves it to the port.
    func isVportUp(_ function: FunctionID) -> Bool {
        let index = Int(function.index)
        switch functions[index].vport.adminState {
        case .down: return false
        case .up where !functions[index].kind.isPhysical: return true
        case .up, .auto: return isLinkUp(function)
        }
    }

    func queryVportState(_ command: inout Command, of function: FunctionID, on target: FunctionID) throws(Syndrome) {
        let kind = try stateTarget(command, of: function, on: target)
        let index = Int(target.index)
        let isPortUp = ports[Int(functions[index].port.index)].isUp
        let isUp = kind == .uplink ? isPortUp : isVportUp(target)
        command.reply(QueryVportState.adminState, Int(functions[index].vport.adminState.rawValue))
        command.reply(QueryVportState.state, Int(isUp ? VportState.up.rawValue : VportState.down.rawValue))
    }

    mutating func modifyVportState(
        _ command: inout Command, of function: FunctionID, on target: FunctionID
    ) throws(Syndrome) {
        guard try stateTarget(command, of: function, on: target) != .uplink else { throw .vportFieldReadOnly }
        guard let state = VportAdminState(rawValue: UInt8(command.number(ModifyVportState.adminState))) else {
            throw .vportAdminState
        }
        let index = Int(target.index)
        let wasUp = isVportUp(target)
        functions[index].vport.adminState = state
        let isUp = isVportUp(target)
        guard wasUp != isUp else { return }
        raise(.portChange(isUp ? .active : .down, port: 1), to: target, at: command.now)
    }

    /// Operation modifier 0 is the function's own vport, 1 one of the e-switch that it manages, 2 the uplink.
    private func stateTarget(
        _ command: Command, of function: FunctionID, on target: FunctionID
    ) throws(Syndrome) -> VportStateTarget {
        guard let kind = VportStateTarget(rawValue: command.opMod) else { throw .badOperationModifier }
        guard kind == .eswVport || target == function else { throw .otherVport }
        guard kind != .eswVport || managedEswitch(of: function) != nil else { throw .otherVport }
        return kind
    }
}
