import Wire

/// Rates of vports: a root element of the e-switch's hierarchy, and an element under it for each vport with a rate.
extension CoreDriver {
    private static var eswitchHierarchy: UInt32 { 2 }

    /// The steps that make the scheduler of `vport` say what was set for it.
    func rateSteps(of vport: UInt16) -> [ControlStep] {
        guard let eswitch, let state = eswitch.vports[vport] else { return [] }
        var steps: [ControlStep] = []
        let isWanted = state.maximumRate != 0 || state.minimumRate != 0
        if isWanted, eswitch.rootScheduler == nil { steps.append(.management(.createRootScheduler)) }
        if state.scheduler != nil { steps.append(.management(.destroyScheduler(vport: vport))) }
        if isWanted { steps.append(.management(.createScheduler(vport: vport))) }
        let isLast = !isWanted && !eswitch.vports.contains { $0.key != vport && $0.value.scheduler != nil }
        if isLast, eswitch.rootScheduler != nil { steps.append(.management(.destroyRootScheduler)) }
        return steps
    }

    /// The share of bandwidth that stands for the guarantee of `vport`: guarantees in proportion to the largest.
    private func share(of vport: UInt16, _ eswitch: LegacyEswitch) -> UInt32 {
        let largest = eswitch.vports.values.reduce(0 as UInt32) { max($0, $1.minimumRate) }
        let most = max(interface.capabilities.maximumBandwidthShare, 1)
        let divider = max(largest / most, 1)
        let rate = eswitch.vports[vport]?.minimumRate ?? 0
        return rate == 0 ? 0 : min(max((rate + divider - 1) / divider, 1), most)
    }

    func schedulingCommand(_ step: ManagementStep) -> (Opcode, Record)? {
        guard let eswitch else { return nil }
        switch step {
        case .createRootScheduler:
            var input = Record(.createSchedulingElement)
            input.set(CreateSchedulingElement.schedulingHierarchy, Self.eswitchHierarchy)
            // Type 0 is an element that others hang from, which it serves in turn by their shares.
            return (.createSchedulingElement, input)
        case .createScheduler(let vport):
            guard let state = eswitch.vports[vport], let root = eswitch.rootScheduler else { return nil }
            var input = Record(.createSchedulingElement)
            input.set(CreateSchedulingElement.schedulingHierarchy, Self.eswitchHierarchy)
            let context = CreateSchedulingElement.context
            input.set(SchedulingElementContext.elementType, 1, at: context)
            input.set(SchedulingElementContext.vportNumber, UInt32(vport), at: context)
            input.set(SchedulingElementContext.parentElement, root, at: context)
            input.set(SchedulingElementContext.bandwidthShare, share(of: vport, eswitch), at: context)
            input.set(SchedulingElementContext.maximumAverageBandwidth, state.maximumRate, at: context)
            return (.createSchedulingElement, input)
        case .destroyScheduler(let vport):
            return eswitch.vports[vport]?.scheduler.map { destroyInput($0) }
        case .destroyRootScheduler: return eswitch.rootScheduler.map { destroyInput($0) }
        default: return nil
        }
    }

    private func destroyInput(_ element: UInt32) -> (Opcode, Record) {
        var input = Record(.destroySchedulingElement)
        input.set(DestroySchedulingElement.schedulingHierarchy, Self.eswitchHierarchy)
        input.set(DestroySchedulingElement.schedulingElementId, element)
        return (.destroySchedulingElement, input)
    }

    mutating func finishScheduling(_ step: ManagementStep, _ output: Record) {
        let element = output.get(CreateSchedulingElement.schedulingElementId)
        switch step {
        case .createRootScheduler: eswitch?.rootScheduler = element
        case .createScheduler(let vport): eswitch?.vports[vport]?.scheduler = element
        case .destroyScheduler(let vport): eswitch?.vports[vport]?.scheduler = nil
        case .destroyRootScheduler: eswitch?.rootScheduler = nil
        default: break
        }
    }
}

/// What a scheduling element is (switchdev-needs, 8), 64 bytes.
enum SchedulingElementContext {
    static let elementType = BitField(0x0, 31, 24)
    static let vportNumber = BitField(0x4, 15, 0)
    static let parentElement = BitField(word: 0x8)
    static let bandwidthShare = BitField(word: 0x14)
    static let maximumAverageBandwidth = BitField(word: 0x18)
}
