import Host
import Simulation
import Wire

/// Several physical functions behind one port, as on a NIC for several hosts: each gets what its addresses ask for.
extension NIC {
    /// Whether frames to `destination` are meant for the functions of switch `eswitch`: an entry of its manager's L2
    /// table, of its address lists, or its permanent address.
    private func owns(_ destination: MACAddress, eswitch: Int) -> Bool {
        let index = Int(layout.physical(switching.eswitches[eswitch].manager).index)
        return functions[index].vport.permanentAddress == destination
            || functions[index].vport.unicastList.contains(destination)
            || functions[index].firmware.addressTable.values.contains { $0.address == destination }
    }

    /// Whether switch `eswitch` takes a frame to `destination` from the wire.
    private func takes(_ destination: MACAddress, eswitch: Int) -> Bool {
        if destination.isMulticast { return true }
        let index = Int(layout.physical(switching.eswitches[eswitch].manager).index)
        return functions[index].vport.acceptsAll || functions[index].vport.acceptsAllUnicast
            || owns(destination, eswitch: eswitch)
    }

    /// `frame` came from the wire of `port`, which several switches share.
    mutating func share(
        _ frame: FrameID, from port: PortID, at time: SimTime, now: SimTime, _ platform: inout Platform,
        _ medium: inout Medium
    ) {
        let destination = MACAddress(decoding: UnsafeRawBufferPointer(medium.frames.bytes(frame)))
        var found: Int?
        for eswitch in switching.eswitches.indices
        where switching.eswitches[eswitch].port == port && takes(destination, eswitch: eswitch) {
            if let earlier = found {
                let copy = medium.frames.copy(frame)
                arrive(copy, inEswitch: earlier, .port(port), at: time, now: now, &platform, &medium)
            }
            found = eswitch
        }
        guard let last = found else {
            drop(frame, .noSwitchRule, at: port, time: now, medium: &medium)
            return
        }
        arrive(frame, inEswitch: last, .port(port), at: time, now: now, &platform, &medium)
    }

    /// `frame` leaves a switch by `port`, which others share: it goes to the one whose address it has, to all and the
    /// wire when it is for many, and otherwise to the wire.
    mutating func leaveShared(
        _ frame: FrameID, on port: PortID, _ origin: SwitchOrigin, at time: SimTime, now: SimTime,
        _ platform: inout Platform, _ medium: inout Medium
    ) {
        let destination = MACAddress(decoding: UnsafeRawBufferPointer(medium.frames.bytes(frame)))
        for eswitch in switching.eswitches.indices
        where eswitch != origin.eswitch && switching.eswitches[eswitch].port == port {
            if destination.isMulticast {
                let copy = medium.frames.copy(frame)
                arrive(
                    copy, inEswitch: eswitch, .loopback, depth: origin.depth + 1, at: time, now: now, &platform,
                    &medium)
            } else if owns(destination, eswitch: eswitch) {
                arrive(
                    frame, inEswitch: eswitch, .loopback, depth: origin.depth + 1, at: time, now: now, &platform,
                    &medium)
                return
            }
        }
        transmit(frame, on: port, at: time, now: now, medium: &medium)
    }
}
