package import Host

/// The number of a port of an e-switch (native interface, section 3.7).
package struct VportNumber: Hashable, Sendable, BitwiseCopyable {
    package var rawValue: UInt16
    package init(_ rawValue: UInt16) { self.rawValue = rawValue }

    /// The physical function of the host.
    package static let physical = VportNumber(0)
    /// The function of the SmartNIC's own processors.
    package static let embedded = VportNumber(0xfffe)
    package static let uplink = VportNumber(0xffff)
    /// The first subfunction (capability `sf_base_id`).
    package static let firstSub = 0x8000
    /// Virtual function number `number`.
    package static func virtual(_ number: Int) -> VportNumber { VportNumber(UInt16(number + 1)) }
}

/// Who manages whom: the e-switch of a host's physical function is managed by that function or, on a SmartNIC with
/// processors of its own, by their function on the same port (native interface, 3.7; switchdev needs, 10).
extension NIC {
    /// The physical function that manages the e-switch of `physical`.
    package func manager(ofPhysical physical: Int) -> Int { parameters.manager(ofPhysical: physical) }

    /// The physical function whose e-switch `physical` has its vport on: that of the host, whoever manages it.
    package func eswitch(ofPhysical physical: Int) -> Int {
        switching.eswitches[switching.eswitch(ofPhysical: physical)].physical
    }

    /// Whether physical function `physical` manages an e-switch: its own, or that of the host it serves.
    package func managesEswitch(_ physical: Int) -> Bool {
        parameters.managesEswitch(physical)
    }

    /// The first function identifier of the subfunctions of `physical`, as its manager counts them: the manager's own
    /// come first, those of the host it serves behind them.
    package func firstSubfunctionNumber(of physical: Int) -> Int {
        let manager = manager(ofPhysical: physical)
        return VportNumber.firstSub + (manager == physical ? 0 : layout.subCount(of: manager))
    }

    /// The vport of `function` on its e-switch.
    package func vport(of function: FunctionID) -> VportNumber {
        switch layout.kind(of: function) {
        case .physical(let number): parameters.functions[number].isEmbedded ? .embedded : .physical
        case .virtual(let number, _): .virtual(number)
        case .sub(let slice, let owner): VportNumber(UInt16(firstSubfunctionNumber(of: owner) + slice))
        case nil: .uplink
        }
    }

    /// The function behind vport `vport` of the e-switch that physical function `manager` manages; `nil` where there
    /// is no such function, or none behind the vport.
    package func function(behind vport: VportNumber, managedBy manager: Int) -> FunctionID? {
        self.function(of: vport, inEswitch: switching.eswitch(ofPhysical: manager))
    }
}
