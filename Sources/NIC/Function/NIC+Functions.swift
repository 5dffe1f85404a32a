package import Host
package import Simulation
import Wire

/// Functions come and go.
extension NIC {
    /// Makes `function`, which is one of this NIC's and does not exist.
    package mutating func make(
        _ function: FunctionID, isOnBus: Bool = false, isHeld: Bool = false, at now: SimTime = .zero
    ) {
        guard let kind = layout.kind(of: function) else { preconditionFailure("a function of another NIC") }
        var made = Function(function, kind, of: parameters, layout, templates)
        made.isOnBus = isOnBus
        made.firmware.isHeld = isHeld
        if kind.isSub {
            made.vectorLimit = functions[Int(layout.physical(kind.physical).index)].messageTable.vectorCount
        }
        made.firmware.startBoot(at: now)
        let plan = plans[function]
        made.tap = plan.tap
        if plan.address != .zero { made.vport.permanentAddress = plan.address }
        functions.insert(made, at: Int(function.index))
        updateAccess(of: function)
    }

    /// The subfunction has got the number that its user calls it by: it becomes what was planned for that number.
    mutating func applyPlan(to function: FunctionID, userNumber: UInt32) {
        let index = Int(function.index)
        guard functions.contains(index) else { return }
        let physical = functions[index].kind.physical
        let plan = plans[userNumber, physical] ?? FunctionPlan()
        functions[index].tap = plan.tap
        let base = parameters.functions[physical].subfunctionAddress
        if plan.address != .zero {
            functions[index].vport.permanentAddress = plan.address
        } else if base != .zero {
            let low = (base.rawValue &+ UInt64(userNumber)) & 0xffff
            functions[index].vport.permanentAddress = MACAddress(rawValue: base.rawValue & ~0xffff | low)
        }
    }

    /// Destroys `function` with all it has: frames of it that are inside end as dropped.
    mutating func destroy(_ function: FunctionID, at now: SimTime, medium: inout Medium) {
        reset(function, at: now, medium: &medium)
        switching.forgetContext(ofPlace: Int(function.index) - layout.first)
        functions.remove(Int(function.index))
    }

    /// `function` is gone from the bus: what its manager has said of its vport was said of the life that is over.
    ///
    /// Access lists and scheduling elements are objects of the manager's, who destroys them.
    private mutating func endLife(of function: FunctionID) {
        let index = Int(function.index)
        functions[index].isOnBus = false
        functions[index].vport = VPort(address: plans[function].address, mtu: parameters.defaultMTU)
        functions[index].vport.systemImageIdentifier = parameters.systemImageIdentifier
        switching.forgetContext(ofPlace: index - layout.first)
    }

    /// Works out anew whether `function` may reach memory and be reached, as it and its physical function are set.
    mutating func updateAccess(of function: FunctionID) {
        let index = Int(function.index)
        let owner = Int(layout.physical(functions[index].kind.physical).index)
        switch functions[index].kind {
        case .physical:
            functions[index].reachesMemory = functions[index].configurationSpace.isBusMaster
            functions[index].claimsRegisters = functions[index].configurationSpace.isMemoryEnabled
        case .virtual:
            let isOn = functions[index].isOnBus
            functions[index].reachesMemory = isOn && functions[index].configurationSpace.isBusMaster
            functions[index].claimsRegisters = isOn && functions[owner].configurationSpace.isVFMemoryEnabled
        case .sub:
            functions[index].reachesMemory = functions[owner].configurationSpace.isBusMaster
            functions[index].claimsRegisters = functions[owner].configurationSpace.isMemoryEnabled
        }
    }

    /// The same for a physical function and all that belong to it.
    mutating func updateAccessOfAll(of physical: Int) {
        updateAccess(of: layout.physical(physical))
        for index in existing(layout.virtualFunctions(of: physical)) { updateAccess(of: FunctionID(index)) }
        for index in existing(layout.subfunctions(of: physical)) { updateAccess(of: FunctionID(index)) }
    }

    /// The numbers within `range` of functions that exist, ascending.
    func existing(_ range: Range<Int>) -> [Int] { functions.existing.filter { range.contains($0) } }

    /// VF Enable, NumVFs or VF Memory Space Enable of a physical function were written.
    mutating func setVirtualFunctions(of physical: Int, at now: SimTime, platform: inout Platform, medium: inout Medium)
    {
        let owner = Int(layout.physical(physical).index)
        let space = functions[owner].configurationSpace
        let count = space.areVFsEnabled ? min(space.virtualFunctionCount, layout.virtualCount(of: physical)) : 0
        let former = functions[owner].enabledVFCount
        for number in 0..<max(count, former) {
            let function = layout.virtual(number, of: physical)
            if number < count {
                if functions.contains(Int(function.index)) {
                    functions[Int(function.index)].isOnBus = true
                    functions[Int(function.index)].firmware.startBoot(at: now)
                } else {
                    make(function, isOnBus: true, at: now)
                }
            } else if functions.contains(Int(function.index)) {
                resetFunction(function, at: now, medium: &medium)
                endLife(of: function)
            }
        }
        functions[owner].enabledVFCount = count
        updateAccessOfAll(of: physical)
        if count != former { reportVirtualFunctions(of: physical, at: now) }
    }

    /// Tells the function of the SmartNIC's own processors that the host's virtual functions have come or gone.
    private mutating func reportVirtualFunctions(of physical: Int, at now: SimTime) {
        let manager = manager(ofPhysical: physical)
        guard manager != physical, parameters.functions[manager].isEmbedded else { return }
        raise(EventQueueEntry(.eswFunctionsChanged), to: layout.physical(manager), at: now)
    }
}
