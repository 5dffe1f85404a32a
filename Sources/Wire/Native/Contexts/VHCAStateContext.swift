/// State of a function that another one manages: `vhca_state_context` (native interface, section 3.8).
public enum VHCAStateContext {
    public static let byteCount = 0x10

    public static let armChangeEvent = BitField(0x0, bit: 31)
    /// A `VHCAState`.
    public static let state = BitField(0x0, 19, 16)
    public static let swFunctionId = BitField(word: 0x4)
}
