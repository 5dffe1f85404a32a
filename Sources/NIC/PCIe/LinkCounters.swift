/// What has crossed a link: transactions, their data, and bytes on the link with headers.
package struct LinkCounters: Sendable, BitwiseCopyable, Equatable {
    package var readCount: UInt64 = 0
    package var readByteCount: UInt64 = 0
    package var writeCount: UInt64 = 0
    package var writeByteCount: UInt64 = 0
    package var messageCount: UInt64 = 0
    package var registerWriteCount: UInt64 = 0
    package var registerReadCount: UInt64 = 0
    /// Bytes of packets from the device, and to it.
    package var upstreamByteCount: UInt64 = 0
    package var downstreamByteCount: UInt64 = 0

    package init() {}
}
