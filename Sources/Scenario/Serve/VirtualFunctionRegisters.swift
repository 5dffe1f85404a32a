internal import NIC
internal import Wire

/// What a client finds in the configuration space of a virtual function where the function itself has nothing: who made
/// it and what it is, its BARs and memory enable, which are its physical function's (Base Specification 9.3.4).
///
/// A hypervisor that hands the function to a guest fills them in, as Linux's vfio-pci does: to the guest it is a PCI
/// function like any other.
struct VirtualFunctionRegisters {
    /// The header from the start on, command excepted.
    private var header = [UInt8](repeating: 0, count: 0x28)
    /// Memory enable, as the client has written it.
    private var isMemoryEnabled = false

    private typealias Offset = ConfigurationSpace.Offset

    /// Of the virtual functions of a physical function.
    init(physical space: ConfigurationSpace) {
        func put(_ value: UInt32, _ byteCount: Int, at offset: Int) {
            for index in 0..<byteCount {
                header[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index))
            }
        }
        put(space.read(0x00, byteCount: 2), 2, at: 0x00)
        let device = Offset.virtualization + SRIOVCapability.vfDeviceID.offset
        put(space.read(device, byteCount: 2), 2, at: 0x02)
        for bar in 0..<6 where bar == 0 || header[Offset.bar0 + 4 * (bar - 1)] & 4 == 0 {
            // Its kind; the address is the client's business.
            let register = Offset.virtualization + SRIOVCapability.vfBAR(bar).offset
            put(space.read(register, byteCount: 4) & 0xf, 4, at: Offset.bar0 + 4 * bar)
        }
    }

    /// Fills in what the client reads at `offset`.
    func fill(_ data: inout [UInt8], at offset: Int) {
        for index in data.indices {
            switch offset + index {
            case 0x00..<0x04, Offset.bar0..<header.count: data[index] = header[offset + index]
            case Offset.command: data[index] |= isMemoryEnabled ? 2 : 0
            default: break
            }
        }
    }

    /// Notes what the client writes at `offset`.
    mutating func note(_ value: UInt32, at offset: Int) {
        if offset == Offset.command { isMemoryEnabled = value & 2 != 0 }
    }

    /// The function was reset.
    mutating func reset() { isMemoryEnabled = false }
}
