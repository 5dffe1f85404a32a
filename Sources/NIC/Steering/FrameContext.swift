/// What the silicon knows of a frame besides its bytes, and flow tables can match.
package struct FrameContext: Sendable, BitwiseCopyable {
    /// Vport that sent it; the uplink's number when it came from the wire.
    package var sourceVport: UInt16
    /// Number of the send queue, for frames of the switch's manager; otherwise zero.
    package var sourceQueue: UInt32 = 0
    /// Metadata registers C0 to C7, then A; all zero until `hasRegisters`.
    package private(set) var registers = InlineArray<9, UInt32>(repeating: 0)
    /// Whether any register was ever set.
    package private(set) var hasRegisters = false

    @inline(__always) package init(sourceVport: UInt16, sourceQueue: UInt32 = 0) {
        self.sourceVport = sourceVport
        self.sourceQueue = sourceQueue
    }

    /// Sets metadata register `index`: C0 to C7 are 0 to 7, A is 8.
    package mutating func setRegister(_ index: Int, _ value: UInt32) {
        registers[index] = value
        hasRegisters = true
    }

    /// A frame that came from the wire.
    @inline(__always) package static var fromUplink: FrameContext {
        FrameContext(sourceVport: VportNumber.uplink.rawValue)
    }
}
