import Foundation
import NIC
import Testing
import Wire

@Suite struct SyndromeTests {
    static let document = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Documentation/Syndromes.md").standardizedFileURL

    /// `SYNDROMES_UPDATE=1` writes the document instead.
    @Test func theDocumentListsEverySyndrome() throws {
        if ProcessInfo.processInfo.environment["SYNDROMES_UPDATE"] != nil {
            try Syndrome.document.write(to: Self.document, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: Self.document, encoding: .utf8) == Syndrome.document)
    }

    @Test func everyKindOfObjectHasItsThreeSyndromes() {
        for kind in ObjectKind.allCases {
            #expect(Syndrome.missing(kind).status == .badResource)
            #expect(Syndrome.busy(kind).status == .resourceBusy)
            #expect(Syndrome.limit(kind).status == .limitsExceeded)
        }
    }

    @Test func noTwoSyndromesSayTheSame() {
        #expect(Set(Syndrome.allCases.map(\.text)).count == Syndrome.allCases.count)
    }
}
