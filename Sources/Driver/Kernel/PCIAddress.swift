/// Where a PCI function sits on its host: bus, device and function.
///
/// A world invents the places: NIC *n* of a host has the buses from 3 + 16 n on, and its physical function *k* is
/// function *k* of device 0 there. A virtual function's place is that of its physical function plus First VF Offset
/// plus VF Stride for each that precedes it, as the SR-IOV capability has it; with ARI the eight low bits count through.
package struct PCIAddress: Hashable, Sendable, CustomStringConvertible {
    /// Bus in the upper byte, device and function in the lower.
    package var routingID: UInt16

    package init(routingID: UInt16) { self.routingID = routingID }

    /// Physical function `function` of NIC `nic` of a host.
    package init(nic: Int, function: Int) {
        routingID = UInt16(truncatingIfNeeded: (3 + 16 * nic) << 8 | function & 0xff)
    }

    package var bus: Int { Int(routingID >> 8) }
    package var device: Int { Int(routingID >> 3 & 31) }
    package var function: Int { Int(routingID & 7) }

    /// `0000:03:00.0`.
    package var description: String {
        func hexadecimal(_ value: Int) -> String { (value < 16 ? "0" : "") + String(value, radix: 16) }
        return "0000:\(hexadecimal(bus)):\(hexadecimal(device)).\(function)"
    }

    /// `enp3s0f0`: how systemd names the netdev of a function.
    var predictableName: String { "enp\(bus)s\(device)f\(function)" }
}
