package import Host
import Simulation
import Wire

/// The life of subfunctions: states of the device, auxiliary devices, and the core driver that is bound to each.
///
/// Linux makes subfunctions in switchdev mode alone. Here legacy mode has them too, until there is a switchdev mode:
/// their vports are vports of the legacy switch like those of virtual functions.
extension HostSoftware {
    /// Tells what the next subfunction number `number` of `function` is to call its netdev.
    package mutating func setNetdevName(_ name: String, ofSubfunction number: UInt32, of function: FunctionID) {
        subfunctionNames[SubfunctionKey(function: function, number: number)] = name
    }

    /// A subfunction by its parent and the number that people gave it.
    struct SubfunctionKey: Hashable {
        var function: FunctionID
        var number: UInt32
    }

    /// The device says that the state of a function may have changed: it is asked, and asked to tell again.
    mutating func stateChanged(_ number: UInt16, of core: Int, at now: SimTime, host: inout Host) {
        let first = cores[core].pointee.interface.capabilities.firstSubfunction
        guard number >= first, cores[core].pointee.subfunctions[Int(number - first)] != nil else { return }
        let steps: [ControlStep] = [.management(.queryState(number)), .management(.armState(number))]
        run(ControlProgram(.link, steps), on: core, at: now, host: &host)
    }

    /// The device has told the state of function `number`.
    mutating func takeState(_ output: Record, of number: UInt16, on core: Int, at now: SimTime, host: inout Host) {
        let slice = Int(number &- cores[core].pointee.interface.capabilities.firstSubfunction)
        guard var subfunction = cores[core].pointee.subfunctions[slice],
            let state = VHCAState(
                rawValue: UInt8(output.get(VHCAStateContext.state, at: QueryVHCAState.context)))
        else { return }
        subfunction.state = state
        cores[core].pointee.subfunctions[slice] = subfunction
        switch state {
        case .active: addDevice(of: slice, on: core, at: now, host: &host)
        case .teardownRequest: removeDevice(of: slice, on: core, at: now, host: &host)
        case .allocated, .invalid:
            removeDevice(of: slice, on: core, at: now, host: &host)
            if subfunction.isLeaving { finishDeletion(of: slice, on: core, at: now, host: &host) }
        case .inUse: break
        }
    }

    /// The parent goes: the drivers of all its subfunctions let go first.
    mutating func removeSubfunctions(of core: Int, at now: SimTime, host: inout Host) {
        for slice in cores[core].pointee.subfunctions.keys.sorted() {
            removeDevice(of: slice, on: core, at: now, host: &host)
        }
    }

    /// The steps that give the subfunctions of `core` back, which have no drivers any more.
    func deallocationSteps(of core: Int) -> [ControlStep] {
        cores[core].pointee.subfunctions.keys.sorted().flatMap { slice -> [ControlStep] in
            let identifier = cores[core].pointee.interface.capabilities.firstSubfunction + UInt16(slice)
            let isActive = cores[core].pointee.subfunctions[slice]?.isActive == true
            let disabling: [ControlStep] =
                isActive ? [.management(.disableFunction(identifier)), .local(.disableVport(identifier))] : []
            return disabling + [
                .management(.deallocateSubfunction(identifier)), .local(.forgetSubfunction(slice)),
            ]
        }
    }

    // MARK: Auxiliary devices

    private mutating func addDevice(of slice: Int, on core: Int, at now: SimTime, host: inout Host) {
        guard cores[core].pointee.subfunctions[slice]?.device == nil else { return }
        let number = auxiliary.admit(subfunction: slice, of: core)
        cores[core].pointee.subfunctions[slice]?.device = number
        bindSubfunction(number, ticket: nil, at: now, host: &host)
    }

    mutating func removeDevice(of slice: Int, on core: Int, at now: SimTime, host: inout Host) {
        guard let number = cores[core].pointee.subfunctions[slice]?.device else { return }
        cores[core].pointee.subfunctions[slice]?.device = nil
        auxiliary[number]?.isLeaving = true
        if let own = auxiliary[number]?.core {
            remove(own, ticket: nil, at: now, host: &host)
        } else {
            auxiliary.dismiss(number)
        }
    }

    /// The core driver is bound to the subfunction with the number `number` on the auxiliary bus: it probes it over
    /// its slice of the parent's BAR 2 (section 1.5).
    ///
    /// The probe is a full one, as up to Linux 6.4; a later kernel waits for `devlink dev reload` first.
    mutating func bindSubfunction(_ number: Int, ticket: CommandTicket?, at now: SimTime, host: inout Host) {
        func refuse(_ text: String, _ software: inout HostSoftware) {
            if let ticket { software.end(ticket, failure: text, at: now) }
        }
        guard let place = auxiliary[number]?.subfunction, cores.contains(place.parent),
            let subfunction = cores[place.parent].pointee.subfunctions[place.slice]
        else { return refuse("write error: No such device", &self) }
        guard auxiliary[number]?.core == nil else { return refuse("write error: Device or resource busy", &self) }
        let parent = cores[place.parent]
        guard let function = host.subfunction(of: parent.pointee.interface.function, slice: place.slice) else {
            return refuse("write error: No such device", &self)
        }
        let logByteCount = parent.pointee.interface.capabilities.logSubfunctionPages + 12
        let registers = RegisterWindow(
            function: parent.pointee.interface.registers.function, bar: 2,
            base: UInt32(truncatingIfNeeded: place.slice << logByteCount))
        var interface = FunctionInterface(
            function: function, registers: registers, deviceName: "mlx5_core.sf.\(number)")
        interface.shareVector(of: parent.pointee.interface, slice: place.slice, reserved: kernel.processors.count)
        interface.isManaged = true
        let core = makeCore(
            interface, kind: .subfunction(slice: place.slice), parent: place.parent, address: nil,
            netdevName: subfunction.netdevName)
        auxiliary.attach(core: core, to: number)
        cores[place.parent].pointee.share(cores[core].pointee.interface.controlVector, with: core, true)
        probe(core, ticket: ticket, at: now, host: &host)
    }
}

extension FunctionInterface {
    /// Uses one of the vectors of `parent`: those behind the ones its own channels may have, or any but the control
    /// vector where there are none left.
    mutating func shareVector(of parent: borrowing FunctionInterface, slice: Int, reserved: Int) {
        let count = parent.vectorCount
        let first = count > reserved + 1 ? reserved + 1 : min(1, max(count - 1, 0))
        let vector = first + slice % max(count - first, 1)
        controlVector = vector
        firstCompletionVector = vector
        vectorCount = 2
    }
}
