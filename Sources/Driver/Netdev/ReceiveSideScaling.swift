import Wire

/// How received packets are spread over the channels (`ethtool -X`, `-N rx-flow-hash`).
struct ReceiveSideScaling {
    static let tableSize = 256
    static let keyByteCount = 40
    /// Published verification key of the Toeplitz hash, so that its vectors can be checked by eye.
    var key: [UInt8] = [
        0x6d, 0x5a, 0x56, 0xda, 0x25, 0x5b, 0x0e, 0xc2, 0x41, 0x67, 0x25, 0x3d, 0x43, 0xa3, 0x8f, 0xb0,
        0xd0, 0xca, 0x2b, 0xcb, 0xae, 0x7b, 0x30, 0xb4, 0x77, 0xcb, 0x2d, 0xa3, 0x80, 0x30, 0xf2, 0x0c,
        0x6a, 0x42, 0xb7, 0x3b, 0xbe, 0xac, 0x01, 0xfa,
    ]
    /// Channel of each entry.
    var table = Array(repeating: UInt8(0), count: Self.tableSize)
    var isUserSet = false
    /// Hashed fields of the ten traffic types, in the order of `TrafficType`.
    var fields: [HashFields] = TrafficType.all.map(\.defaultFields)

    mutating func spread(over count: Int) {
        for index in table.indices { table[index] = UInt8(index % max(count, 1)) }
        isUserSet = false
    }
}
