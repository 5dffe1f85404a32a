package import Host

/// A queue that waits for its turn, in the life that its function and it have now.
package struct QueueTurn: Sendable, BitwiseCopyable {
    package var function: FunctionID
    package var generation: UInt16
    package var epoch: UInt16
    package var queue: UInt32
}
