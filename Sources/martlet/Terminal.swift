import Foundation

/// Writes a line to standard error.
func standardError(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
}

/// Writes `text` to the file at `path`.
func write(_ text: String, to path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: Data(text.utf8)) else {
        throw InputError(text: "\(path): cannot be written")
    }
}

/// What the process is connected to.
enum Terminal {
    /// Whether people see colours in what goes to standard output.
    static var showsColor: Bool {
        let environment = ProcessInfo.processInfo.environment
        return isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Whether people see what goes to standard error at once.
    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }
}
