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
    var upstream: Timeline
    var downstream: Timeline
    var readEngine: Timeline
    var writeEngine: Timeline
    var rootComplex: Timeline

    var tags: LinkTags
    var posted: LinkCredits
    var nonPosted: LinkCredits
    var completions: LinkCredits
    /// The IOTLB; empty when `translationEntryCount` is zero.
    package var translations: LinkTranslations

    var writes = LinkWrites()
    var lastRead = LastRead()
    /// When the last register write reached the device.
    var lastRegisterWrite: UInt64 = 0
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
        upstream = Timeline(shortestUse: shortest)
        downstream = Timeline(shortestUse: shortest)
        readEngine = Timeline(shortestUse: max(1, parameters.readIssueInterval))
        writeEngine = Timeline(shortestUse: max(1, parameters.writeIssueInterval))
        rootComplex = Timeline(shortestUse: max(1, min(parameters.writeInterval, parameters.readRequestInterval)))
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

    /// When the next read may be asked for without waiting for a tag.
    @inline(__always) package var nextReadTime: SimTime { SimTime(picoseconds: tags.earliest) }

    /// When the last write that was asked for leaves the device.
    @inline(__always) package var lastWriteTime: SimTime { SimTime(picoseconds: writes.last.sent) }

    /// Says that no later call will be for a time before `time`.
    package mutating func advance(to time: SimTime) {
        upstream.advance(to: time.picoseconds)
        downstream.advance(to: time.picoseconds)
        readEngine.advance(to: time.picoseconds)
        writeEngine.advance(to: time.picoseconds)
        rootComplex.advance(to: time.picoseconds)
    }
}
