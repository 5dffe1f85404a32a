package import Simulation

/// A capture point as a capture file describes it: one interface of a pcapng file.
package struct CapturePointDescription: Equatable, Sendable {
    /// Which of the world's capture points it is.
    package var point: TapPoint
    /// Name, unique in the file: the interface's name in Wireshark.
    package var name: String
    /// What a reader should know about the point; may be empty.
    package var summary: String
    /// Speed of the link at the point, in bits per second; zero where there is none to tell.
    package var bitsPerSecond: UInt64

    package init(point: TapPoint, name: String, summary: String = "", bitsPerSecond: UInt64 = 0) {
        self.point = point
        self.name = name
        self.summary = summary
        self.bitsPerSecond = bitsPerSecond
    }
}
