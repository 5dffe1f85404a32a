/// The frames of a capture, in memory: what a replay sends.
package struct ReplayInput: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// Nanoseconds from the first frame of the capture; never decreases.
    private var times: [UInt64] = []

    package init() {}

    /// Forgets every frame.
    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        times.removeAll(keepingCapacity: true)
    }

    /// Number of frames.
    package var count: Int { ends.count }
    /// Length of all frames, in bytes.
    package var byteCount: Int { bytes.count }

    /// Adds a frame `nanoseconds` after the first; one earlier than its predecessor goes with its predecessor.
    package mutating func append(_ frame: UnsafeRawBufferPointer, nanoseconds: UInt64) {
        bytes.append(contentsOf: frame)
        ends.append(bytes.count)
        times.append(max(nanoseconds, times.last ?? 0))
    }

    /// When frame `index` was captured, in nanoseconds from the first.
    package func time(of index: Int) -> UInt64 { times[index] }

    /// Hands the bytes of frame `index` to `body`.
    package func withFrame<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let start = index == 0 ? 0 : ends[index - 1]
        return bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<ends[index]])) }
    }

    /// The length of frame `index`, in bytes.
    package func length(of index: Int) -> Int { ends[index] - (index == 0 ? 0 : ends[index - 1]) }
}
