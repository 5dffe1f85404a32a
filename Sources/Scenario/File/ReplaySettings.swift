/// Replay of a capture file.
package struct ReplaySettings: Sendable, Equatable {
    /// An existing capture file.
    package var path: String
    /// `nil`: at the capture's own timing; otherwise at this rate.
    package var rate: OfferedRate?
    /// Times that the file is sent, at least once.
    package var repeatCount: Int = 1
    /// Most frames of the file that are sent each time.
    package var limit: Int?

    package init(path: String, rate: OfferedRate? = nil) {
        self.path = path
        self.rate = rate
    }
}
