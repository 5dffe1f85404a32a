import CSockets
import Glibc
import Servers
import Wire

/// A client of a vfio-user socket that waits for each answer, and can also say what no client should.
final class VFIOClient {
    /// What the server answered with its error bit set.
    struct Refused: Error, Equatable {
        var code: UInt32
    }
    /// The server closed the connection.
    struct Gone: Error {}

    let socket: Descriptor
    private var nextID: UInt16 = 1
    /// Answers requests of the server for memory: the bytes at an address, which a write may change.
    var memory: [UInt8] = []
    var memoryStart: UInt64 = 0
    /// What the server asked of the memory: command and number of bytes.
    private(set) var asked: [(VFIOUser.Command, UInt64)] = []

    /// Connects, and agrees on the version unless told otherwise.
    init(path: String, negotiates: Bool = true) throws {
        var number = martlet_connect(path)
        for _ in 0..<200 where number < 0 {
            usleep(10_000)
            number = martlet_connect(path)
        }
        guard number >= 0 else { throw Gone() }
        socket = Descriptor(number)
        guard negotiates else { return }
        let text = #"{"capabilities":{"max_msg_fds":16,"max_data_xfer_size":1048576,"write_multiple":true}}"#
        _ = try call(.version, VFIOUser.Version(major: 0, minor: 0, text: text).bytes)
    }

    /// Sends `body` and returns the body of the answer.
    @discardableResult
    func call(_ command: VFIOUser.Command, _ body: [UInt8] = [], descriptors: [Descriptor] = []) throws -> [UInt8] {
        let id = nextID
        nextID &+= 1
        try post(command.rawValue, body, id: id, descriptors: descriptors)
        while true {
            let (header, answer) = try receive()
            if header.flags.type == 0 {
                try answerServer(header, answer)
                continue
            }
            guard header.messageID == id, header.command == command.rawValue else { throw Gone() }
            if header.flags.contains(.error) { throw Refused(code: header.error) }
            return answer
        }
    }

    /// Sends a message and waits for nothing.
    func post(
        _ command: UInt16, _ body: [UInt8], id: UInt16 = 0, flags: VFIOUser.Header.Flags = [],
        descriptors: [Descriptor] = [], byteCount: Int? = nil
    ) throws {
        let header = VFIOUser.Header(
            messageID: id, command: command, byteCount: byteCount ?? VFIOUser.Header.byteCount + body.count,
            flags: flags)
        var bytes = [UInt8](repeating: 0, count: VFIOUser.Header.byteCount)
        bytes.withUnsafeMutableBytes { header.encode(into: $0) }
        try send(bytes + body, descriptors: descriptors)
    }

    /// Sends bytes as they are.
    func send(_ bytes: [UInt8], descriptors: [Descriptor] = []) throws {
        let numbers = descriptors.map(\.number)
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                martlet_send(
                    socket.number, $0.baseAddress.map { $0 + done }, bytes.count - done, numbers,
                    done == 0 ? Int32(numbers.count) : 0)
            }
            if count == -Int(EAGAIN) {
                usleep(100)
            } else if count <= 0 {
                throw Gone()
            } else {
                done += count
            }
        }
    }

    /// The next message of the server.
    func receive() throws -> (VFIOUser.Header, [UInt8]) {
        let start = try take(VFIOUser.Header.byteCount)
        let header = start.withUnsafeBytes { VFIOUser.Header(decoding: $0) }
        return (header, try take(Int(header.byteCount) - VFIOUser.Header.byteCount))
    }

    private func take(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes {
                Glibc.read(socket.number, $0.baseAddress.map { $0 + done }, count - done)
            }
            guard got > 0 else { throw Gone() }
            done += got
        }
        return bytes
    }

    private func answerServer(_ header: VFIOUser.Header, _ body: [UInt8]) throws {
        guard let command = VFIOUser.Command(rawValue: header.command) else { throw Gone() }
        let access = body.withUnsafeBytes { VFIOUser.MemoryAccess(decoding: $0) }
        asked.append((command, access.count))
        let start = Int(access.address &- memoryStart)
        var answer = Array(body[..<VFIOUser.MemoryAccess.byteCount])
        guard start >= 0, start + Int(access.count) <= memory.count else {
            return try post(header.command, [], id: header.messageID, flags: [.reply, .error])
        }
        if command == .dmaRead {
            answer += memory[start..<start + Int(access.count)]
        } else {
            memory.replaceSubrange(start..<start + Int(access.count), with: body[VFIOUser.MemoryAccess.byteCount...])
        }
        try post(header.command, answer, id: header.messageID, flags: .reply)
    }

    // MARK: What drivers do

    func map(
        _ address: UInt64, byteCount: UInt64, file: Descriptor? = nil, fileOffset: UInt64 = 0,
        flags: UInt32 = VFIOUser.Map.readable | VFIOUser.Map.writeable
    ) throws {
        let map = VFIOUser.Map(flags: flags, fileOffset: fileOffset, address: address, size: byteCount)
        try call(
            .dmaMap, Self.bytes(VFIOUser.Map.byteCount) { map.encode(into: $0) }, descriptors: file.map { [$0] } ?? [])
    }

    func unmap(_ address: UInt64, byteCount: UInt64, flags: UInt32 = 0) throws {
        let unmap = VFIOUser.Unmap(flags: flags, address: address, size: byteCount)
        try call(.dmaUnmap, Self.bytes(VFIOUser.Unmap.byteCount) { unmap.encode(into: $0) })
    }

    /// How many MSI-X vectors the function has.
    func vectorCount() throws -> Int {
        let info = VFIOUser.InterruptInfo(index: VFIOUser.Interrupt.extendedMessage)
        let answer = try call(
            .interruptInfo, Self.bytes(VFIOUser.InterruptInfo.byteCount) { info.encode(into: $0) })
        return answer.withUnsafeBytes { Int(VFIOUser.InterruptInfo(decoding: $0).count) }
    }

    /// The little-endian number of `byteCount` bytes at `offset` of a region.
    func read(_ region: UInt32, _ offset: UInt64, byteCount: Int) throws -> UInt64 {
        var value: UInt64 = 0
        for byte in try bytes(region, offset, byteCount: byteCount).reversed() { value = value << 8 | UInt64(byte) }
        return value
    }

    func bytes(_ region: UInt32, _ offset: UInt64, byteCount: Int) throws -> [UInt8] {
        let access = VFIOUser.RegionAccess(offset: offset, region: region, count: UInt32(byteCount))
        let answer = try call(.regionRead, Self.bytes(VFIOUser.RegionAccess.byteCount) { access.encode(into: $0) })
        return Array(answer[VFIOUser.RegionAccess.byteCount...])
    }

    /// Writes the lowest `byteCount` bytes of `value`; without `waits`, nobody answers.
    func write(_ region: UInt32, _ offset: UInt64, byteCount: Int, _ value: UInt64, waits: Bool = true) throws {
        let access = VFIOUser.RegionAccess(offset: offset, region: region, count: UInt32(byteCount))
        var body = Self.bytes(VFIOUser.RegionAccess.byteCount) { access.encode(into: $0) }
        for index in 0..<byteCount { body.append(UInt8(truncatingIfNeeded: value >> UInt64(index * 8))) }
        if waits {
            try call(.regionWrite, body)
        } else {
            try post(VFIOUser.Command.regionWrite.rawValue, body, flags: .noReply)
        }
    }

    func setInterrupts(
        _ flags: VFIOUser.InterruptSet.Flags, index: UInt32, start: Int, count: Int, descriptors: [Descriptor] = []
    ) throws {
        let set = VFIOUser.InterruptSet(flags: flags, index: index, start: UInt32(start), count: UInt32(count))
        try call(
            .setInterrupts, Self.bytes(VFIOUser.InterruptSet.byteCount) { set.encode(into: $0) },
            descriptors: descriptors)
    }

    static func bytes(_ count: Int, _ encode: (UnsafeMutableRawBufferPointer) -> Void) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        bytes.withUnsafeMutableBytes { encode($0) }
        return bytes
    }
}
