/// What all parts of a world share: the frames in flight and the log of the capture points.
public struct Medium: ~Copyable {
    public var frames = FramePool()
    public var taps = TapLog()
    public init() {}
}
