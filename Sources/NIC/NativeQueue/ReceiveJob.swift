package import Simulation

/// A frame whose way to host memory is timed: what has to be written when that time comes.
package struct ReceiveJob: Sendable, BitwiseCopyable {
    package var frame: FrameID
    package var charge: BufferCharge
    package var queue: Int
    package var epoch: UInt16
    /// Counter of the entry it was given.
    package var wqeCounter: UInt16
    /// Where its completion is on its way to, and which of the queues of that number it is.
    package var completionQueue: Int
    package var completionLife: UInt16 = 0
    /// Where the frame goes when one run of memory holds all of it; zero count otherwise.
    package var address: UInt64 = 0
    package var isOneRun = false
    /// Bytes it occupies in the buffer that `charge` names.
    package var bufferByteCount: Int
}
