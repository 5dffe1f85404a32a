/// What the firmware says about its own health (initialization segment, 0x200 to 0x23f; native interface, section 1.3).
package struct HealthBuffer: Equatable, Sendable {
    /// What is wrong.
    package enum Condition: UInt8, Sendable {
        case healthy = 0
        /// Host memory that the firmware needs could not be reached over the bus.
        case hostMemoryUnreachable = 0x0a
        /// An event queue that the driver does not read is full.
        case eventQueueOverrun = 0x0c
    }

    package var condition = Condition.healthy
    /// Six words of detail; for `hostMemoryUnreachable` the address, high and low.
    package var assertWords: [UInt32] = Array(repeating: 0, count: 6)
    /// Simulated time of the report, in milliseconds.
    package var time: UInt32 = 0
    /// Reports since the last reset.
    package var reportCount: UInt16 = 0

    package init() {}

    package mutating func report(_ condition: Condition, address: UInt64 = 0, milliseconds: UInt64) {
        self.condition = condition
        assertWords[0] = UInt32(truncatingIfNeeded: address >> 32)
        assertWords[1] = UInt32(truncatingIfNeeded: address)
        time = UInt32(truncatingIfNeeded: milliseconds)
        reportCount &+= 1
    }
}
