import Host
import Wire

/// What the manager sets about vports of its switch: tags and rates (native interface, section 6.6).
extension NIC {
    /// The vport that the command names at 0x8, in the switch that `function` manages; without `other_vport` the
    /// function's own.
    private func managedVport(_ command: Command, of function: FunctionID) throws(Syndrome) -> VportNumber {
        guard isEswitchManager(function) else { throw .eswitchManagerOnly }
        guard command.number(ModifyEswVportContext.otherVport) != 0 else { return vportNumber(of: function) }
        let vport = VportNumber(UInt16(command.number(ModifyEswVportContext.vportNumber)))
        guard hasVport(vport, inEswitchOf: function) else { throw .vportMissing }
        return vport
    }

    mutating func queryEswVportContext(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let vport = try managedVport(command, of: function)
        let number = makeControl(of: vport, inEswitch: eswitch(of: function))
        let control = switching.controls[number]
        let base = QueryEswVportContext.context
        func set(_ field: BitField, _ value: UInt32) { command.output.set(field, value, at: base) }
        set(EswVportContext.vportCvlanStrip, control.stripsTag ? 1 : 0)
        set(EswVportContext.vportCvlanInsert, UInt32(control.insertion.rawValue))
        command.output.set(BitField(0x8, 15, 0), UInt32(control.contextTag), at: base)
    }

    /// Service tags and metadata are not announced, and so refused.
    mutating func modifyEswVportContext(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let vport = try managedVport(command, of: function)
        guard command.input.get(BitField(word: 0xc)) & ~0b1010 == 0 else { throw .eswVportField }
        let base = ModifyEswVportContext.context
        let insertion = VPortControl.TagInsertion(
            rawValue: UInt8(command.input.get(EswVportContext.vportCvlanInsert, at: base)))
        guard let insertion else { throw .eswVportField }
        let control = makeControl(of: vport, inEswitch: eswitch(of: function))
        if command.number(ModifyEswVportContext.fieldSelectVportCvlanStrip) != 0 {
            switching.controls[control].stripsTag =
                command.input.get(EswVportContext.vportCvlanStrip, at: base) != 0
        }
        if command.number(ModifyEswVportContext.fieldSelectVportCvlanInsert) != 0 {
            switching.controls[control].insertion = insertion
            switching.controls[control].setContextTag(UInt16(command.input.get(BitField(0x8, 15, 0), at: base)))
        }
    }

    // MARK: Scheduling elements

    private func managedHierarchy(_ command: Command, of function: FunctionID) throws(Syndrome) -> Int {
        guard isEswitchManager(function) else { throw .eswitchManagerOnly }
        guard command.number(CreateSchedulingElement.schedulingHierarchy) == 2 else { throw .schedulingElement }
        return eswitch(of: function)
    }

    mutating func createSchedulingElement(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let eswitch = try managedHierarchy(command, of: function)
        let base = CreateSchedulingElement.context
        func number(_ field: BitField) -> UInt32 { command.input.get(field, at: base) }
        var element = SchedulingElement(vport: nil, parent: number(SchedulingContext.parentElementId))
        element.rate = number(SchedulingContext.maxAverageBw)
        switch number(SchedulingContext.elementType) {
        case 0:
            guard number(SchedulingContext.arbiterType) == 0, element.rate == 0 else { throw .schedulingElement }
        case 1:
            let vport = VportNumber(UInt16(number(SchedulingContext.vportNumber)))
            guard vport != .uplink, hasVport(vport, inEswitchOf: function) else { throw .vportMissing }
            guard !switching.eswitches[eswitch].elements.values.contains(where: { $0.vport == vport }) else {
                throw .schedulingBusy
            }
            element.vport = vport
        default: throw .schedulingElement
        }
        if element.parent != 0 {
            guard let parent = switching.eswitches[eswitch].elements[element.parent], parent.vport == nil else {
                throw .schedulingMissing
            }
            switching.eswitches[eswitch].elements[element.parent]?.childCount += 1
        }
        let identifier = switching.eswitches[eswitch].nextElement
        switching.eswitches[eswitch].nextElement += 1
        switching.eswitches[eswitch].elements[identifier] = element
        setRate(element.rate, of: element, inEswitch: eswitch)
        command.reply(CreateSchedulingElement.schedulingElementId, Int(identifier))
    }

    private mutating func setRate(_ rate: UInt32, of element: SchedulingElement, inEswitch eswitch: Int) {
        guard let vport = element.vport else { return }
        switching.controls[makeControl(of: vport, inEswitch: eswitch)].shaper.rate = rate
    }

    /// The element that the command names at 0xc.
    private func namedElement(
        _ command: Command, inEswitch eswitch: Int
    ) throws(Syndrome) -> (UInt32, SchedulingElement) {
        let identifier = command.input.get(DestroySchedulingElement.schedulingElementId)
        guard let element = switching.eswitches[eswitch].elements[identifier] else { throw .schedulingMissing }
        return (identifier, element)
    }

    mutating func destroySchedulingElement(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let eswitch = try managedHierarchy(command, of: function)
        let (identifier, element) = try namedElement(command, inEswitch: eswitch)
        guard element.childCount == 0 else { throw .schedulingBusy }
        switching.eswitches[eswitch].elements[identifier] = nil
        switching.eswitches[eswitch].elements[element.parent]?.childCount -= 1
        setRate(0, of: element, inEswitch: eswitch)
    }

    func querySchedulingElement(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let eswitch = try managedHierarchy(command, of: function)
        let (_, element) = try namedElement(command, inEswitch: eswitch)
        func set(_ field: BitField, _ value: UInt32) {
            command.output.set(field, value, at: QuerySchedulingElement.context)
        }
        set(SchedulingContext.elementType, element.vport == nil ? 0 : 1)
        set(SchedulingContext.vportNumber, UInt32(element.vport?.rawValue ?? 0))
        set(SchedulingContext.parentElementId, element.parent)
        set(SchedulingContext.maxAverageBw, element.rate)
    }

    /// The share of an element is not modelled: it is announced to be none.
    mutating func modifySchedulingElement(_ command: inout Command, of function: FunctionID) throws(Syndrome) {
        let eswitch = try managedHierarchy(command, of: function)
        let (identifier, element) = try namedElement(command, inEswitch: eswitch)
        guard command.input.get(BitField(word: 0x14)) & ~0b11 == 0 else { throw .modifyFieldUnknown }
        guard command.number(ModifySchedulingElement.bitmaskMaxAverageBw) != 0 else { return }
        let rate = command.input.get(SchedulingContext.maxAverageBw, at: ModifySchedulingElement.context)
        guard element.vport != nil || rate == 0 else { throw .schedulingElement }
        switching.eswitches[eswitch].elements[identifier]?.rate = rate
        setRate(rate, of: element, inEswitch: eswitch)
    }
}
