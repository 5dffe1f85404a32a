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
        let port = Int(functions[Int(function.index)].port.index)
        switch operation {
        case .read: try readRegister(register, &data, port: port)
        case .write:
            guard mayWriteRegisters(function) else { throw .registerNotPermitted }
            try writeRegister(register, &data, port: port, at: command.now, platform: &platform)
        }
        command.output.bytes.append(contentsOf: data.bytes)
    }

    /// Whether `function` may set what belongs to its port: a physical function that nobody else manages.
    private func mayWriteRegisters(_ function: FunctionID) -> Bool {
        guard case .physical(let number) = layout.kind(of: function) else { return false }
        return manager(ofPhysical: number) == number
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
        _ register: AccessRegisterID, _ data: inout Record, port: Int
    ) throws(Syndrome) {
        switch register {
        case .pmtu:
            data.set(PMTU.maxMtu, ports[port].maximumMTU)
            data.set(PMTU.adminMtu, ports[port].adminMTU)
            data.set(PMTU.operMtu, ports[port].adminMTU)
        case .paos:
            data.set(PAOS.adminStatus, UInt32((ports[port].isEnabled ? PortAdminStatus.up : .down).rawValue))
            data.set(PAOS.operStatus, UInt32((ports[port].isUp ? PortOperStatus.up : .down).rawValue))
        case .ptys: readPTYS(&data, port: port)
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
        _ register: AccessRegisterID, _ data: inout Record, port: Int, at now: SimTime, platform: inout Platform
    ) throws(Syndrome) {
        switch register {
        case .hostEndianness: break
        case .pmtu:
            ports[port].adminMTU = max(68 + 22, min(data.get(PMTU.adminMtu), ports[port].maximumMTU))
            try readRegister(.pmtu, &data, port: port)
        case .paos:
            if data.get(PAOS.ase) != 0 {
                guard let status = PortAdminStatus(rawValue: UInt8(data.get(PAOS.adminStatus))) else {
                    throw .portAdminStatus
                }
                setPort(port, isEnabled: status == .up, at: now, platform: &platform)
            }
            try readRegister(.paos, &data, port: port)
        case .ptys:
            let capability = Self.protocolMask(ofSpeed: ports[port].speed)
            guard data.get(PTYS.ethProtoAdmin) & ~capability == 0 else { throw .portProtocol }
            readPTYS(&data, port: port)
        case .pfcc:
            ports[port].sendsPause = data.get(PFCC.pptx) != 0
            ports[port].honoursPause = data.get(PFCC.pprx) != 0
        case .pplm: break
        default: throw .registerReadOnly
        }
    }

    /// Turns a port on or off and tells every function behind it when its state changes.
    package mutating func setPort(_ port: Int, isEnabled: Bool, at now: SimTime, platform: inout Platform) {
        let wasUp = ports[port].isUp
        ports[port].isEnabled = isEnabled
        if wasUp != ports[port].isUp { reportPortChange(port, at: now, platform: &platform) }
    }

    /// The world has connected port `port` to something, or taken it off.
    package mutating func setPort(_ port: PortID, isConnected: Bool, at now: SimTime, platform: inout Platform) {
        let index = Int(port.index)
        let wasUp = ports[index].isUp
        ports[index].isConnected = isConnected
        if wasUp != ports[index].isUp { reportPortChange(index, at: now, platform: &platform) }
    }

    private mutating func reportPortChange(_ port: Int, at now: SimTime, platform: inout Platform) {
        let subtype: PortChangeSubtype = ports[port].isUp ? .active : .down
        for index in functions.existing
        where Int(functions[index].port.index) == port && hearsOfPort(FunctionID(index)) {
            raise(.portChange(subtype, port: 1), to: FunctionID(index), at: now)
        }
    }

    /// Whether the state of the port is that of the function's vport.
    private func hearsOfPort(_ function: FunctionID) -> Bool {
        let index = Int(function.index)
        return functions[index].kind.isPhysical || functions[index].vport.adminState == .auto
    }

    private func readPTYS(_ data: inout Record, port: Int) {
        let mask = Self.protocolMask(ofSpeed: ports[port].speed)
        data.set(PTYS.ethProtoCapability, mask)
        data.set(PTYS.ethProtoAdmin, mask)
        data.set(PTYS.ethProtoOper, ports[port].isUp ? mask : 0)
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
