package import Simulation

/// What is to be on a netdev when it comes into being.
package struct NetdevPlan: Sendable {
    /// `nil` for whatever is usual there.
    package var application: Application?
    package var tapPoint: TapPoint?
    /// Bytes of the largest frame that a generator will send.
    package var largestByteCount = 0

    package init() {}
}
