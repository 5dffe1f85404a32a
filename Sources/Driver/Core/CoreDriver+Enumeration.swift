import Host
import Simulation
import Wire

/// What a PCI core does before a driver's probe: sizes and base addresses, power, vectors (section 1).
extension CoreDriver {
    /// Finds the function and makes it usable.
    func enumerationProgram() -> [ControlStep] {
        guard kind.hasPCIIdentity else { return [] }
        var steps: [ControlStep] = [
            .configurationRead(offset: 0, byteCount: 4, .identity),
            .configurationRead(offset: PCIHeader.command.offset, byteCount: 2, .command),
            .configurationRead(offset: PCIHeader.capabilitiesPointer.offset, byteCount: 1, .capabilityPointer),
        ]
        for bar in 0..<PCIHeader.barCount {
            let offset = PCIHeader.bar(bar).offset
            steps.append(.configurationWrite(offset: offset, byteCount: 4, value: .max))
            steps.append(.configurationRead(offset: offset, byteCount: 4, .barSize(bar)))
        }
        return steps
    }

    /// Takes what a configuration read answered.
    mutating func configurationValue(_ value: UInt32, for use: ConfigurationUse) throws(DriverError) {
        switch use {
        case .identity where kind != .physical: break
        case .identity:
            guard value != .max else { throw DriverError("no function answers configuration reads") }
            pci.vendorID = value & 0xffff
            pci.deviceID = value >> 16
            guard pci.vendorID == 0x15b3 else {
                throw DriverError("vendor 0x\(String(pci.vendorID, radix: 16)) is not ours")
            }
        case .command:
            pci.command = value & 0xffff
        case .capabilityPointer:
            pci.walkedCount = 0
            if value != 0 {
                prepend([.configurationRead(offset: Int(value), byteCount: 4, .capability(at: Int(value)))])
            }
        case .capability(let offset):
            try takeCapability(value, at: offset)
        case .msixTable(let offset):
            pci.tableBIR = UInt8(value & 7)
            pci.tableOffset = value & ~7
            pci.msix = offset
        case .barSize(let bar):
            takeBARSize(value, bar: bar)
        case .extendedCapability(let offset): takeExtendedCapability(value, at: offset)
        case .virtualFunctionTotal: virtualFunctions.total = Int(value & 0xffff)
        case .firstVirtualFunction: virtualFunctions.firstOffset = Int(value & 0xffff)
        case .virtualFunctionStride: virtualFunctions.stride = Int(value & 0xffff)
        }
    }

    private mutating func takeCapability(_ value: UInt32, at offset: Int) throws(DriverError) {
        pci.walkedCount += 1
        guard pci.walkedCount <= 48 else { throw DriverError("the capability list runs in a circle") }
        var steps: [ControlStep] = []
        switch PCICapabilityID(rawValue: UInt8(value & 0xff)) {
        case .powerManagement: pci.powerManagement = offset
        case .pciExpress: pci.pciExpress = offset
        case .msix:
            // Message control is the upper half of the capability's first word.
            pci.vectorCount = Int(value >> 16 & 0x7ff) + 1
            let table = offset + MSIXCapability.tableBIR.offset
            steps.append(.configurationRead(offset: table, byteCount: 4, .msixTable(at: offset)))
        case .vitalProductData, .msi, .vendorSpecific, nil: break
        }
        let next = Int(value >> 8 & 0xfc)
        if next != 0 { steps.append(.configurationRead(offset: next, byteCount: 4, .capability(at: next))) }
        prepend(steps)
    }

    /// Walks the list of extended capabilities up to that of SR-IOV (identifier 0x10).
    private mutating func takeExtendedCapability(_ value: UInt32, at offset: Int) {
        guard value != 0, value != .max else { return }
        guard value & 0xffff == 0x10 else {
            let next = Int(value >> 20)
            guard next > offset else { return }
            return prepend([.configurationRead(offset: next, byteCount: 4, .extendedCapability(at: next))])
        }
        virtualFunctions.capability = offset
        prepend([
            .configurationRead(
                offset: offset + SRIOVCapability.totalVFs.offset, byteCount: 2, .virtualFunctionTotal),
            .configurationRead(
                offset: offset + SRIOVCapability.firstVFOffset.offset, byteCount: 2, .firstVirtualFunction),
            .configurationRead(
                offset: offset + SRIOVCapability.vfStride.offset, byteCount: 2, .virtualFunctionStride),
        ])
    }

    private mutating func takeBARSize(_ value: UInt32, bar: Int) {
        let offset = PCIHeader.bar(bar).offset
        let isUpperHalf = bar % 2 == 1 && pci.barSizes[bar - 1] & 6 == 4
        // Addresses are given out 4 GiB apart, far above memory: the bus goes by function and register anyway.
        let base = 0x2000_0000_0000 + UInt64(interface.function.index) << 36 + UInt64(bar / 2) << 32
        if isUpperHalf {
            prepend([.configurationWrite(offset: offset, byteCount: 4, value: UInt32(base >> 32))])
            return
        }
        pci.barSizes[bar] = UInt64(value)
        guard value != 0 else { return }
        prepend([.configurationWrite(offset: offset, byteCount: 4, value: UInt32(truncatingIfNeeded: base))])
    }

    /// Wakes the function, sets payload sizes, fills the vector table, and lets it decode and master.
    func enablingProgram() -> [ControlStep] {
        guard kind.hasPCIIdentity else { return [] }
        var steps: [ControlStep] = []
        if pci.powerManagement != 0 {
            let offset = pci.powerManagement + PowerManagementCapability.controlStatus.offset
            steps.append(.configurationWrite(offset: offset, byteCount: 2, value: 0))
        }
        let decode = pci.command | 0x6
        steps.append(.configurationWrite(offset: PCIHeader.command.offset, byteCount: 2, value: decode))
        if pci.pciExpress != 0 {
            // Relaxed ordering, extended tags, no snoop, 256-byte payloads, 512-byte reads: what firmware leaves.
            let control: UInt32 =
                0x10 | UInt32(PayloadSize.bytes256.rawValue) << 5 | 0x100 | 0x800
                | UInt32(PayloadSize.bytes512.rawValue) << 12
            let offset = pci.pciExpress + PCIExpressCapability.deviceControl.offset
            steps.append(.configurationWrite(offset: offset, byteCount: 2, value: control))
        }
        return steps
    }

    /// Programs every vector: its message is the vector's own number.
    mutating func programVectors(at now: SimTime, host: inout Host) {
        guard pci.msix != 0 else { return }
        interface.vectorCount = pci.vectorCount
        for vector in 0..<pci.vectorCount {
            let entry = pci.tableOffset + UInt32(vector * MSIXTableEntry.byteCount)
            let words = [UInt32(truncatingIfNeeded: Host.interruptWindow.lowerBound), 0, UInt32(vector), 0]
            for (index, word) in words.enumerated() {
                host.send(
                    .memoryWrite(
                        interface.function, bar: pci.tableBIR, byteCount: 4, offset: entry + UInt32(4 * index),
                        value: UInt64(word)), at: now)
            }
        }
        let enable = UInt32(1) << 15 | UInt32(pci.vectorCount - 1)
        host.send(
            .configurationWrite(interface.function, offset: UInt16(pci.msix + 2), byteCount: 2, value: enable), at: now)
    }
}
