extension PCIeParameters {
    /// The first value that no attachment can have; `nil` when a link may be made of them.
    package var problem: (found: String, expected: String)? {
        func isPowerOfTwo(_ value: Int, _ range: ClosedRange<Int>) -> Bool {
            range.contains(value) && value.nonzeroBitCount == 1
        }
        if !(1...5).contains(generation) { return ("generation \(generation)", "1 to 5") }
        if !isPowerOfTwo(laneCount, 1...32) { return ("laneCount \(laneCount)", "1, 2, 4, 8, 16 or 32") }
        if !isPowerOfTwo(maxPayloadByteCount, 128...4096) {
            return ("maxPayloadByteCount \(maxPayloadByteCount)", "a power of two from 128 to 4096")
        }
        if !isPowerOfTwo(maxReadRequestByteCount, 128...4096) {
            return ("maxReadRequestByteCount \(maxReadRequestByteCount)", "a power of two from 128 to 4096")
        }
        if readCompletionBoundary != 64 && readCompletionBoundary != 128 {
            return ("readCompletionBoundary \(readCompletionBoundary)", "64 or 128")
        }
        if !isPowerOfTwo(readCompletionByteCount, readCompletionBoundary...4096) {
            return ("readCompletionByteCount \(readCompletionByteCount)", "a power of two, at least the boundary")
        }
        if addressBitCount != 32 && addressBitCount != 64 { return ("addressBitCount \(addressBitCount)", "32 or 64") }
        if dataLinkOverhead >= 10_000 { return ("dataLinkOverhead \(dataLinkOverhead)", "less than 10,000") }
        if tagCount < 1 { return ("tagCount \(tagCount)", "at least 1") }
        if postedCredits.data > 0 && postedCredits.data * 16 < maxPayloadByteCount {
            return ("\(postedCredits.data) posted data credits", "room for one packet of MPS")
        }
        if completionCredits.data > 0 && completionCredits.data * 16 < maxReadRequestByteCount {
            return ("\(completionCredits.data) completion data credits", "room for one request of MRRS")
        }
        return translationProblem
    }

    private var translationProblem: (found: String, expected: String)? {
        if translationWayCount < 1 || translationEntryCount % translationWayCount != 0 {
            return ("\(translationEntryCount) translations in \(translationWayCount) ways", "a multiple of the ways")
        }
        if translationPageByteCount < 4096 || translationPageByteCount.nonzeroBitCount != 1 {
            return ("translationPageByteCount \(translationPageByteCount)", "a power of two, at least 4096")
        }
        if translationWalkCount < 1 { return ("translationWalkCount \(translationWalkCount)", "at least 1") }
        return nil
    }
}
