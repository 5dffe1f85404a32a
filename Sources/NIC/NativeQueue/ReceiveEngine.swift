/// What a receive queue's engine is doing.
package struct ReceiveEngine: Sendable {
    /// A read of the doorbell record or of entries is under way.
    package var isBusy = false
    package init() {}
}
