/// Replay of a capture file.
package struct ReplaySettings: Hashable, Sendable {
    /// An existing capture file.
    package var path: String
    /// The capture's own timing unless the scenario says otherwise.
    package var rate = TrafficRate.capture
    /// Times that the file is sent, at least once.
    package var repetitions = 1
    /// Most frames of the file that are sent each time.
    package var limit: Int?

    package init(path: String) { self.path = path }
}
