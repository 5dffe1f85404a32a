/// Moderation of completions (`ethtool -C`).
struct Coalescing: Equatable {
    /// Microseconds and completions until an event, by direction.
    var receiveMicroseconds: UInt32 = 8
    var receiveFrames: UInt32 = 128
    var transmitMicroseconds: UInt32 = 8
    var transmitFrames: UInt32 = 128
}
