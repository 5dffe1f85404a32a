internal import CSockets
internal import Glibc
package import Host
internal import Wire

/// A Unix socket behind which one function of a NIC is, for one client at a time.
///
/// It speaks the protocol and owns everything the client has given: memory windows and interrupt descriptors. What
/// takes simulated time (accesses to registers, reset) it hands to its owner as a `Request`, and the owner answers.
package final class VFIOUserServer {
    /// What the client wants of the function.
    package enum Request {
        /// A client has connected.
        case connected
        /// `count` bytes of a region are wanted: call `answerRead`.
        case read(region: UInt32, offset: UInt64, count: Int)
        /// Bytes are written: call `acknowledge` once the writes are on the bus.
        case write([Write])
        /// Function level reset: call `acknowledge`.
        case reset
        /// MSI-X vectors have got descriptors, or lost them: call `acknowledge`.
        case messages(isEnabled: Bool)
        /// The client is gone, and everything it had given.
        case disconnected(reason: String?)
    }

    /// One write to a region, inside its bounds.
    package struct Write {
        package var region: UInt32
        package var offset: UInt64
        package var bytes: ArraySlice<UInt8>
    }

    package let path: String
    package let function: FunctionID
    package let layout: FunctionLayout
    package let listener: Descriptor
    package internal(set) var channel: MessageChannel?
    /// What has been said and heard so far.
    package var counters = Counters()

    var hasVersion = false
    var windows: [Window] = []
    /// Descriptors by kind of interrupt and number.
    var interrupts: [[Descriptor?]] = []
    /// The message that is being worked on.
    var current: VFIOUser.Header?
    /// Messages that came while an answer of the client was waited for.
    var postponed: [VFIOUserMessage] = []
    var nextMessageID: UInt16 = 0
    /// How long this socket's clients may take to answer.
    var patience = Patience()
    /// Why the client cannot be served any longer.
    var complaint: String?
    /// Asked for the client's memory in this server's stead, also for what is mapped here; set it before any client
    /// comes.
    package var overseer: (any DistantMemory)?
    /// Mappings made and undone since `takeMappings`, in order, while there is an overseer.
    var mappings: [Mapping] = []

    /// A window that came or went.
    package struct Mapping {
        package var address: UInt64
        package var byteCount: UInt64
        /// `nil` when it went.
        package var permissions: DMAPermissions?
    }

    /// The mappings made and undone since this was asked.
    package func takeMappings() -> [Mapping] {
        defer { mappings = [] }
        return mappings
    }
    /// Most bytes that the client takes in one access to its memory.
    var peerDataByteCount = 1 << 20

    package struct Counters: Sendable, Equatable {
        package var clients: UInt64 = 0
        package var messages: UInt64 = 0
        /// Messages that were answered with an error.
        package var refused: UInt64 = 0
        package var interrupts: UInt64 = 0
        /// Interrupts of vectors without a descriptor.
        package var lostInterrupts: UInt64 = 0
        package var faults: UInt64 = 0
        /// Reads and writes of the client's memory by message.
        package var memoryMessages: UInt64 = 0
    }

    /// Memory of the client that the function reaches at `address`.
    struct Window {
        var address: UInt64
        var byteCount: UInt64
        /// Where it is mapped in this process; `nil` when there is no file for it.
        var base: UnsafeMutableRawPointer?
        var physical: UInt64
    }

    /// Listens at `path`.
    ///
    /// - Throws: `SystemError` when nobody can.
    package init(path: String, function: FunctionID, layout: FunctionLayout) throws(SystemError) {
        let number = martlet_listen(path)
        guard number >= 0 else { throw SystemError("listen on \(path)", code: -number) }
        listener = Descriptor(number)
        self.path = path
        self.function = function
        self.layout = layout
        forgetInterrupts()
    }

    /// Whether `nextRequest` has something to do before anything comes from the client.
    package var isPending: Bool { !postponed.isEmpty || complaint != nil }

    /// Removes the socket's file.
    package func close() { unlink(path) }

    /// The next thing the client wants that this server cannot do alone; `nil` when nothing has come.
    ///
    /// Windows are mapped into `host` and out of it.
    package func nextRequest(host: inout Host) -> Request? {
        if channel == nil {
            guard accept() else { return nil }
            host.setDistantMemory(overseer ?? self, of: function)
            return .connected
        }
        if let complaint { return disconnect(complaint, host: &host) }
        while let channel, !channel.isSending {
            let message: VFIOUserMessage
            if postponed.isEmpty {
                switch channel.receive() {
                case .message(let arrived): message = arrived
                case .nothing: return nil
                case .closed: return disconnect(nil, host: &host)
                case .broken(let reason): return disconnect(reason, host: &host)
                }
            } else {
                message = postponed.removeFirst()
            }
            counters.messages += 1
            // A reply nobody waits for.
            if message.header.flags.type == VFIOUser.Header.Flags.reply.rawValue { continue }
            current = message.header
            do throws(VFIOUser.Failure) {
                if let request = try handle(message, host: &host) { return request }
            } catch {
                refuse(error)
            }
        }
        return nil
    }

    private func accept() -> Bool {
        let number = martlet_accept(listener.number)
        guard number >= 0 else { return false }
        channel = MessageChannel(Descriptor(number))
        counters.clients += 1
        return true
    }

    /// Lets go of the client and of all it had given.
    package func disconnect(_ reason: String?, host: inout Host) -> Request {
        channel = nil
        hasVersion = false
        current = nil
        complaint = nil
        postponed = []
        host.setDistantMemory(nil, of: function)
        forgetInterrupts()
        removeAllWindows(host: &host)
        return .disconnected(reason: reason)
    }

    // MARK: Answers

    /// Answers the read request with `data`.
    package func answerRead(_ data: [UInt8], region: UInt32, offset: UInt64) {
        let access = VFIOUser.RegionAccess(offset: offset, region: region, count: UInt32(data.count))
        var body = [UInt8](repeating: 0, count: VFIOUser.RegionAccess.byteCount)
        body.withUnsafeMutableBytes { access.encode(into: $0) }
        reply(body + data)
    }

    /// Answers any other request; its reply was prepared when it came.
    package func acknowledge() { reply(prepared) }

    /// The body of the reply that `acknowledge` sends.
    var prepared: [UInt8] = []

    func reply(_ body: [UInt8]) {
        guard let header = current else { return }
        current = nil
        prepared = []
        if header.flags.contains(.noReply) { return }
        let answer = VFIOUser.Header(messageID: header.messageID, command: header.command, byteCount: 0, flags: .reply)
        channel?.send(answer, body)
    }

    func refuse(_ failure: VFIOUser.Failure) {
        counters.refused += 1
        guard let header = current else { return }
        current = nil
        prepared = []
        if header.flags.contains(.noReply) { return }
        let answer = VFIOUser.Header(
            messageID: header.messageID, command: header.command, byteCount: 0, flags: [.reply, .error],
            error: failure.rawValue)
        channel?.send(answer, [])
    }
}
