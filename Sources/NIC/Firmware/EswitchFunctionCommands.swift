import Host
import Wire

/// What the function of the SmartNIC's own processors is told of the host (switchdev needs, section 10).
extension NIC {
    /// QUERY_ESW_FUNCTIONS: the host's physical function and its virtual functions.
    func queryEswFunctions(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        guard let manager = managedEswitch(of: function) else { throw .otherFunction }
        let host = eswitch(ofPhysical: manager)
        let base = QueryEswFunctions.context
        guard host != manager else {
            // Nobody else's functions are managed: there is no host's physical function (bit 18).
            if isEmbedded(function) { command.output.set(BitField(base, bit: 18), 1) }
            return
        }
        let index = Int(layout.physical(host).index)
        command.output.set(BitField(base, 15, 0), UInt32(functions[index].enabledVFCount))
        if functions[index].firmware.isHeld { command.output.set(BitField(base, bit: 16), 1) }
        command.output.set(BitField(base + 4, 31, 16), UInt32(layout.virtualCount(of: host)))
    }
}
