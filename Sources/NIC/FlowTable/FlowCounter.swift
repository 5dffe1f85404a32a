/// Frames and bytes that met a flow table entry (`QUERY_FLOW_COUNTER`, native interface, section 6.10).
package struct FlowCounter: Sendable, BitwiseCopyable {
    package var frames: UInt64 = 0
    package var bytes: UInt64 = 0
    package init() {}

    /// Counts one frame.
    package mutating func add(_ byteCount: Int) {
        frames &+= 1
        bytes &+= UInt64(byteCount)
    }
}
