internal import Glibc

/// A call to the operating system that failed.
package struct SystemError: Error, Sendable, Equatable {
    /// What was attempted, such as `listen on /tmp/a.sock`.
    package var action: String
    /// The `errno` value.
    package var code: Int32

    package init(_ action: String, code: Int32) {
        self.action = action
        self.code = code
    }
}

extension SystemError: CustomStringConvertible {
    package var description: String { "cannot \(action): \(String(cString: strerror(code)))" }
}
