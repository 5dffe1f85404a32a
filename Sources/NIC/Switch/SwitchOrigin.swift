import Host

/// Where a frame entered an embedded switch.
struct SwitchOrigin: BitwiseCopyable {
    let eswitch: Int
    let vport: VportNumber
    /// The function that sent it; `nil` when it came by the uplink.
    let function: FunctionID?
    /// The buffer it is to lie in when it is received.
    let charge: BufferCharge
    let context: FrameContext
    /// Switches that it has passed before this one.
    let depth: Int
}
