package import Simulation

package struct PCIeParameters: Sendable { package init() {} }
package struct PCIeLink: Sendable {
    package init(_ parameters: PCIeParameters) {}
    /// A read of `byteCount` bytes asked for at `time`: when its last completion is back.
    package mutating func read(_ byteCount: Int, at time: SimTime) -> SimTime { time + .nanoseconds(500) }
    package mutating func write(_ byteCount: Int, at time: SimTime) -> SimTime { time + .nanoseconds(250) }
    package mutating func message(at time: SimTime) -> SimTime { time + .nanoseconds(250) }
    package mutating func mmioWrite(_ byteCount: Int, at time: SimTime) -> SimTime { time + .nanoseconds(150) }
}
