import Host
import NIC
import Simulation
import Wire

/// A bus trace in words: a line for each thing that crossed a bus, or that the device made of it.
///
/// `SECONDS HOST.FUNCTION KIND DETAILS`, times with twelve decimals. Registers, commands and entries of queues are
/// named as the native interface names them.
package enum BusTraceText {
    /// The first line of the file.
    package static let header = "# martlet bus trace 1"

    /// Every kind of line.
    package static let kinds = [
        "config-read", "config-write", "read", "write", "doorbell", "answer", "interrupt", "fault", "dma-read",
        "dma-write", "command", "send-entry", "completion", "event",
    ]

    /// The line for `entry` of a function called `name`.
    static func line(for entry: BusLog.Entry, of name: String) -> String {
        let (kind, details) = words(for: entry)
        return "\(seconds(entry.time)) \(name) \(kind)" + (details.isEmpty ? "" : " " + details)
    }

    private static func seconds(_ time: SimTime) -> String {
        let second: UInt64 = 1_000_000_000_000
        let fraction = String(time.picoseconds % second)
        return "\(time.picoseconds / second)." + String(repeating: "0", count: 12 - fraction.count) + fraction
    }

    private static func hex(_ value: some BinaryInteger) -> String { "0x" + String(value, radix: 16) }

    private static func words(for entry: BusLog.Entry) -> (kind: String, details: String) {
        let place = "\(hex(entry.address)) \(entry.count)"
        switch entry.kind {
        case .configurationRead: return ("config-read", "\(place) tag \(entry.value)")
        case .configurationWrite: return ("config-write", "\(place) = \(hex(entry.value))")
        case .read: return ("read", "bar\(entry.bar) \(place) tag \(entry.value)" + register(entry.address))
        case .write: return write(entry)
        case .answer: return ("answer", "tag \(entry.address) = \(hex(entry.value))")
        case .interrupt: return ("interrupt", "vector \(entry.value)")
        case .fault: return ("fault", "an access to memory was refused")
        case .dmaRead: return ("dma-read", place)
        case .dmaWrite: return ("dma-write", place)
        case .command: return ("command", command(entry))
        case .sendEntry, .completion, .event:
            return withUnsafeBytes(of: entry.words) { queueEntry(entry, $0) }
        }
    }

    // MARK: Registers

    private static func write(_ entry: BusLog.Entry) -> (kind: String, details: String) {
        let place = "bar\(entry.bar) \(hex(entry.address)) \(entry.count) = \(hex(entry.value))"
        guard entry.bar == 0 else { return ("write", place) }
        // A driver of big-endian registers swaps: here is what it means.
        let low = UInt32(truncatingIfNeeded: entry.value).byteSwapped
        if entry.address == 0x18, entry.count == 4 {
            return ("doorbell", "commands \(hex(low))")
        }
        guard entry.address >= UInt64(UAR.byteCount) * 16 else { return ("write", place + register(entry.address)) }
        let page = entry.address / UInt64(UAR.byteCount)
        let words = entry.value.byteSwapped
        switch Int(entry.address % UInt64(UAR.byteCount)) {
        case UAR.cqArm where entry.count == 8:
            let doorbell = CQDoorbell(rawValue: words)
            let way = doorbell.solicitedOnly ? "arm for solicited" : "arm"
            return ("doorbell", "UAR \(page) CQ \(doorbell.cqn) \(way), consumer \(doorbell.consumerIndex)")
        case UAR.eqArm where entry.count == 4:
            let doorbell = EQDoorbell(rawValue: low)
            return ("doorbell", "UAR \(page) EQ \(doorbell.eqn) arm, consumer \(doorbell.consumerIndex)")
        case UAR.eqUpdate where entry.count == 4:
            let doorbell = EQDoorbell(rawValue: low)
            return ("doorbell", "UAR \(page) EQ \(doorbell.eqn) consumer \(doorbell.consumerIndex)")
        case UAR.sendDoorbell..<UAR.byteCount where entry.count == 8:
            let queue = words >> 8 & 0xff_ffff
            return ("doorbell", "UAR \(page) SQ \(queue), entry \(words >> 40 & 0xffff)")
        default: return ("write", place)
        }
    }

    private static func register(_ offset: UInt64) -> String {
        let name: String
        switch Int(offset) {
        case 0x0: name = "fw_rev"
        case 0x4: name = "cmd_interface_rev"
        case 0x10: name = "cmdq_phy_addr_high"
        case 0x14: name = "cmdq_phy_addr_low"
        case 0x1fc: name = "initializing"
        case 0x200..<0x240: name = "health_buffer"
        case 0xff8, 0xffc: name = "timeouts"
        case 0x1000: name = "internal_timer_h"
        case 0x1004: name = "internal_timer_l"
        case 0x1010: name = "health_counter"
        default: return ""
        }
        return " (\(name))"
    }

    // MARK: Commands and entries

    private static func command(_ entry: BusLog.Entry) -> String {
        let opcode = UInt16(truncatingIfNeeded: entry.words[0])
        let name = Opcode(rawValue: opcode)?.name ?? "?"
        var text = "\(name) (\(hex(opcode))) modifier \(entry.words[1]) slot \(entry.words[2]) input \(entry.count)"
        let took = entry.words[6] / 1000
        text += " took \(took) ns"
        if entry.words[3] != 0 { text += " delivery status \(hex(entry.words[3]))" }
        text += " status \(hex(entry.words[4]))"
        if entry.words[5] != 0 {
            let syndrome = Syndrome(rawValue: UInt32(truncatingIfNeeded: entry.words[5]))
            text += " syndrome \(hex(entry.words[5]))" + (syndrome.map { ": " + $0.text } ?? "")
        }
        return text
    }

    private static func queueEntry(_ entry: BusLog.Entry, _ bytes: UnsafeRawBufferPointer) -> (String, String) {
        switch entry.kind {
        case .sendEntry: return ("send-entry", "SQ \(entry.count) " + sendEntry(bytes))
        case .completion: return ("completion", "CQ \(entry.count) " + completion(bytes))
        default: return ("event", "EQ \(entry.count) " + event(bytes))
        }
    }

    private static func sendEntry(_ bytes: UnsafeRawBufferPointer) -> String {
        let control = WQEControlSegment(decoding: bytes)
        let opcode = control.opcode.map { "\($0)" } ?? "opcode \(hex(control.rawOpcode))"
        var text = "entry \(control.wqeIndex) \(opcode) segments \(control.segmentCount)"
        text += " completion \(control.completion)"
        guard control.opcode == .send || control.opcode == .lso, control.segmentCount >= 2 else { return text }
        let ethernet = WQEEthernetSegment(decoding: bytes, at: 16)
        let flags = ethernet.checksumFlags
        if flags.contains(.l3) { text += " l3-checksum" }
        if flags.contains(.l4) { text += " l4-checksum" }
        if ethernet.mss != 0 { text += " mss \(ethernet.mss)" }
        if ethernet.insertsVLAN { text += " vlan \(hex(ethernet.vlanTCI))" }
        let inline = ethernet.inlineHeaderByteCount
        if inline > 0 { text += " inline \(inline)" }
        let data = 32 + 16 * WQEEthernetSegment.segmentCount(forInlineHeaderByteCount: inline)
        guard data + 16 <= 64, data + 16 <= Int(control.segmentCount) * 16 else { return text }
        let segment = WQEDataSegment(decoding: bytes, at: data)
        return text
            + (segment.isInline
                ? " data inline \(segment.byteCount)"
                : " data \(segment.byteCount) at \(hex(segment.address)) key \(hex(segment.lkey))")
    }

    private static func completion(_ bytes: UnsafeRawBufferPointer) -> String {
        let entry = CompletionQueueEntry(decoding: bytes)
        if entry.isError {
            let syndrome = entry.syndrome.map { "\($0)" } ?? "?"
            return "\(entry.opcode) entry \(entry.wqeCounter) queue \(entry.queueNumber) syndrome "
                + "\(hex(entry.rawSyndrome)) (\(syndrome)) vendor \(hex(entry.vendorSyndrome))"
        }
        guard entry.opcode != .requester else {
            return "requester entry \(entry.wqeCounter) queue \(entry.queueNumber)"
        }
        var text = "\(entry.opcode) entry \(entry.wqeCounter) bytes \(entry.byteCount) hash \(hex(entry.rssHash))"
        text += " l2 \(entry.isL2OK ? "ok" : "bad") l3 \(entry.l3HeaderType) \(entry.isL3OK ? "ok" : "not checked")"
        text += " l4 \(entry.l4HeaderType) \(entry.isL4OK ? "ok" : "not checked") checksum \(hex(entry.checksum))"
        return text + (entry.isVLANStripped ? " vlan \(hex(entry.vlanTCI))" : "")
    }

    private static func event(_ bytes: UnsafeRawBufferPointer) -> String {
        let entry = EventQueueEntry(decoding: bytes)
        guard let type = entry.type else { return "type \(hex(bytes[1]))" }
        switch type {
        case .completion: return "completion of CQ \(entry.queueNumber)"
        case .commandInterface: return "commands done \(hex(entry.commandVector))"
        default: return "\(type) subtype \(bytes[3])"
        }
    }
}
