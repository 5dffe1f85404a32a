#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a capture could not be read, written or filtered: which file, where in it, what was found, what was expected.
package struct CaptureError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file's path, or what stands for it (a filter expression).
    package var file: String
    /// Offset in bytes from the start of the file, after decompression; `nil` where none is known.
    package var byteOffset: UInt64?
    /// Number of the frame, counted from 1 as Wireshark does; `nil` where none is concerned.
    package var frameNumber: UInt64?
    /// What was found.
    package var found: String
    /// What would have been right.
    package var expected: String

    package init(
        file: String, byteOffset: UInt64? = nil, frameNumber: UInt64? = nil, found: String, expected: String
    ) {
        self.file = file
        self.byteOffset = byteOffset
        self.frameNumber = frameNumber
        self.found = found
        self.expected = expected
    }

    /// One line for the user.
    package var description: String {
        var place = file
        if let frameNumber { place += ": frame \(frameNumber)" }
        if let byteOffset { place += (frameNumber == nil ? ": " : ", ") + "byte \(byteOffset)" }
        return "\(place): found \(found); expected \(expected)"
    }

    /// The error that the system's last call left in `errno`, as seen while doing something to `file`.
    static func system(_ file: String, expected: String) -> CaptureError {
        CaptureError(file: file, found: "\"\(String(cString: strerror(errno)))\"", expected: expected)
    }
}
