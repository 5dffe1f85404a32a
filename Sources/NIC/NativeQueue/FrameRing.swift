/// Frames in order of arrival, with what was found out about them: a first-in-first-out ring that doubles when full.
package struct FrameRing: Sendable {
    private var frames: [ReceivedFrame] = []
    private var head = 0
    package private(set) var count = 0

    package init() {}

    /// Adds `frame` behind all others.
    package mutating func append(_ frame: ReceivedFrame) {
        if count == frames.count { grow(filler: frame) }
        frames[(head + count) & (frames.count - 1)] = frame
        count += 1
    }

    /// Removes the oldest frame; `nil` when there is none.
    package mutating func removeFirst() -> ReceivedFrame? {
        guard count > 0 else { return nil }
        let frame = frames[head]
        head = (head + 1) & (frames.count - 1)
        count -= 1
        return frame
    }

    private mutating func grow(filler: ReceivedFrame) {
        let capacity = max(16, frames.count * 2)
        var larger: [ReceivedFrame] = []
        larger.reserveCapacity(capacity)
        for index in 0..<count { larger.append(frames[(head + index) & (frames.count - 1)]) }
        while larger.count < capacity { larger.append(filler) }
        frames = larger
        head = 0
    }
}
