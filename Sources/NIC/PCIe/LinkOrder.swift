/// The last transaction of a kind that stays in order.
struct LinkOrder: Sendable, BitwiseCopyable {
    /// The time for which it was asked, in picoseconds.
    var asked: UInt64 = 0
    /// When its last byte left.
    var sent: UInt64 = 0
    /// When it reached the root complex.
    var arrived: UInt64 = 0
    /// When the root complex took it.
    var accepted: UInt64 = 0
    /// When the root complex was free for the next.
    var served: UInt64 = 0
}
