/// What a client is told about the function behind a socket.
package struct FunctionLayout: Sendable, Equatable {
    /// Bytes of BAR 0 to 5; zero for those there are not, and for the second half of a 64-bit one.
    package var barByteCounts: [UInt64]
    /// Bytes of configuration space: 256 or 4096.
    package var configurationByteCount: UInt64
    /// MSI-X vectors.
    package var vectorCount: Int
    /// Whether the function has an interrupt pin.
    package var hasPin: Bool

    package init(barByteCounts: [UInt64], configurationByteCount: UInt64, vectorCount: Int, hasPin: Bool = false) {
        precondition(barByteCounts.count == 6, "a function has six BARs")
        self.barByteCounts = barByteCounts
        self.configurationByteCount = configurationByteCount
        self.vectorCount = vectorCount
        self.hasPin = hasPin
    }

    /// Bytes of region `index`; zero when there is none.
    func byteCount(ofRegion index: UInt32) -> UInt64 {
        if index < 6 { return barByteCounts[Int(index)] }
        return index == 7 ? configurationByteCount : 0
    }

    /// Number of interrupts of the kind `index`.
    func interruptCount(of index: UInt32) -> Int {
        switch index {
        case 0: hasPin ? 1 : 0
        case 2: vectorCount
        case 3, 4: 1
        default: 0
        }
    }
}
