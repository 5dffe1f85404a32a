/// Receive hash functions: `rx_hash_fn` (native interface, section 6.3).
public enum RxHashFunction: UInt8, CaseIterable, Sendable {
    case none = 0
    case invertedXOR8 = 1
    case toeplitz = 2
}
