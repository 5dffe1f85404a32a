import Host
import Wire

/// Which function a command is about: decided once, before its handler sees it.
extension NIC {
    /// The function that `command`, issued by `function`, is about.
    ///
    /// - Throws: when it names another one that the issuer does not manage, or that cannot be.
    mutating func target(of command: Command, from function: FunctionID, _ naming: CommandRule.Naming)
        throws(Syndrome) -> FunctionID
    {
        switch naming {
        case .own: return function
        case .vport:
            guard command.number(QueryVportState.otherVport) != 0 else { return function }
            let vport = VportNumber(UInt16(command.number(QueryVportState.vportNumber)))
            return try managed(vport, by: function, or: .otherVport)
        case .otherFunction:
            guard command.number(QueryHCACap.ecVfFunction) == 0 else { throw .otherFunction }
            guard command.number(QueryHCACap.otherFunction) != 0 else { return function }
            let vport = VportNumber(UInt16(command.number(QueryHCACap.functionId)))
            return try managed(vport, by: function, or: .otherFunction)
        case .function: return try namedFunction(command, function)
        }
    }

    /// Function 0 is the issuer; an embedded-CPU function says with a flag that it means itself, and without it that it
    /// means the host's physical function.
    private mutating func namedFunction(_ command: Command, _ function: FunctionID) throws(Syndrome) -> FunctionID {
        let number = command.number(EnableHCA.functionId)
        let saysEmbedded = command.number(EnableHCA.embeddedCpuFunction) != 0
        let isEmbedded = isEmbedded(function)
        if saysEmbedded {
            guard isEmbedded, number == 0 else { throw .otherFunction }
            return function
        }
        if number == 0, !isEmbedded { return function }
        if let own = ownVirtualFunction(number, of: function) {
            if !functions.contains(Int(own.index)) { make(own) }
            return own
        }
        return try managed(VportNumber(UInt16(number)), by: function, or: .otherFunction)
    }

    /// Virtual function `number`, counted from 1, of a physical function whose switch somebody else manages: it starts
    /// and feeds its own all the same.
    private func ownVirtualFunction(_ number: Int, of function: FunctionID) -> FunctionID? {
        guard case .physical(let physical) = layout.kind(of: function), manager(ofPhysical: physical) != physical,
            number >= 1, number <= layout.virtualCount(of: physical)
        else { return nil }
        return layout.virtual(number - 1, of: physical)
    }

    /// Whether `function` is that of the SmartNIC's own processors.
    func isEmbedded(_ function: FunctionID) -> Bool {
        guard case .physical(let number) = layout.kind(of: function) else { return false }
        return parameters.functions[number].isEmbedded
    }

    /// The physical function that `function` is, if that manages an e-switch.
    func managedEswitch(of function: FunctionID) -> Int? {
        guard case .physical(let number) = layout.kind(of: function), managesEswitch(number) else { return nil }
        return number
    }

    /// The function behind `vport` of the e-switch that `function` manages, made if nobody needed it before.
    private mutating func managed(
        _ vport: VportNumber, by function: FunctionID, or refusal: Syndrome
    ) throws(Syndrome) -> FunctionID {
        guard let manager = managedEswitch(of: function),
            let target = self.function(behind: vport, managedBy: manager)
        else { throw refusal }
        if functions.contains(Int(target.index)) { return target }
        // A virtual function is described before it is on the bus; a subfunction is allocated first.
        guard layout.kind(of: target)?.isVirtual == true else { throw refusal }
        make(target)
        return target
    }
}
