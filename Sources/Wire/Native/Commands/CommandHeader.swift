/// The words that start every command's input and output (native interface, section 2.4).
public enum CommandHeader {
    /// Bytes of the shortest input and of the shortest output that carries fields.
    public static let byteCount = 0x10

    // Input.
    public static let opcode = BitField(0x0, 31, 16)
    /// The user context that issued the command; zero for the kernel.
    public static let uid = BitField(0x0, 15, 0)
    /// Operation modifier; for general objects the object's type.
    public static let opMod = BitField(0x4, 15, 0)

    // Output.
    public static let status = BitField(0x0, 31, 24)
    /// Free-form word that tells one failure from another.
    public static let syndrome = BitField(word: 0x4)
}
