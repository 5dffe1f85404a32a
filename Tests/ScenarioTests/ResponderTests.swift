import Scenario
import Testing

/// The neighbour that answers for every address; frames are typed from the RFCs.
@Suite struct ResponderTests {
    private let guest: [UInt8] = [0x02, 0x00, 0x00, 0x00, 0x00, 0x01]
    private let station: [UInt8] = [0x02, 0x00, 0x00, 0x00, 0xff, 0x01]
    private let broadcast: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]

    @Test func anARPRequestIsAnsweredForEveryAddress() {
        let head: [UInt8] = [0x08, 0x06, 0, 1, 8, 0, 6, 4]
        let request = broadcast + guest + head + [0, 1] + guest + [10, 0, 0, 1] + [0, 0, 0, 0, 0, 0, 10, 0, 0, 2]
        let reply = guest + station + head + [0, 2] + station + [10, 0, 0, 2] + guest + [10, 0, 0, 1]
        #expect(answer(request) == reply)
    }

    @Test func aQuestionWhetherAnAddressIsTakenIsNotAnswered() {
        let head = broadcast + guest + [0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, 1] + guest
        #expect(answer(head + [0, 0, 0, 0] + [0, 0, 0, 0, 0, 0, 10, 0, 0, 1]) == nil)
        #expect(answer(head + [10, 0, 0, 1] + [0, 0, 0, 0, 0, 0, 10, 0, 0, 1]) == nil)
        // Neighbour solicitation from the unspecified address.
        let network: [UInt8] = [0x60, 0, 0, 0, 0, 24, 58, 255] + zeros(16) + allNodes
        #expect(answer(broadcast + guest + [0x86, 0xdd] + network + [135, 0, 0, 0] + zeros(4) + target) == nil)
    }

    @Test func anEchoRequestBecomesAReplyBehindATagToo() {
        // Checksum of 08 00 .. 12 34 00 01 61 62: ~(0800 + 1234 + 0001 + 6162) = 8468.
        let request: [UInt8] = [8, 0, 0x84, 0x68, 0x12, 0x34, 0, 1, 0x61, 0x62]
        let reply: [UInt8] = [0, 0, 0x8c, 0x68, 0x12, 0x34, 0, 1, 0x61, 0x62]
        let tag: [UInt8] = [0x81, 0, 0, 7]
        let type: [UInt8] = [0x08, 0]
        let there = internet(30, [10, 0, 0, 1], [10, 0, 0, 2], protocol: 1)
        let back = internet(30, [10, 0, 0, 2], [10, 0, 0, 1], protocol: 1)
        #expect(answer(station + guest + type + there + request) == guest + station + type + back + reply)
        #expect(answer(station + guest + tag + type + there + request) == guest + station + tag + type + back + reply)
    }

    @Test func aLaterFragmentIsSentBackAsItIs() {
        var there = internet(30, [10, 0, 0, 1], [10, 0, 0, 2], protocol: 1)
        var back = internet(30, [10, 0, 0, 2], [10, 0, 0, 1], protocol: 1)
        there[7] = 185
        back[7] = 185
        let data: [UInt8] = [8, 0, 1, 2, 3, 4, 5, 6, 7, 8]
        #expect(answer(station + guest + [0x08, 0] + there + data) == guest + station + [0x08, 0] + back + data)
    }

    @Test func aSolicitationBecomesAnAdvertisement() throws {
        let source: [UInt8] = [0xfe, 0x80] + zeros(13) + [1]
        let head: [UInt8] = [0x60, 0, 0, 0, 0, 32, 58, 255]
        let request =
            [0x33, 0x33, 0xff, 0, 0, 2] + guest + [0x86, 0xdd] + head + source + allNodes + [135, 0, 0, 0] + zeros(4)
            + target
            + [1, 1] + guest
        let found = try #require(answer(request))
        #expect(Array(found[0..<12]) == guest + station)
        #expect(Array(found[14..<54]) == head + target + source)
        #expect(found[54] == 136)
        #expect(Array(found[58..<86]) == [0x60, 0, 0, 0] + target + [2, 1] + station)
        // The sum over pseudo-header and message, checksum included, is all ones.
        let words = Array(found[22..<54]) + [0, 32, 0, 58] + Array(found[54...])
        var sum = stride(from: 0, to: words.count, by: 2).reduce(0) { $0 + Int(words[$1]) << 8 + Int(words[$1 + 1]) }
        while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
        #expect(sum == 0xffff)
    }

    @Test func anEchoRequestOfVersion6BecomesAReplyInItsFirstFragmentOnly() throws {
        let source: [UInt8] = [0xfe, 0x80] + zeros(13) + [1]
        let ports: [UInt8] = [128, 0, 0x10, 0x00, 0x12, 0x34, 0, 1]
        func frame(_ offset: [UInt8]) -> [UInt8] {
            station + guest + [0x86, 0xdd, 0x60, 0, 0, 0, 0, 16, 44, 64] + source + target + [58, 0] + offset
                + [0, 0, 0, 9] + ports
        }
        let first = try #require(answer(frame([0, 1])))
        // Type 128 to 129 takes 0100 from the inverted sum.
        #expect(Array(first[62...]) == [129, 0, 0x0f, 0x00, 0x12, 0x34, 0, 1])
        let second = try #require(answer(frame([0x05, 0xa9])))
        #expect(Array(second[62...]) == ports)
        #expect(Array(second[22..<54]) == target + source)
    }

    @Test func whatIsForAGroupIsTaken() {
        let frame =
            broadcast + guest + [0x08, 0] + internet(28, [10, 0, 0, 1], [10, 0, 0, 255], protocol: 17) + zeros(8)
        #expect(answer(frame) == nil)
    }

    @Test(arguments: 0..<80) func aFrameThatEndsTooEarlyIsNoQuestion(length: Int) {
        let source: [UInt8] = [0xfe, 0x80] + zeros(13) + [1]
        let whole =
            station + guest + [0x81, 0, 0, 1, 0x86, 0xdd, 0x60, 0, 0, 0, 0, 32, 44, 255] + source + target
            + [58, 0, 0, 0, 0, 0, 0, 0, 128, 0, 0, 0] + zeros(20)
        _ = answer(Array(whole.prefix(length)))
    }

    private var target: [UInt8] { [0xfe, 0x80] + zeros(13) + [2] }
    private var allNodes: [UInt8] { [0xff, 0x02] + zeros(13) + [1] }

    private func internet(
        _ byteCount: UInt8, _ source: [UInt8], _ destination: [UInt8], protocol number: UInt8
    ) -> [UInt8] {
        [0x45, 0, 0, byteCount, 0, 0, 0, 0, 64, number, 0, 0] + source + destination
    }

    private func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

    /// What comes back; `nil` when nothing does.
    private func answer(_ frame: [UInt8]) -> [UInt8]? {
        var frame = frame
        return frame.withUnsafeMutableBytes { Responder.answer($0) } ? frame : nil
    }
}
