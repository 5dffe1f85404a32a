import Wire

/// What a physical function announces of others: that it manages an e-switch, and how many functions there can be
/// (native interface, sections 3.6 to 3.8 and 4.1).
extension CapabilityTemplate {
    static func describeManagement(_ page: inout Record, _ parameters: NICParameters, _ number: Int) {
        typealias General = HCACapabilities
        let description = parameters.functions[number]
        guard parameters.managesEswitch(number) else { return }
        page.set(General.vportGroupManager, 1)
        page.set(General.eswitchManager, 1)
        page.set(General.logMaxL2Table, 7)
        page.set(General.qos, 1)
        page.set(General.logMaxFlowCounterBulk, UInt32(NIC.logLongestCounterBulk))
        if description.virtualFunctionCount > 0, parameters.capacity.dynamicVectorCount > 0 {
            page.set(General.numTotalDynamicVfMsix, UInt32(parameters.capacity.dynamicVectorCount))
            page.set(General.minDynamicVfMsixTableSize, UInt32(parameters.capacity.fewestDynamicVectors))
            page.set(General.maxDynamicVfMsixTableSize, UInt32(parameters.capacity.mostDynamicVectors))
        }
        guard description.subfunctionCount > 0 else { return }
        page.set(General.sf, 1)
        page.set(General.maxNumSf, UInt32(description.subfunctionCount))
        let log = UInt32(Int.bitWidth - (description.subfunctionCount - 1).leadingZeroBitCount)
        page.set(General.logMaxSf, description.subfunctionCount == 1 ? 0 : log)
        page.set(General.logMinSfSize, UInt32(parameters.capacity.logSubfunctionByteCount - 12))
        page.set(General.sfBaseId, UInt32(VportNumber.firstSub))
    }

    /// The pages of an e-switch manager.
    static func eswitchPages(_ parameters: NICParameters, _ number: Int) -> [HCACapabilityType: Record] {
        guard parameters.managesEswitch(number) else { return [:] }
        return [
            .eswitchFlowTable: CapabilityPages.eswitchFlowTable, .eswitch: CapabilityPages.eswitch,
            .qos: CapabilityPages.qos,
        ]
    }
}

extension NICParameters {
    /// The physical function that manages the e-switch of `physical`: the SmartNIC's own on the same port, or itself.
    func manager(ofPhysical physical: Int) -> Int {
        let description = functions[physical]
        if description.isEmbedded { return physical }
        func place(_ isEmbedded: Bool) -> [Int] {
            functions.indices.filter {
                functions[$0].isEmbedded == isEmbedded && functions[$0].port == description.port
            }
        }
        // The first of the SmartNIC's own functions serves the first host of the port, and so on.
        guard let number = place(false).firstIndex(of: physical), number < place(true).count else { return physical }
        return place(true)[number]
    }

    /// Whether physical function `physical` manages an e-switch: its own, or that of the host it serves.
    func managesEswitch(_ physical: Int) -> Bool {
        let description = functions[physical]
        let sharesPort =
            firmware.features.contains(.sharedPorts) && functions.filter { $0.port == description.port }.count > 1
        return manager(ofPhysical: physical) == physical
            && (sharesPort || description.isEmbedded || description.virtualFunctionCount > 0
                || description.subfunctionCount > 0)
    }

    /// Whether subfunctions of `physical` can exist: a host's function that another one manages learns of its own.
    func offersSubfunctions(_ physical: Int) -> Bool { functions[physical].subfunctionCount > 0 }
}
