/// What one hold model measured.
package struct HoldResult: Sendable {
    /// Events pending all the time.
    package var pending: Int
    /// Size of the event type, in bytes.
    package var eventByteCount: Int
    /// Million events per second.
    package var rate: Double
    /// Simulated time at the end, in picoseconds.
    package var endTime: UInt64
    /// Depends on the order in which all events were popped; the C++ peer computes the same.
    package var checksum: UInt64
}
