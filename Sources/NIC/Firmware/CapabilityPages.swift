package import Wire

/// The capability pages of one function, current and maximum (native interface, sections 4.1 to 4.3).
///
/// Only the general page has fields that the driver may choose, up to their maximum; all others are the same in both.
/// The pages are those of the function's kind; a function keeps what it has of its own, its number and its choices.
package struct CapabilityPages: Sendable {
    /// Bytes of every page.
    package static let byteCount = 0x1000

    /// Fields of the general page that SET_HCA_CAP may change (native interface, section 3.1).
    package static let settable: [BitField] = [
        HCACapabilities.logMaxQp, HCACapabilities.pkeyTableSize, HCACapabilities.cmdifChecksum,
        HCACapabilities.uar4k, HCACapabilities.logUarPageSz, HCACapabilities.cacheLine128byte, HCACapabilities.dct,
        HCACapabilities.releaseAllPages, HCACapabilities.mkeyByName, HCACapabilities.numVhcaPorts,
        HCACapabilities.roce, HCACapabilities.logMaxCurrentUcList, HCACapabilities.numTotalDynamicVfMsix,
        HCACapabilities.vhcaState, HCACapabilities.eventOnVhcaStateInvalid,
        HCACapabilities.eventOnVhcaStateAllocated, HCACapabilities.eventOnVhcaStateActive,
        HCACapabilities.eventOnVhcaStateInUse, HCACapabilities.eventOnVhcaStateTeardownRequest,
    ]

    let template: CapabilityTemplate
    private let vhcaID: UInt32
    /// What the driver has chosen, in the order of `settable`; empty until it has.
    private var chosen: [UInt32] = []

    init(_ template: CapabilityTemplate, vhcaID: UInt32) {
        self.template = template
        self.vhcaID = vhcaID
    }

    /// The general page as it is now.
    package var general: Record {
        var page = template.general
        page.set(HCACapabilities.vhcaId, vhcaID)
        for (field, value) in zip(Self.settable, chosen) { page.set(field, value) }
        return page
    }

    /// One field of the general page as it is now.
    func value(_ field: BitField) -> UInt32 {
        if !chosen.isEmpty, let place = Self.settable.firstIndex(of: field) { return chosen[place] }
        return template.general.get(field)
    }

    /// The page of NIC flow tables.
    var flowTable: Record { template.flowTable }

    /// The page of `type`; `nil` when the function has no capabilities of that type.
    package func page(_ type: HCACapabilityType, isMaximum: Bool) -> Record? {
        switch type {
        case .general:
            guard isMaximum else { return general }
            var page = template.generalMaximum
            page.set(HCACapabilities.vhcaId, vhcaID)
            return page
        default: return template.page(type)
        }
    }

    /// Takes over the driver's choice.
    package mutating func setGeneral(_ page: Record) throws(Syndrome) {
        var fixed = page
        let current = general
        for field in Self.settable {
            guard page.get(field) <= template.generalMaximum.get(field) else { throw .capabilityTooLarge }
            fixed.set(field, current.get(field))
        }
        guard fixed == current else { throw .capabilityNotSettable }
        chosen = Self.settable.map { page.get($0) }
    }
}
