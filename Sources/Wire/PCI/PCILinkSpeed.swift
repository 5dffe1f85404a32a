/// Link speeds, by their number in the link registers (PCI Express Base, 7.5.3.6 and 7.5.3.18).
public enum PCILinkSpeed: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case gen1 = 1
    case gen2 = 2
    case gen3 = 3
    case gen4 = 4
    case gen5 = 5
    case gen6 = 6

    /// Transfers a second on each lane, in millions.
    @inlinable public var megatransfersPerSecond: Int {
        switch self {
        case .gen1: 2500
        case .gen2: 5000
        case .gen3: 8000
        case .gen4: 16000
        case .gen5: 32000
        case .gen6: 64000
        }
    }
}
