internal import CSockets
internal import Glibc
import Host
package import Simulation
internal import Wire

/// Memory for which the client gave no descriptor: read and written by message, one page at most at a time.
///
/// The simulation stands still meanwhile, so this is for memory that the function touches rarely, as ROM and shadow
/// windows are. What else the client says before it answers is kept for later.
extension VFIOUserServer: DistantMemory {
    /// An answer that comes within this time costs no patience, in nanoseconds.
    private static var promptness: UInt64 { 1_000_000 }
    /// Most messages that are kept meanwhile.
    private static var mostPostponed: Int { 1024 }

    package func read(_ address: UInt64, into buffer: UnsafeMutableRawBufferPointer, at time: SimTime) -> Bool {
        if let place = mapped(address, byteCount: buffer.count) {
            buffer.copyMemory(from: UnsafeRawBufferPointer(start: place, count: buffer.count))
            return true
        }
        var done = 0
        while done < buffer.count {
            let count = min(buffer.count - done, max(1, peerDataByteCount))
            let access = VFIOUser.MemoryAccess(address: address + UInt64(done), count: UInt64(count))
            var body = [UInt8](repeating: 0, count: VFIOUser.MemoryAccess.byteCount)
            body.withUnsafeMutableBytes { access.encode(into: $0) }
            let start = VFIOUser.MemoryAccess.byteCount
            guard let answer = ask(.dmaRead, body), answer.count == start + count else { return false }
            answer.withUnsafeBytes { bytes in
                UnsafeMutableRawBufferPointer(rebasing: buffer[done..<done + count])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]))
            }
            done += count
        }
        return true
    }

    package func write(_ address: UInt64, from buffer: UnsafeRawBufferPointer, at time: SimTime) -> Bool {
        if let place = mapped(address, byteCount: buffer.count) {
            if let base = buffer.baseAddress { place.copyMemory(from: base, byteCount: buffer.count) }
            return true
        }
        var done = 0
        while done < buffer.count {
            let count = min(buffer.count - done, max(1, peerDataByteCount))
            let access = VFIOUser.MemoryAccess(address: address + UInt64(done), count: UInt64(count))
            var body = [UInt8](repeating: 0, count: VFIOUser.MemoryAccess.byteCount)
            body.withUnsafeMutableBytes { access.encode(into: $0) }
            guard ask(.dmaWrite, body + buffer[done..<done + count]) != nil else { return false }
            done += count
        }
        return true
    }

    /// Where the bytes at `address` are in this process, if all of them are in one window that is mapped here.
    private func mapped(_ address: UInt64, byteCount: Int) -> UnsafeMutableRawPointer? {
        guard byteCount > 0,
            let window = windows.first(where: { $0.address <= address && address - $0.address < $0.byteCount }),
            let base = window.base, UInt64(byteCount) <= window.byteCount - (address - window.address)
        else { return nil }
        return base + Int(address - window.address)
    }

    /// Sends a message to the client and waits for what it answers; `nil` when it refuses or does not answer.
    private func ask(_ command: VFIOUser.Command, _ body: [UInt8]) -> [UInt8]? {
        guard let channel, complaint == nil else { return nil }
        counters.memoryMessages += 1
        nextMessageID &+= 1
        let header = VFIOUser.Header(messageID: nextMessageID, command: command.rawValue, byteCount: 0)
        channel.send(header, body)
        patience.refill()
        let clock = RealTime()
        while true {
            let waited = clock.now.picoseconds / 1000
            channel.flush()
            switch channel.receive() {
            case .message(let message):
                counters.messages += 1
                if message.header.flags.type == 1, message.header.messageID == nextMessageID,
                    message.header.command == command.rawValue
                {
                    patience.spend(waited, sparing: Self.promptness)
                    return message.header.flags.contains(.error) ? nil : message.body
                }
                guard postponed.count < Self.mostPostponed else { return complain("too much before an answer") }
                postponed.append(message)
            case .nothing:
                guard waited < patience.left else {
                    patience.spend(waited, sparing: 0)
                    return complain("no answer to a memory access")
                }
                var entry = pollfd(fd: channel.socket.number, events: Int16(POLLIN), revents: 0)
                if channel.isSending { entry.events |= Int16(POLLOUT) }
                _ = martlet_poll(&entry, 1, Int64(patience.left - waited))
            case .closed: return complain(nil)
            case .broken(let reason): return complain(reason)
            }
        }
    }

    private func complain(_ reason: String?) -> [UInt8]? {
        complaint = reason ?? "nothing more"
        return nil
    }
}
