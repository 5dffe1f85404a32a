/// What a send queue's engine is doing.
package struct SendEngine: Sendable {
    /// A read of the doorbell record or of entries is under way.
    package var isBusy = false
    /// The doorbell rang while the engine was busy.
    package var hasNewDoorbell = false
    package init() {}
}
