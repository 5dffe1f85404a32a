internal import CSockets
internal import Glibc
package import Wire

/// One end of a vfio-user connection: cuts the stream of bytes into messages, and never waits for the other end.
///
/// What is received at a time never reaches beyond one message, as descriptors would otherwise come out beside the
/// message before theirs. What cannot be sent at once is kept; whoever owns the channel takes no further message while
/// `isSending`, so at most one message and what answers it are ever held for a peer that does not read.
package final class MessageChannel {
    /// Why no message came.
    package enum Arrival {
        case message(VFIOUserMessage)
        /// The rest of the message has not come.
        case nothing
        /// The other end is gone.
        case closed
        /// What came is no message.
        case broken(String)
    }

    /// Longest message: an access with all its data.
    package static let longestMessage = VFIOUser.Header.byteCount + 64 + VFIOUser.mostDataByteCount

    package let socket: Descriptor
    /// The first `filled` bytes of the message that is arriving.
    private var buffer: [UInt8] = Array(repeating: 0, count: MessageChannel.longestMessage)
    private var filled = 0
    private var descriptors: [Descriptor] = []
    private var hasLostDescriptors = false
    private var unsent: [UInt8] = []
    private var hasFailed = false

    package init(_ socket: Descriptor) { self.socket = socket }

    /// Whether something is left to send: wait for the socket to become writable, then call `flush`.
    package var isSending: Bool { !unsent.isEmpty }

    /// The next whole message, if it has come.
    package func receive() -> Arrival {
        while true {
            var wanted = VFIOUser.Header.byteCount
            if filled >= wanted {
                let header = buffer.withUnsafeBytes { VFIOUser.Header(decoding: $0) }
                wanted = Int(header.byteCount)
                guard wanted >= VFIOUser.Header.byteCount, wanted <= Self.longestMessage else {
                    return .broken("a message of \(wanted) bytes")
                }
                if filled == wanted { return .message(takeMessage(header)) }
            }
            let count = read(upTo: wanted)
            if count == -Int(EAGAIN) { return .nothing }
            if count <= 0 { return .closed }
            filled += count
        }
    }

    private func takeMessage(_ header: VFIOUser.Header) -> VFIOUserMessage {
        let body = Array(buffer[VFIOUser.Header.byteCount..<filled])
        var message = VFIOUserMessage(header: header, body: body)
        // Some descriptors of too many would be taken for all of them.
        if !hasLostDescriptors { message.descriptors = descriptors }
        descriptors = []
        hasLostDescriptors = false
        filled = 0
        return message
    }

    /// Reads up to byte `end` of the message; the number of bytes, 0 at the end, or a negative `errno`.
    private func read(upTo end: Int) -> Int {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: VFIOUser.mostDescriptors) { numbers in
            var received = Int32(VFIOUser.mostDescriptors - descriptors.count)
            var truncated: Int32 = 0
            let count = buffer.withUnsafeMutableBytes {
                martlet_receive(
                    socket.number, $0.baseAddress.map { $0 + filled }, end - filled, numbers.baseAddress, &received,
                    &truncated)
            }
            for index in 0..<Int(received) { descriptors.append(Descriptor(numbers[index])) }
            if truncated != 0 { hasLostDescriptors = true }
            return count
        }
    }

    /// Sends a message; what the socket does not take now goes with `flush`.
    package func send(_ header: VFIOUser.Header, _ body: [UInt8], descriptors: [Int32] = []) {
        var header = header
        header.byteCount = UInt32(VFIOUser.Header.byteCount + body.count)
        var bytes = [UInt8](repeating: 0, count: VFIOUser.Header.byteCount)
        bytes.withUnsafeMutableBytes { header.encode(into: $0) }
        bytes += body
        guard unsent.isEmpty else {
            precondition(descriptors.isEmpty, "descriptors behind bytes that were not sent")
            unsent += bytes
            return
        }
        push(bytes, descriptors: descriptors)
    }

    /// Sends what could not be sent before.
    package func flush() {
        let bytes = unsent
        unsent = []
        if !bytes.isEmpty { push(bytes, descriptors: []) }
    }

    private func push(_ bytes: [UInt8], descriptors: [Int32]) {
        guard !hasFailed else { return }
        let count = bytes.withUnsafeBytes {
            martlet_send(socket.number, $0.baseAddress, $0.count, descriptors, Int32(descriptors.count))
        }
        if count == -Int(EAGAIN) {
            unsent = bytes
        } else if count < 0 {
            // The end of the stream says so too, to whoever receives.
            hasFailed = true
        } else if count < bytes.count {
            unsent = Array(bytes[count...])
        }
    }
}
