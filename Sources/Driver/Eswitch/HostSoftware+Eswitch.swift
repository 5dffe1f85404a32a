import Host
import Simulation
import Wire

/// The legacy e-switch as its manager runs it: vports are enabled, and what they want is put into tables.
extension HostSoftware {
    /// The steps that make the forwarding database, if it is not there and this function manages a switch.
    func eswitchSteps(of core: Int) -> [ControlStep] {
        let capabilities = cores[core].pointee.interface.capabilities
        guard capabilities.isEswitchManager, capabilities.hasForwardingDatabase else { return [] }
        return [.local(.enableEswitch)]
    }

    /// Does what the manager does without asking the device.
    mutating func performManagement(
        _ step: LocalStep, on core: Int, at now: SimTime, host: inout Host
    ) throws(DriverError) {
        let pointer = cores[core]
        switch step {
        case .enableEswitch: pointer.pointee.enableEswitch()
        case .admitHost: pointer.pointee.admitHost()
        case .startHost: pointer.pointee.startHost()
        case .followHost: pointer.pointee.followHost()
        case .releaseHost: pointer.pointee.releaseHost()
        case .enableVport(let vport): pointer.pointee.enableVport(vport)
        case .disableVport(let vport): pointer.pointee.disableVport(vport)
        case .refreshRules(let vport):
            let rules = pointer.pointee.eswitch?.refresh(vport) ?? []
            pointer.pointee.prepend(rules.map { .management(.updateRule($0)) })
        case .refreshAccessLists(let vport): pointer.pointee.prepend(pointer.pointee.accessListSteps(of: vport))
        case .refreshRate(let vport): pointer.pointee.prepend(pointer.pointee.rateSteps(of: vport))
        case .findVirtualFunctions: pointer.pointee.findVirtualFunctions()
        case .setVirtualFunctionCount(let count):
            pointer.pointee.prepend(try virtualFunctionSteps(count, of: core))
        case .setVirtualFunction(let index, let settings):
            pointer.pointee.prepend(try virtualFunctionSteps(index, settings, of: core))
        case .beginEnabling(let count): pointer.pointee.virtualFunctions.enablingCount = count
        case .plugVirtualFunctions(let count): plugVirtualFunctions(count, of: core, at: now, host: &host)
        case .unplugVirtualFunctions: unplugVirtualFunctions(of: core, at: now, host: &host)
        case .endDisabling:
            pointer.pointee.virtualFunctions.count = 0
            pointer.pointee.virtualFunctions.enablingCount = 0
        case .disableEswitch: pointer.pointee.disableEswitch()
        case .forgetVport(let vport):
            pointer.pointee.eswitch?.vports[vport] = nil
            pointer.pointee.disableEswitch()
        case .forgetEswitch: pointer.pointee.eswitch = nil
        case .reportVirtualFunctions: pointer.pointee.reportVirtualFunctions()
        case .addPort(let physical, let number, let isJSON):
            pointer.pointee.prepend(try additionSteps(on: core, physical, number, isJSON: isJSON))
        case .setPort(let slice, let address, let isActive):
            pointer.pointee.prepend(try settingSteps(of: slice, on: core, address, isActive))
        case .deletePort(let slice): pointer.pointee.prepend(try deletionSteps(of: slice, on: core))
        case .reportPort(let slice, let isJSON):
            let text = portList([Port(core: core, slice: slice)], isJSON: isJSON)
            pointer.pointee.program?.output += text
        case .forgetSubfunction(let slice):
            endDeletion(of: slice, on: core, at: now)
            pointer.pointee.subfunctions[slice] = nil
            pointer.pointee.prepend([.local(.disableEswitch)])
        default: break
        }
    }
}

extension CoreDriver {
    /// Begins to manage the switch: tables first, then the manager's own vport.
    mutating func enableEswitch() {
        guard eswitch == nil else { return }
        var state = LegacyEswitch(managerVport: ownNumber)
        state.logSize = min(16, max(interface.capabilities.logDatabaseSize, 3))
        state.addMissRule()
        eswitch = state
        prepend(
            [.management(.createDatabase)] + DatabaseGroup.allCases.map { .management(.createDatabaseGroup($0)) } + [
                .management(.updateRule(.miss)), .management(.setDatabaseRoot), .local(.enableVport(ownNumber)),
            ])
    }

    /// Stops managing the switch when no vport is left but the manager's own.
    mutating func disableEswitch() {
        guard let eswitch, virtualFunctions.count == 0, virtualFunctions.enablingCount == 0, subfunctions.isEmpty,
            eswitch.host == nil
        else { return }
        let root: [ControlStep] = eswitch.rootScheduler == nil ? [] : [.management(.destroyRootScheduler)]
        prepend(root + [.destroyAll(.eswitch), .local(.forgetEswitch)])
    }

    /// The manager wants to know what the driver of `vport` wants: from now on, and as it is.
    mutating func enableVport(_ vport: UInt16) {
        guard eswitch != nil else { return }
        if eswitch?.vports[vport] == nil { eswitch?.vports[vport] = LegacyEswitch.Vport() }
        prepend(vportRefresh(vport))
    }

    /// The steps that follow a change of what the driver of `vport` wants; a change after the first is told again.
    func vportRefresh(_ vport: UInt16) -> [ControlStep] {
        [
            .management(.armVport(vport)), .management(.queryList(vport: vport, .unicast)),
            .management(.queryList(vport: vport, .multicast)), .local(.refreshRules(vport)),
        ]
    }

    /// Nothing leads to `vport` any more, and nothing is kept for it.
    mutating func disableVport(_ vport: UInt16) {
        guard let state = eswitch?.vports[vport] else { return }
        let scheduler: [ControlStep] = state.scheduler == nil ? [] : [.management(.destroyScheduler(vport: vport))]
        eswitch?.vports[vport] = nil
        let rules = eswitch?.refresh(vport) ?? []
        // The scheduler's number is needed until the device has been told.
        if state.scheduler != nil { eswitch?.vports[vport] = state }
        prepend(
            rules.map { .management(.updateRule($0)) } + [.destroyAll(.accessLists(vport))] + scheduler + [
                .local(.forgetVport(vport))
            ])
    }

    /// Looks for the SR-IOV capability, unless it was found.
    mutating func findVirtualFunctions() {
        guard virtualFunctions.capability == 0 else { return }
        prepend([.configurationRead(offset: 0x100, byteCount: 4, .extendedCapability(at: 0x100))])
    }

    /// The lines of `ip link show` about virtual functions.
    mutating func reportVirtualFunctions() {
        var text = ""
        for index in 0..<virtualFunctions.count {
            guard let state = eswitch?.vports[UInt16(index + 1)] else { continue }
            text += "    vf \(index)     link/ether \(state.address) brd ff:ff:ff:ff:ff:ff"
            if state.vlan != 0 || state.qos != 0 { text += ", vlan \(state.vlan)" }
            if state.qos != 0 { text += ", qos \(state.qos)" }
            if state.maximumRate != 0 {
                text += ", tx rate \(state.maximumRate) (Mbps), max_tx_rate \(state.maximumRate)Mbps"
            }
            if state.minimumRate != 0 { text += ", min_tx_rate \(state.minimumRate)Mbps" }
            text += ", spoof checking \(state.checksSource ? "on" : "off")"
            text += ", link-state \(state.linkState.rawValue), trust \(state.isTrusted ? "on" : "off")"
            text += ", query_rss off\n"
        }
        program?.output += text
    }
}
