import Host
import Simulation

/// Publishing auxiliary devices, and the drivers that are bound to them.
extension HostSoftware {
    /// The core driver makes its auxiliary devices known: drivers that match are bound, one after another.
    ///
    /// A netdev that outlived a reset of the function is used again.
    mutating func publish(_ core: Int, at now: SimTime) {
        let number = auxiliary.admit(core: core)
        let enabled = auxiliary[number]?.enabled ?? []
        let own: [AuxiliaryKind] = auxiliary[number]?.subfunction == nil ? [] : [.sf]
        let isPhysical = cores[core].pointee.kind == .physical
        auxiliary[number]?.published =
            own
            + AuxiliaryKind.allCases.filter {
                enabled.contains($0) && cores[core].pointee.interface.capabilities.offers($0)
                    && !($0 == .vnet && isPhysical)
            }
        if auxiliary[number]?.published.contains(.eth) == true {
            cores[core].pointee.prepend(bindingSteps(ofCore: core))
        }
    }

    /// The steps that make a netdev on core driver `core`, or make a netdev that is there known to the device again.
    mutating func bindingSteps(ofCore core: Int) -> [ControlStep] {
        let netdev = netdev(onCore: core)?.pointee.index ?? makeNetdev(onCore: core)
        auxiliary.setNetdev(netdev, onCore: core)
        return [.select(netdev: netdev), .interface(.prepare), .interface(.becomeReady)]
    }

    /// The steps that unmake the netdev on core driver `core`, if it has one.
    func withdrawalSteps(of core: Int, keepsNetdevs: Bool) -> [ControlStep] {
        guard let netdev = netdev(onCore: core)?.pointee.index else { return [] }
        let noting: [ControlStep] = keepsNetdevs ? [.interface(.noteReopening)] : []
        let steps: [ControlStep] =
            [.select(netdev: netdev)] + noting + [
                .interface(.close), .netdev(.setRoot(.anchor)), .destroyAll(.netdev),
                .interface(.finishRemoval),
            ]
        return steps + (keepsNetdevs ? [] : [.local(.releaseNetdev(netdev))])
    }
}
