package import Host
package import Simulation
import Wire

/// Registers behind ACCESS_REG (native interface, section 7). A register that is not here is a bad parameter.
extension NIC {
    mutating func accessRegister(
        _ command: inout Command, of function: FunctionID, platform: inout Platform
    ) throws(Syndrome) {
        guard let operation = RegisterOperation(rawValue: command.opMod) else { throw .badOperationModifier }
        let number = UInt16(command.number(AccessRegister.registerId))
        guard let register = AccessRegisterID(rawValue: number), let byteCount = byteCount(of: register) else {
            throw .registerUnknown
        }
        guard command.input.byteCount >= AccessRegister.registerData + 4 else { throw .registerDataTooShort }
        var data = command.part(AccessRegister.registerData, byteCount)
        if register != .hostEndianness {
            guard register == .pcam || data.get(PMTU.localPort) == 1 else { throw .registerPort }
        }
        switch operation {
        case .read: try readRegister(register, &data, of: function)
        case .write where mayWriteRegisters(function):
            try writeRegister(register, &data, of: function, at: command.now, platform: &platform)
        // Linux's driver writes these two whoever it is; of a function that has no say in them they are taken and
        // change nothing.
        case .write where register == .pmtu || register == .paos: try readRegister(register, &data, of: function)
        case .write: throw .registerNotPermitted
        }
        command.output.bytes.append(contentsOf: data.bytes)
    }

    /// Whether `function` may set what belongs to its port: a physical function that nobody else manages.
    private func mayWriteRegisters(_ function: FunctionID) -> Bool {
        guard case .physical(let number) = layout.kind(of: function) else { return false }
        return manager(ofPhysical: number) == number
    }

    /// How many functions may set what belongs to `port`.
    private func sharerCount(of port: PortID) -> Int {
        (0..<layout.physicalCount).count { parameters.functions[$0].port == port && manager(ofPhysical: $0) == $0 }
    }

    /// Bytes of `register`; `nil` when the device does not have it.
    private func byteCount(of register: AccessRegisterID) -> Int? {
        let hasMasks = parameters.firmware.features.contains(.registerMasks)
        return switch register {
        case .hostEndianness: HostEndianness.byteCount
        case .pmtu: PMTU.byteCount
        case .paos: PAOS.byteCount
        case .ptys: PTYS.byteCount
        case .ppcnt: PPCNT.byteCount
        case .pmlp: PMLP.byteCount
        case .pfcc: PFCC.byteCount
        case .pddr: PDDR.byteCount
        case .pplm: hasMasks ? PPLM.byteCount : nil
        case .pcam: hasMasks ? PCAM.byteCount : nil
        default: nil
        }
    }

    private mutating func readRegister(
        _ register: AccessRegisterID, _ data: inout Record, of function: FunctionID
    ) throws(Syndrome) {
        let index = Int(function.index)
        let port = Int(functions[index].port.index)
        switch register {
        case .pmtu:
            let asked = ports[port].requests.mtu(of: functions[index].kind.physical)
            data.set(PMTU.maxMtu, ports[port].maximumMTU)
            data.set(PMTU.adminMtu, asked ?? ports[port].adminMTU)
            data.set(PMTU.operMtu, ports[port].adminMTU)
        case .paos:
            let isWanted = ports[port].isEnabled && ports[port].requests.isWanted(by: functions[index].kind.physical)
            data.set(PAOS.adminStatus, UInt32((isWanted ? PortAdminStatus.up : .down).rawValue))
            data.set(PAOS.operStatus, UInt32((isLinkUp(function) ? PortOperStatus.up : .down).rawValue))
        case .ptys: readPTYS(&data, of: function)
        case .ppcnt: try readPPCNT(&data, port: port)
        case .pmlp: data.set(PMLP.width, 1)
        case .pfcc:
            data.set(PFCC.pptx, ports[port].sendsPause ? 1 : 0)
            data.set(PFCC.pprx, ports[port].honoursPause ? 1 : 0)
        case .pcam: readPCAM(&data)
        // Nothing is wrong (PDDR), no error correction can be chosen (PPLM).
        default: break
        }
    }

    private mutating func writeRegister(
        _ register: AccessRegisterID, _ data: inout Record, of function: FunctionID, at now: SimTime,
        platform: inout Platform
    ) throws(Syndrome) {
        let port = Int(functions[Int(function.index)].port.index)
        let number = functions[Int(function.index)].kind.physical
        switch register {
        case .hostEndianness: break
        case .pmtu:
            let mtu = max(68 + 22, min(data.get(PMTU.adminMtu), ports[port].maximumMTU))
            ports[port].requests.setMTU(mtu, of: number)
            ports[port].adminMTU = ports[port].requests.longestMTU ?? mtu
            try readRegister(.pmtu, &data, of: function)
        case .paos:
            if data.get(PAOS.ase) != 0 {
                guard let status = PortAdminStatus(rawValue: UInt8(data.get(PAOS.adminStatus))) else {
                    throw .portAdminStatus
                }
                let sharers = sharerCount(of: PortID(port))
                changePort(port, at: now, platform: &platform) {
                    $0.requests.want(status == .up, by: number)
                    $0.isEnabled = $0.requests.isOn(sharers: sharers)
                }
            }
            try readRegister(.paos, &data, of: function)
        case .ptys:
            let capability = Self.protocolMask(ofSpeed: ports[port].speed)
            guard data.get(PTYS.ethProtoAdmin) & ~capability == 0 else { throw .portProtocol }
            readPTYS(&data, of: function)
        case .pfcc:
            ports[port].sendsPause = data.get(PFCC.pptx) != 0
            ports[port].honoursPause = data.get(PFCC.pprx) != 0
        case .pplm: break
        default: throw .registerReadOnly
        }
    }

    /// The world has connected port `port` to something, or taken it off.
    package mutating func setPort(_ port: PortID, isConnected: Bool, at now: SimTime, platform: inout Platform) {
        changePort(Int(port.index), at: now, platform: &platform) { $0.isConnected = isConnected }
    }

    /// Changes a port, and tells every function behind it whose link is another then.
    private mutating func changePort(
        _ port: Int, at now: SimTime, platform: inout Platform, _ change: (inout Port) -> Void
    ) {
        let listeners = functions.existing.map { FunctionID($0) }.filter {
            Int(functions[Int($0.index)].port.index) == port && hearsOfPort($0)
        }
        let before = listeners.map { isLinkUp($0) }
        change(&ports[port])
        // What waits at a port that is down is lost.
        if !ports[port].isUp, ports[port].waitingByteCount > 0 { events.schedule(.transmitter(PortID(port)), at: now) }
        for (listener, wasUp) in zip(listeners, before) {
            let isUp = isLinkUp(listener)
            if wasUp != isUp { raise(.portChange(isUp ? .active : .down, port: 1), to: listener, at: now) }
        }
    }

    /// Whether the port is up for `function`: for a physical function that has asked for it to be off it is not, also
    /// while others keep it on.
    func isLinkUp(_ function: FunctionID) -> Bool {
        let index = Int(function.index)
        let port = Int(functions[index].port.index)
        guard ports[port].isUp else { return false }
        guard case .physical(let number) = functions[index].kind else { return true }
        return ports[port].requests.isWanted(by: number)
    }

    /// Whether the state of the port is that of the function's vport.
    private func hearsOfPort(_ function: FunctionID) -> Bool {
        let index = Int(function.index)
        return functions[index].kind.isPhysical || functions[index].vport.adminState == .auto
    }

    private func readPTYS(_ data: inout Record, of function: FunctionID) {
        let port = Int(functions[Int(function.index)].port.index)
        let mask = Self.protocolMask(ofSpeed: ports[port].speed)
        data.set(PTYS.ethProtoCapability, mask)
        data.set(PTYS.ethProtoAdmin, mask)
        data.set(PTYS.ethProtoOper, isLinkUp(function) ? mask : 0)
    }

    /// The bit of `eth_proto_*` for a line rate in Mb/s (native interface, section 7).
    private static func protocolMask(ofSpeed speed: UInt64) -> UInt32 {
        switch speed {
        case ..<25_000: 1 << 12
        case ..<40_000: 1 << 27
        case ..<50_000: 1 << 6
        case ..<100_000: 1 << 30
        default: 1 << 20
        }
    }

    /// The mask of registers from 0x5000 on: the bit of register 0x5000 + n is bit n, counted from the mask's end.
    private func readPCAM(_ data: inout Record) {
        for register in AccessRegisterID.allCases where register.rawValue >> 8 == 0x50 {
            guard byteCount(of: register) != nil else { continue }
            let bit = Int(register.rawValue & 0x7f)
            let field = BitField(PCAM.accessRegMask + 12 - bit / 32 * 4, bit: bit % 32)
            data.set(field, 1)
        }
    }
}
