/// Where the generator stands.
struct GeneratorState {
    var pattern: TrafficPattern?
    var generation: UInt32 = 0
    /// Frames each channel has sent.
    var sentCount: [UInt64] = []
    /// Bytes of the largest frame that was announced: buffers are made when the interface is opened.
    var largestByteCount = 0
    var bufferByteCount: Int {
        var size = 2048
        while size < largestByteCount, size < Self.longestBuffer { size *= 2 }
        return size
    }
    static let longestBuffer = 65_536
}
