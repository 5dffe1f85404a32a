/// The last lines that drivers logged, oldest first: bounded, as a kernel's ring buffer is.
package struct DriverLog: Sendable {
    /// Lines kept.
    package static let capacity = 512
    package private(set) var lines: [String] = []
    /// Lines that were pushed out.
    package private(set) var lostCount = 0

    package mutating func append(_ line: String) {
        if lines.count == Self.capacity {
            lines.removeFirst()
            lostCount += 1
        }
        lines.append(line)
    }
}
