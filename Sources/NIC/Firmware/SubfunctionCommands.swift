import Host
import Simulation
import Wire

/// Subfunctions: allocated and let go by the function that manages them, used by drivers of their own (native
/// interface, section 3.8).
extension NIC {
    /// ALLOC_SF: the subfunction exists from now on, for nobody's use yet.
    mutating func allocSF(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let target = try subfunction(command.number(AllocSF.functionId), managedBy: function)
        guard !functions.contains(Int(target.index)) else { throw .subfunctionState }
        make(target, isHeld: true, at: command.now)
        setState(.allocated, of: target, at: command.now)
    }

    mutating func deallocSF(
        _ command: inout Command, of function: FunctionID, medium: inout Medium
    ) throws(Syndrome) {
        let target = try subfunction(command.number(DeallocSF.functionId), managedBy: function)
        guard entry(of: target).state == .allocated else { throw .subfunctionState }
        setState(.invalid, of: target, at: command.now)
        destroy(target, at: command.now, medium: &medium)
        self[entryOf: target].userNumber = 0
    }

    /// QUERY_VHCA_STATE: of a subfunction, whether it exists or not.
    func queryVHCAState(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let target = try subfunction(
            command.number(QueryVHCAState.functionId), managedBy: function, orOwnedBy: true)
        let entry = entry(of: target)
        let base = QueryVHCAState.context
        let listener = try listener(function, of: target)
        command.output.set(VHCAStateContext.state, UInt32(entry.state.rawValue), at: base)
        command.output.set(VHCAStateContext.armChangeEvent, entry.armed.contains(listener) ? 1 : 0, at: base)
        command.output.set(VHCAStateContext.swFunctionId, entry.userNumber, at: base)
    }

    /// MODIFY_VHCA_STATE: the user's number, and the wish to be told of the next change.
    ///
    /// A change that was missed while nobody had asked is told at once; to ask twice is to ask once.
    mutating func modifyVHCAState(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let target = try subfunction(
            command.number(ModifyVHCAState.functionId), managedBy: function, orOwnedBy: true)
        let fields = VHCAStateModify(rawValue: UInt32(command.number(ModifyVHCAState.vhcaStateFieldSelect)))
        guard fields.subtracting([.armChangeEvent, .swFunctionID]).isEmpty else { throw .modifyFieldUnknown }
        let listener = try listener(function, of: target)
        let base = ModifyVHCAState.context
        if fields.contains(.swFunctionID) {
            guard listener == .manager else { throw .otherFunction }
            self[entryOf: target].userNumber = command.input.get(VHCAStateContext.swFunctionId, at: base)
        }
        guard fields.contains(.armChangeEvent) else { return }
        if command.input.get(VHCAStateContext.armChangeEvent, at: base) == 0 {
            self[entryOf: target].armed.remove(listener)
        } else {
            self[entryOf: target].armed.insert(listener)
            if entry(of: target).missed.contains(listener) { report(target, to: listener, at: command.now) }
        }
    }

    // MARK: States

    /// ENABLE_HCA of the manager: a driver may use the subfunction.
    mutating func activate(_ target: FunctionID, at now: SimTime) throws(Syndrome) {
        guard entry(of: target).state == .allocated else { throw .subfunctionState }
        functions[Int(target.index)].firmware.isHeld = false
        functions[Int(target.index)].firmware.startBoot(at: now)
        setState(.active, of: target, at: now)
    }

    /// DISABLE_HCA of the manager: a driver that uses the subfunction is asked to leave.
    mutating func deactivate(_ target: FunctionID, at now: SimTime) throws(Syndrome) {
        let state = entry(of: target).state
        guard state == .active || state == .inUse else { throw .subfunctionState }
        let isUsed = functions[Int(target.index)].firmware.lifeCycle != .disabled
        if isUsed {
            setState(.teardownRequest, of: target, at: now)
        } else {
            becomeAllocated(target, at: now)
        }
    }

    /// DISABLE_HCA of the subfunction's own driver.
    mutating func driverLeft(_ target: FunctionID, at now: SimTime) {
        switch entry(of: target).state {
        case .teardownRequest: becomeAllocated(target, at: now)
        case .inUse: setState(.active, of: target, at: now)
        case .invalid, .allocated, .active: break
        }
    }

    private mutating func becomeAllocated(_ target: FunctionID, at now: SimTime) {
        functions[Int(target.index)].firmware.isHeld = true
        setState(.allocated, of: target, at: now)
    }

    /// The subfunction's state becomes `state`: whoever has asked is told, once.
    mutating func setState(_ state: VHCAState, of target: FunctionID, at now: SimTime) {
        guard entry(of: target).state != state else { return }
        self[entryOf: target].state = state
        let manager = layout.kind(of: target).map { self.manager(ofPhysical: $0.physical) == $0.physical }
        let listeners: ManagedStates.Listeners = manager == true ? .manager : [.manager, .owner]
        for listener in [ManagedStates.Listeners.manager, .owner] where listeners.contains(listener) {
            if entry(of: target).armed.contains(listener) {
                report(target, to: listener, at: now)
            } else {
                self[entryOf: target].missed.insert(listener)
            }
        }
    }

    private mutating func report(_ target: FunctionID, to listener: ManagedStates.Listeners, at now: SimTime) {
        guard let owner = layout.kind(of: target)?.physical else { return }
        self[entryOf: target].armed.remove(listener)
        self[entryOf: target].missed.remove(listener)
        let function = layout.physical(listener == .manager ? manager(ofPhysical: owner) : owner)
        raise(.vhcaStateChange(functionID: vport(of: target).rawValue), to: function, at: now)
    }

    // MARK: Names

    private func entry(of target: FunctionID) -> ManagedStates.Entry {
        guard case .sub(let slice, let owner) = layout.kind(of: target) else { return ManagedStates.Entry() }
        return managedStates[owner][slice]
    }

    private subscript(entryOf target: FunctionID) -> ManagedStates.Entry {
        get { entry(of: target) }
        set {
            guard case .sub(let slice, let owner) = layout.kind(of: target) else { return }
            managedStates[owner][slice] = newValue
        }
    }

    /// The subfunction that a command names by its function identifier.
    private func subfunction(
        _ number: Int, managedBy function: FunctionID, orOwnedBy mayOwn: Bool = false
    ) throws(Syndrome) -> FunctionID {
        guard case .physical(let physical) = layout.kind(of: function), number <= Int(UInt16.max) else {
            throw .otherFunction
        }
        let manager = mayOwn ? self.manager(ofPhysical: physical) : physical
        guard managesEswitch(manager),
            let target = self.function(behind: VportNumber(UInt16(number)), managedBy: manager),
            layout.kind(of: target)?.isSub == true
        else { throw .otherFunction }
        return target
    }

    /// As what `function` asks about `target`.
    private func listener(_ function: FunctionID, of target: FunctionID) throws(Syndrome) -> ManagedStates.Listeners {
        guard let owner = layout.kind(of: target)?.physical else { throw .otherFunction }
        if function == layout.physical(manager(ofPhysical: owner)) { return .manager }
        guard function == layout.physical(owner) else { throw .otherFunction }
        return .owner
    }
}
