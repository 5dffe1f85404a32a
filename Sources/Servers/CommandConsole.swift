internal import CSockets
internal import Glibc

/// A Unix socket at which commands come in, for one client at a time.
///
/// A line is `HOST COMMAND`; its answer is a line `STATUS BYTES` and that many bytes. One command at a time: the next
/// line is taken once the last one was answered.
package final class CommandConsole {
    package let path: String
    private let listener: Descriptor
    private var client: Descriptor?
    private var received: [UInt8] = []
    private var isBusy = false

    /// Longest line that is taken, in bytes.
    private static let longestLine = 4096

    /// Listens at `path`.
    ///
    /// - Throws: `SystemError` when nobody can.
    package init(path: String) throws(SystemError) {
        let number = martlet_listen(path)
        guard number >= 0 else { throw SystemError("listen on \(path)", code: -number) }
        listener = Descriptor(number)
        self.path = path
    }

    /// Readable when there may be something to take; `nil` while an answer is owed.
    package var descriptor: Descriptor? { isBusy ? nil : client ?? listener }

    /// Removes the socket's file.
    package func close() { unlink(path) }

    /// The next line, without its end; `nil` when none has come.
    package func takeLine() -> String? {
        guard !isBusy else { return nil }
        if client == nil {
            let number = martlet_accept(listener.number)
            guard number >= 0 else { return nil }
            client = Descriptor(number)
            received = []
        }
        receive()
        guard let end = received.firstIndex(of: 10) else { return nil }
        let line = String(decoding: received[..<end], as: UTF8.self)
        received.removeFirst(end + 1)
        isBusy = true
        return line
    }

    /// Answers the line that was taken; a client that does not take its answer is let go.
    package func answer(status: Int, _ text: String) {
        isBusy = false
        guard let client else { return }
        let bytes = Array("\(status) \(text.utf8.count)\n\(text)".utf8)
        if martlet_send(client.number, bytes, bytes.count, nil, 0) != bytes.count { self.client = nil }
    }

    private func receive() {
        guard let client else { return }
        withUnsafeTemporaryAllocation(byteCount: Self.longestLine, alignment: 16) { buffer in
            guard let base = buffer.baseAddress else { return }
            var (descriptors, truncated): (Int32, Int32) = (0, 0)
            let count = martlet_receive(client.number, base, buffer.count, nil, &descriptors, &truncated)
            if count > 0 { received += buffer[..<count] }
            if count == 0 || received.count > 2 * Self.longestLine { self.client = nil }
        }
    }
}
