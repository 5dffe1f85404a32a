/// Counters of a vport: `QUERY_VPORT_COUNTER` (native interface, sections 2.4 and 6.10).
///
/// The raw value is the offset in the output of 8 bytes of packets; 8 bytes of octets follow.
public enum VportCounter: Int, CaseIterable, Sendable {
    case receivedErrors = 0x10
    case transmitErrors = 0x20
    case receivedIbUnicast = 0x30
    case transmittedIbUnicast = 0x40
    case receivedIbMulticast = 0x50
    case transmittedIbMulticast = 0x60
    case receivedEthBroadcast = 0x70
    case transmittedEthBroadcast = 0x80
    case receivedEthUnicast = 0x90
    case transmittedEthUnicast = 0xa0
    case receivedEthMulticast = 0xb0
    case transmittedEthMulticast = 0xc0
    case localLoopback = 0xd0
}
