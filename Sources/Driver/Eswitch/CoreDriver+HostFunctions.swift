import Wire

/// The host behind the SmartNIC's own processors: their function manages the switch, lets the host's physical function
/// start, and follows the host's virtual functions (switchdev needs, section 10).
extension CoreDriver {
    /// What stands here for the function of the SmartNIC's own processors: its vport.
    static var embeddedNumber: UInt16 { 0xfffe }

    /// How this function calls itself among those it manages, and its vport.
    var ownNumber: UInt16 { interface.isEmbedded ? Self.embeddedNumber : 0 }

    /// A command that is about function `number`.
    func functionCommand(_ input: Record, _ opcode: Opcode, _ number: UInt16) -> (Opcode, Record) {
        var input = input
        name(number, in: &input)
        return (opcode, input)
    }

    /// Says which function a command is about: `function_id`, and the flag of the SmartNIC's own processors before it.
    func name(_ number: UInt16, in input: inout Record) {
        let isEmbedded = number == Self.embeddedNumber
        input.set(EnableHCA.embeddedCpuFunction, isEmbedded ? 1 : 0)
        input.set(EnableHCA.functionId, isEmbedded ? 0 : UInt32(number))
    }

    /// Begins to manage the host's switch, if this is the function of the SmartNIC's own processors.
    mutating func admitHost() {
        let capabilities = interface.capabilities
        guard interface.isEmbedded, capabilities.isEswitchManager, capabilities.hasForwardingDatabase else { return }
        prepend([.local(.enableEswitch), .management(.queryHostFunctions), .local(.startHost)])
    }

    /// Takes what QUERY_ESW_FUNCTIONS says: bit 18, that there is no physical function of a host, and how many virtual
    /// ones are enabled.
    mutating func takeHostFunctions(_ output: Record) {
        let base = QueryEswFunctions.context
        guard output.get(BitField(base, bit: 18)) == 0 else { return }
        var host = eswitch?.host ?? LegacyEswitch.HostFunctions()
        host.virtualCount = Int(output.get(BitField(base, 15, 0)))
        eswitch?.host = host
    }

    /// The host's vport is there: its physical function, which has waited for this, starts.
    mutating func startHost() {
        guard eswitch?.host?.isStarted == false else { return }
        eswitch?.host?.isStarted = true
        prepend([.local(.enableVport(0)), .management(.enableFunction(0)), .local(.followHost)])
    }

    /// The host's virtual functions have come or gone: so do their vports.
    mutating func followHost() {
        guard let host = eswitch?.host else { return }
        let (former, count) = (host.enabledCount, host.virtualCount)
        eswitch?.host?.enabledCount = count
        let coming = (former..<max(former, count)).map { ControlStep.local(.enableVport(UInt16($0 + 1))) }
        let going = (count..<max(former, count)).reversed().map { ControlStep.local(.disableVport(UInt16($0 + 1))) }
        prepend(coming + going)
    }

    /// Lets go of the host: its functions stop, and start over when somebody manages the switch again.
    mutating func releaseHost() {
        guard let host = eswitch?.host else { return }
        let virtual = (0..<host.enabledCount).reversed().map { ControlStep.local(.disableVport(UInt16($0 + 1))) }
        eswitch?.host = nil
        prepend(virtual + (host.isStarted ? [.management(.disableFunction(0)), .local(.disableVport(0))] : []))
    }
}
