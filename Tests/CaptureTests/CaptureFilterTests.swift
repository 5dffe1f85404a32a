import Capture
import Testing

@Suite struct CaptureFilterTests {
    @Test(arguments: [
        ("tcp port 443", true), ("udp", false), ("ip src 10.0.0.1 and tcp[tcpflags] & tcp-syn != 0", true),
        ("", true), ("greater 60", false),
    ])
    func aFilterDecidesAsLibpcapDoes(expression: String, passes: Bool) throws {
        let filter = try CaptureFilter(expression)
        let frame = synFrame()
        let matches = frame.withUnsafeBytes { filter.matches($0, originalByteCount: 54) }
        #expect(matches == passes)
    }

    @Test func theOriginalLengthCounts() throws {
        let filter = try CaptureFilter("greater 60")
        let matches = synFrame().withUnsafeBytes { filter.matches($0, originalByteCount: 1514) }
        #expect(matches)
    }

    @Test func aMistakeIsExplainedInLibpcapsWords() throws {
        let error = try #require(throws: CaptureError.self) { _ = try CaptureFilter("tcp prot 443") }
        #expect(error.description.hasPrefix("filter \"tcp prot 443\": found "))
        #expect(error.found.contains("syntax error"))
    }
}
