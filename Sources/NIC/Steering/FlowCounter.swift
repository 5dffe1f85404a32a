/// Frames and bytes that met a flow table entry (`QUERY_FLOW_COUNTER`, native interface, section 6.10).
package struct FlowCounter: Sendable, BitwiseCopyable {
    package var frames: UInt64 = 0
    package var bytes: UInt64 = 0
    /// Entries that count here.
    var userCount: UInt32 = 0
    /// Its number in the function that owns it.
    var number: UInt32 = 0
    package init() {}

    /// Starts counting again.
    mutating func clear() { (frames, bytes) = (0, 0) }

    /// Counts one frame.
    @inline(__always) package mutating func add(_ byteCount: Int) {
        frames &+= 1
        bytes &+= UInt64(truncatingIfNeeded: byteCount)
    }
}
