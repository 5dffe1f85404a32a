package import Simulation

/// One PCIe attachment: both directions of the link, the device's DMA engine, the root complex and its IOTLB.
///
/// Every transaction is timed when it is asked for, and asking for it reserves what it uses; no event is needed.
/// Reads pass nothing but are limited by tags and credits; writes and messages stay in order among themselves.
///
/// Ask in any order of times within what is in flight; `advance(to:)` says that nothing earlier will be asked for,
/// which keeps the books short. Order between two writes is kept when the second is asked for later and for no
/// earlier time; so what must follow a write is asked for at that write's `accepted` time.
package struct PCIeLink: ~Copyable {
    package let parameters: PCIeParameters
    package private(set) var format: LinkFormat

    /// Device to root complex, and back.
    var upstream: LinkTimeline
    var downstream: LinkTimeline
    var readEngine: LinkTimeline
    var writeEngine: LinkTimeline
    var rootComplex: LinkTimeline

    var tags: LinkTags
    var posted: LinkCredits
    var nonPosted: LinkCredits
    var completions: LinkCredits
    /// The IOTLB; empty when `translationEntryCount` is zero.
    package var translations: LinkTranslations

    /// When what is over is to be forgotten again, in picoseconds.
    private var nextAdvance: UInt64 = 0
    var lastWrite = LinkOrder()
    var lastRead = LinkOrder()
    /// What has crossed the link so far.
    package var counters = LinkCounters()

    /// Creates an idle link.
    ///
    /// - Precondition: `parameters.problem` is `nil`.
    package init(_ parameters: PCIeParameters = .default) {
        let format = LinkFormat(parameters)
        let shortest = format.duration(byteCount: LinkFormat.framingByteCount + 12)
        self.parameters = parameters
        self.format = format
        upstream = LinkTimeline(shortestUse: shortest)
        downstream = LinkTimeline(shortestUse: shortest)
        readEngine = LinkTimeline(shortestUse: max(1, parameters.readIssueInterval))
        writeEngine = LinkTimeline(shortestUse: max(1, parameters.writeIssueInterval))
        rootComplex = LinkTimeline(shortestUse: max(1, min(parameters.writeInterval, parameters.readRequestInterval)))
        tags = LinkTags(count: parameters.tagCount)
        posted = LinkCredits(limit: parameters.postedCredits)
        nonPosted = LinkCredits(limit: parameters.nonPostedCredits)
        completions = LinkCredits(limit: parameters.completionCredits)
        translations = LinkTranslations(parameters)
    }

    /// Keeps packets to what a driver permits (MPS and MRRS of the device control register), never above what the
    /// link's parameters say.
    package mutating func limit(payloadByteCount: Int, readRequestByteCount: Int) {
        var limited = parameters
        limited.maxPayloadByteCount = min(parameters.maxPayloadByteCount, payloadByteCount)
        limited.maxReadRequestByteCount = min(parameters.maxReadRequestByteCount, readRequestByteCount)
        format = LinkFormat(limited)
    }

    /// Says that no later call will be for a time before `time`.
    @inline(__always) package mutating func advance(to time: SimTime) {
        // What is over is forgotten from time to time: it changes no answer, as nothing asks for what has passed.
        if time.picoseconds >= nextAdvance { forget(before: time) }
    }

    private mutating func forget(before time: SimTime) {
        nextAdvance = time.picoseconds &+ 100_000
        upstream.advance(to: time.picoseconds)
        downstream.advance(to: time.picoseconds)
        readEngine.advance(to: time.picoseconds)
        writeEngine.advance(to: time.picoseconds)
        rootComplex.advance(to: time.picoseconds)
    }
}
