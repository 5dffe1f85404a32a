/// A place in a file that the user wrote; what every message about that file begins with.
package struct SourceLocation: Hashable, Sendable {
    /// The file's path as the user gave it; `--set` and the like for what came from the command line.
    package var file: String
    /// Line, counted from one; zero when the place is a whole file or a command line option.
    package var line: Int
    /// Column, in characters, counted from one.
    package var column: Int

    package init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
    }
}

extension SourceLocation: CustomStringConvertible {
    package var description: String { line == 0 ? file : "\(file):\(line):\(column)" }
}
