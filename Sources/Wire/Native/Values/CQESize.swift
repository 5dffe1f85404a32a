/// Bytes of a completion: `cqe_sz` (native interface, section 6.1).
public enum CQESize: UInt8, CaseIterable, Sendable {
    case bytes64 = 0
    case bytes128 = 1
    case bytes128Padded = 2
}
