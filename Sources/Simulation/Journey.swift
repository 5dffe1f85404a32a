/// A place where a packet spends time: the rows of the summary's "where the time went".
public enum Stage: UInt8, CaseIterable, Sendable, BitwiseCopyable, Hashable {
    /// Host software: from the driver seeing a frame to its doorbell, or to the application.
    case software
    /// From the doorbell's write to the send queue's first fetch.
    case doorbell
    /// Reading work queue entries.
    case descriptorFetch
    /// Reading the frame's bytes from host memory.
    case dataFetch
    /// Offloads and the rest of the send pipeline.
    case sendPipeline
    /// The embedded switch.
    case fabric
    /// Waiting for and being serialised by a port.
    case port
    /// Propagation over a wire.
    case wire
    /// Parsing, steering and selecting a receive queue.
    case receivePipeline
    /// Writing the frame and its completion to host memory.
    case dataWrite
    /// From the completion's write to the driver seeing it: moderation, interrupt, polling.
    case notification

    /// The number of stages.
    @inlinable public static var count: Int { 11 }
}

/// Where one packet has been: when it was born, and how long each stage has held it.
///
/// It travels with the frame (`FrameInfo.journey`) and is parked under a tag while the packet lies in host memory.
/// No driver and no model decision may depend on it: it exists for the report alone.
public struct Journey: Sendable, BitwiseCopyable {
    /// When the frame entered the world.
    public var birth: SimTime
    /// Up to when its time has been attributed to stages.
    public var accountedUpTo: SimTime
    /// Picoseconds by stage.
    public var spent: InlineArray<11, UInt64>

    @inlinable public init(birth: SimTime) {
        self.birth = birth
        accountedUpTo = birth
        spent = InlineArray(repeating: 0)
    }

    /// Attributes the time since the last call to `stage`.
    @inlinable public mutating func spend(on stage: Stage, until time: SimTime) {
        guard time > accountedUpTo else { return }
        spent[Int(stage.rawValue)] &+= time.picoseconds &- accountedUpTo.picoseconds
        accountedUpTo = time
    }
}
