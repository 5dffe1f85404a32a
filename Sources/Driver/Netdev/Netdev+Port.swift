import Host
import Simulation
import Wire

/// Commands that concern the port and the vport: MTU, state, addresses (sections 3.3, 3.4, 6.6 and 7).
extension Netdev {
    /// What the driver adds to the IP MTU in hardware units: Ethernet header, VLAN tag, frame check sequence.
    static var mtuOverhead: Int { 22 }

    func portCommand(_ step: NetdevStep, capabilities: Capabilities) -> (Opcode, Record)? {
        switch step {
        case .queryPMTU: return register(.pmtu, .read, byteCount: PMTU.byteCount) { $0.set(PMTU.localPort, 1, at: $1) }
        case .writePMTU:
            return register(.pmtu, .write, byteCount: PMTU.byteCount) {
                $0.set(PMTU.localPort, 1, at: $1)
                $0.set(PMTU.adminMtu, UInt32(settings.mtu + Self.mtuOverhead), at: $1)
            }
        case .portAdmin(let up):
            return register(.paos, .write, byteCount: PAOS.byteCount) {
                $0.set(PAOS.localPort, 1, at: $1)
                $0.set(
                    PAOS.adminStatus, UInt32(up ? PortAdminStatus.up.rawValue : PortAdminStatus.down.rawValue), at: $1)
                $0.set(PAOS.ase, 1, at: $1)
            }
        case .readRegister(let id):
            let byteCount = id == .ptys ? PTYS.byteCount : id == .pfcc ? PFCC.byteCount : 0x10
            return register(id, .read, byteCount: byteCount) {
                $0.set(PMTU.localPort, 1, at: $1)
                if id == .ptys { $0.set(PTYS.protoMask, 4, at: $1) }
            }
        case .writePFCC:
            return register(.pfcc, .write, byteCount: PFCC.byteCount) {
                $0.set(PFCC.localPort, 1, at: $1)
                $0.set(PFCC.pptx, settings.pausesTransmit ? 1 : 0, at: $1)
                $0.set(PFCC.pprx, settings.pausesReceive ? 1 : 0, at: $1)
            }
        case .queryVportState: return (.queryVportState, Record(.queryVportState))
        case .setL2Entry:
            guard capabilities.logL2Table > 0 else { return nil }
            var input = Record(.setL2TableEntry)
            input.set(SetL2TableEntry.tableIndex, 0)
            input.set64(SetL2TableEntry.macAddress, settings.address.rawValue)
            return (.setL2TableEntry, input)
        default: return vportCommand(step)
        }
    }

    private func vportCommand(_ step: NetdevStep) -> (Opcode, Record)? {
        var input = Record(.modifyNICVportContext)
        let context = ModifyNICVportContext.context
        switch step {
        case .modifyVportMTU:
            input.set(ModifyNICVportContext.fieldSelectMtu, 1)
            input.set(NICVportContext.mtu, UInt32(settings.mtu + Self.mtuOverhead), at: context)
        case .modifyVportLists:
            input = Record(.modifyNICVportContext, listByteCount: 8)
            input.set(ModifyNICVportContext.fieldSelectAddressesList, 1)
            input.set(NICVportContext.allowedListType, UInt32(AddressListType.unicast.rawValue), at: context)
            input.set(NICVportContext.allowedListSize, 1, at: context)
            input.set64(context + NICVportContext.currentUcMacAddress, settings.address.rawValue)
        case .modifyVportMulticast:
            // Broadcast is the one group address that every interface wants.
            input = Record(.modifyNICVportContext, listByteCount: 8)
            input.set(ModifyNICVportContext.fieldSelectAddressesList, 1)
            input.set(NICVportContext.allowedListType, UInt32(AddressListType.multicast.rawValue), at: context)
            input.set(NICVportContext.allowedListSize, 1, at: context)
            input.set64(context + NICVportContext.currentUcMacAddress, MACAddress.broadcast.rawValue)
        case .modifyVportPromiscuous:
            input.set(ModifyNICVportContext.fieldSelectPromisc, 1)
            input.set(NICVportContext.promiscMc, settings.acceptsAllMulticast ? 1 : 0, at: context)
            input.set(NICVportContext.promiscAll, settings.isPromiscuous ? 1 : 0, at: context)
        case .modifyVportAddress:
            input.set(ModifyNICVportContext.fieldSelectPermanentAddress, 1)
            input.set64(context + NICVportContext.permanentAddress, settings.address.rawValue)
        default: return nil
        }
        return (.modifyNICVportContext, input)
    }

    private func register(
        _ id: AccessRegisterID, _ operation: RegisterOperation, byteCount: Int, _ fill: (inout Record, Int) -> Void
    ) -> (Opcode, Record) {
        var input = Record(register: id, operation, byteCount: byteCount)
        fill(&input, AccessRegister.registerData)
        return (.accessRegister, input)
    }

    mutating func finishPort(_ step: NetdevStep, _ output: Record, functionIndex: UInt16) {
        let data = AccessRegister.registerData
        switch step {
        case .queryVport:
            let address = output.get64(QueryNICVportContext.context + NICVportContext.permanentAddress)
            settings.address = MACAddress(rawValue: address)
            settings.hasMadeUpAddress = settings.address == .zero
            if settings.address == .zero {
                // A function without an address makes one up: locally administered, the same in every run.
                var random = SplitMix(seed: UInt64(functionIndex) + 1)
                settings.address = MACAddress(rawValue: 0x02 << 40 | random.next() & 0xff_ffff_ffff)
            }
        case .queryPMTU:
            settings.maximumMTU = output.get(PMTU.maxMtu, at: data)
            settings.hardwareMTU = output.get(PMTU.operMtu, at: data)
        case .queryVportState: settings.vportIsUp = output.get(QueryVportState.state) == 1
        case .setL2Entry:
            guard !objects.contains(where: { $0.kind == .l2Entry }) else { return }
            objects.append(DeviceObject(kind: .l2Entry, id: 0, scope: .rules))
        case .readRegister(.ptys): settings.ethernetProtocols = output.get(PTYS.ethProtoOper, at: data)
        case .readRegister(.pfcc):
            settings.pausesTransmit = output.get(PFCC.pptx, at: data) != 0
            settings.pausesReceive = output.get(PFCC.pprx, at: data) != 0
        default: break
        }
    }
}
