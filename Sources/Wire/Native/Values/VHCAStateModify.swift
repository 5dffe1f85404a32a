/// Fields that `MODIFY_VHCA_STATE` changes: `vhca_state_field_select` (native interface, section 3.8).
public struct VHCAStateModify: OptionSet, Sendable, BitwiseCopyable {
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let armChangeEvent = VHCAStateModify(rawValue: 1 << 0)
    public static let swFunctionID = VHCAStateModify(rawValue: 1 << 1)
}
