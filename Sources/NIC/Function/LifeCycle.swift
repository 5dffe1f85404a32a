package import Host
package import Simulation

extension NIC {
    /// Function level reset, or software reset (`nic_interface` 7), which leaves configuration space and interrupt
    /// vectors as they are.
    ///
    /// Everything the driver created is gone, what was under way is forgotten, and host memory is not touched again.
    /// The function boots as after power-on.
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
    }
}
