/// An element of the scheduling tree of an embedded switch (commands 0x782 to 0x785).
struct SchedulingElement: Sendable {
    /// `nil` for an arbiter, which only holds others.
    var vport: VportNumber?
    var parent: UInt32
    var childCount = 0
    /// In Mb/s; zero for no limit.
    var rate: UInt32 = 0
}
