package import Host
package import Simulation

extension NIC {
    /// Function level reset, or software reset (`nic_interface` 7), which leaves configuration space and interrupt
    /// vectors as they are.
    ///
    /// Everything the driver created is gone, what was under way is forgotten, and host memory is not touched again.
    /// The function boots as after power-on. A physical function takes its virtual functions and subfunctions along.
    package mutating func resetFunction(
        _ function: FunctionID, at now: SimTime, isSoftware: Bool = false, medium: inout Medium
    ) {
        let index = Int(function.index)
        if !isSoftware {
            functions[index].configurationSpace.reset()
            functions[index].messageTable.reset()
        }
        functions[index].firmware.restart(at: now)
        reset(function, at: now, medium: &medium)
        guard case .physical(let number) = functions[index].kind else { return updateAccess(of: function) }
        resetManagedFunctions(of: number, isSoftware: isSoftware, at: now, medium: &medium)
        updateAccessOfAll(of: number)
    }

    /// What becomes of the functions of a physical function that is reset: virtual functions are gone with VF Enable,
    /// which a software reset leaves alone; subfunctions are gone, as the firmware that kept them starts over.
    private mutating func resetManagedFunctions(
        of physical: Int, isSoftware: Bool, at now: SimTime, medium: inout Medium
    ) {
        for index in existing(layout.subfunctions(of: physical)) {
            destroy(FunctionID(index), at: now, medium: &medium)
        }
        managedStates[physical] = ManagedStates()
        for index in existing(layout.virtualFunctions(of: physical)) {
            if isSoftware {
                resetFunction(FunctionID(index), at: now, isSoftware: true, medium: &medium)
            } else {
                destroy(FunctionID(index), at: now, medium: &medium)
            }
        }
        if !isSoftware { functions[Int(layout.physical(physical).index)].enabledVFCount = 0 }
    }
}
