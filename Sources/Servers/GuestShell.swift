internal import CSockets
internal import Glibc

/// The shell of a guest whose functions are served: `Tools/linux-guest converse` in a process of its own.
///
/// A line goes in; a line `STATUS BYTES` and that many bytes come out.
package final class GuestShell {
    /// What came of a command.
    package struct Answer: Sendable, Equatable {
        package var status: Int
        package var text: String
    }

    /// Readable when an answer may have come.
    package let output: Descriptor
    /// Whether a command is running.
    package private(set) var isBusy = false
    /// Whether the guest is gone.
    package private(set) var isGone = false

    private let process: Int32
    private var input: Descriptor?
    private var received: [UInt8] = []

    /// Starts a guest of four processors, each of which can have a channel, with a PCI function for each of `sockets`.
    package init(tool: String, sockets: [String], kernel: String) throws(SystemError) {
        let words = [tool, "converse", "--kernel", kernel, "--smp", "4"] + sockets.flatMap { ["--socket", $0] }
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var (into, from): (Int32, Int32) = (-1, -1)
        process = martlet_spawn(&arguments, &into, &from)
        guard process > 0 else {
            output = Descriptor(-1)
            throw SystemError("start \(tool)", code: -process)
        }
        input = Descriptor(into)
        output = Descriptor(from)
    }

    deinit { if process > 0 { end() } }

    /// Types `line`; its answer is that of `takeAnswer`.
    package func run(_ line: String) {
        precondition(!isBusy, "one command at a time")
        isBusy = true
        let bytes = Array((line.replacing("\n", with: " ") + "\n").utf8)
        if let input, Glibc.write(input.number, bytes, bytes.count) == bytes.count { return }
        isGone = true
    }

    /// The answer to the command, if it has come.
    package func takeAnswer() -> Answer? {
        receive()
        guard let end = received.firstIndex(of: 10) else { return nil }
        let numbers = String(decoding: received[..<end], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
        guard numbers.count == 2, numbers[1] >= 0 else {
            isGone = true
            return nil
        }
        guard received.count - end - 1 >= numbers[1] else { return nil }
        let text = String(decoding: received[(end + 1)..<(end + 1 + numbers[1])], as: UTF8.self)
        received.removeFirst(end + 1 + numbers[1])
        isBusy = false
        return Answer(status: numbers[0], text: text)
    }

    private func receive() {
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
            while let base = buffer.baseAddress {
                let count = read(output.number, base, buffer.count)
                if count == 0 { isGone = true }
                guard count > 0 else { return }
                received += buffer[..<count]
            }
        }
    }

    /// Tells the guest to shut down, which takes devices that answer: it has once `hasEnded` says so.
    package func dismiss() { input = nil }

    /// Whether the guest is gone, as far as its output says.
    package func hasEnded() -> Bool {
        receive()
        return isGone
    }

    /// Ends the guest.
    package func end() {
        isGone = true
        input = nil
        martlet_end_process(process, 5000)
    }
}
