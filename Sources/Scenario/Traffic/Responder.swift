internal import Driver
internal import Wire

/// The neighbour that answers for every address: ARP requests, neighbour solicitations and echo requests of both
/// Internet protocols; any other frame it sends back with the addresses of every layer exchanged.
///
/// An answer has the length of its question, so a frame becomes its own answer.
package enum Responder {
    /// The station's own address.
    private static let address = MACAddress(2, 0, 0, 0, 0xff, 1)

    /// Turns `frame` into the answer to it; false when there is none, and the frame may have changed.
    ///
    /// There is none to frames for groups, and to questions whether an address is taken already.
    package static func answer(_ frame: UnsafeMutableRawBufferPointer) -> Bool {
        guard frame.count >= 14 else { return false }
        var type: UInt16 = frame.bigEndian(at: 12)
        var network = 14
        while type == 0x8100 || type == 0x88a8, network + 4 <= frame.count {
            type = frame.bigEndian(at: network + 2)
            network += 4
        }
        let isForGroup = frame[0] & 1 != 0
        if type == 0x0806 { return answerARP(frame, network) }
        if type == 0x86dd, network + 40 <= frame.count {
            if frame[network + 6] == 58, network + 64 <= frame.count, frame[network + 40] == 135 {
                return answerSolicitation(frame, network)
            }
            if !isForGroup { answerEcho6(frame, network) }
        } else if type == 0x0800, network + 20 <= frame.count, !isForGroup {
            answerEcho4(frame, network)
        }
        if isForGroup { return false }
        Reflection.exchangeAddresses(frame)
        return true
    }

    /// ARP (RFC 826): operation at 6, sender at 8 and 14, target at 18 and 24.
    private static func answerARP(_ frame: UnsafeMutableRawBufferPointer, _ place: Int) -> Bool {
        guard place + 28 <= frame.count, frame.bigEndian(at: place, as: UInt32.self) == 0x0001_0800,
            frame.bigEndian(at: place + 4, as: UInt32.self) == 0x0604_0001
        else { return false }
        let sender: UInt32 = frame.bigEndian(at: place + 14)
        let target: UInt32 = frame.bigEndian(at: place + 24)
        // A probe has no sender; an announcement asks for its own address.
        guard sender != 0, sender != target else { return false }
        frame.storeBigEndian(2 as UInt16, at: place + 6)
        copy(frame, from: place + 8, to: place + 18, byteCount: 10)
        put(address, in: frame, at: place + 8)
        frame.storeBigEndian(target, at: place + 14)
        readdress(frame)
        return true
    }

    /// Echo request (RFC 792) to echo reply: type 8 becomes 0.
    ///
    /// A later fragment has no type.
    private static func answerEcho4(_ frame: UnsafeMutableRawBufferPointer, _ place: Int) {
        let message = place + Int(frame[place] & 15) * 4
        let fragment: UInt16 = frame.bigEndian(at: place + 6)
        guard frame[place + 9] == 1, fragment & 0x1fff == 0, message >= place + 20, message + 8 <= frame.count,
            frame[message] == 8
        else { return }
        setType(frame, message, 0)
    }

    /// Echo request (RFC 4443) to echo reply: type 128 becomes 129; behind a fragment header, in the first fragment.
    private static func answerEcho6(_ frame: UnsafeMutableRawBufferPointer, _ place: Int) {
        var next = frame[place + 6]
        var message = place + 40
        if next == 44, message + 8 <= frame.count {
            guard frame.bigEndian(at: message + 2, as: UInt16.self) >> 3 == 0 else { return }
            next = frame[message]
            message += 8
        }
        guard next == 58, message + 8 <= frame.count, frame[message] == 128 else { return }
        setType(frame, message, 129)
    }

    /// Changes the type of an ICMP message and its checksum by as much (RFC 1624); the rest may be in other fragments.
    private static func setType(_ frame: UnsafeMutableRawBufferPointer, _ place: Int, _ type: UInt8) {
        let old: UInt16 = frame.bigEndian(at: place)
        frame[place] = type
        let new: UInt16 = frame.bigEndian(at: place)
        var sum = InternetChecksum()
        sum.add(~frame.bigEndian(at: place + 2, as: UInt16.self))
        sum.add(~old)
        sum.add(new)
        frame.storeBigEndian(sum.checksum, at: place + 2)
    }

    /// Neighbour solicitation (RFC 4861) to advertisement: target at 8, options from 24 on.
    private static func answerSolicitation(_ frame: UnsafeMutableRawBufferPointer, _ place: Int) -> Bool {
        let message = place + 40
        let byteCount = Int(frame.bigEndian(at: place + 4, as: UInt16.self))
        guard byteCount >= 24, message + byteCount <= frame.count, frame[place + 7] == 255,
            frame[place + 8..<place + 24].contains(where: { $0 != 0 })
        else { return false }
        copy(frame, from: place + 8, to: place + 24, byteCount: 16)
        copy(frame, from: message + 8, to: place + 8, byteCount: 16)
        frame.storeBigEndian(136 << 24 as UInt32, at: message)
        // Solicited, override.
        frame.storeBigEndian(0x6000_0000 as UInt32, at: message + 4)
        if byteCount >= 32, frame[message + 24] == 1, frame[message + 25] == 1 {
            frame[message + 24] = 2
            put(address, in: frame, at: message + 26)
        }
        var sum = InternetChecksum()
        sum.add(UnsafeRawBufferPointer(frame), from: place + 8, count: 32)
        sum.add(UInt32(byteCount))
        sum.add(58 as UInt32)
        sum.add(UnsafeRawBufferPointer(frame), from: message, count: byteCount)
        frame.storeBigEndian(sum.checksum, at: message + 2)
        readdress(frame)
        return true
    }

    /// From this station to the one that the frame came from.
    private static func readdress(_ frame: UnsafeMutableRawBufferPointer) {
        copy(frame, from: 6, to: 0, byteCount: 6)
        put(address, in: frame, at: 6)
    }

    private static func put(_ address: MACAddress, in frame: UnsafeMutableRawBufferPointer, at place: Int) {
        address.encode(into: frame, at: place)
    }

    private static func copy(_ frame: UnsafeMutableRawBufferPointer, from: Int, to: Int, byteCount: Int) {
        for index in 0..<byteCount { frame[to + index] = frame[from + index] }
    }
}
