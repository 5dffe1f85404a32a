// Commands: subfunctions and their states (native interface, section 2.4).
//
// A caseless enumeration per command: the byte counts of its input and output, the fields after the common header
// (`CommandHeader`) as `BitField`s, and embedded structures as offsets. Fields after "Output" belong to the reply.

/// `ALLOC_SF` (0x113).
public enum AllocSF {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let functionId = BitField(0x8, 15, 0)
}

/// `DEALLOC_SF` (0x114).
public enum DeallocSF {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let functionId = BitField(0x8, 15, 0)
}

/// `QUERY_VHCA_STATE` (0xb0d).
public enum QueryVHCAState {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x20

    public static let embeddedCpuFunction = BitField(0x8, bit: 31)
    public static let functionId = BitField(0x8, 15, 0)

    // Output.
    /// Offset; 16 bytes.
    public static let context = 0x10
}

/// `MODIFY_VHCA_STATE` (0xb0e).
public enum ModifyVHCAState {
    public static let inputByteCount = 0x20
    public static let outputByteCount = 0x10

    public static let embeddedCpuFunction = BitField(0x8, bit: 31)
    public static let functionId = BitField(0x8, 15, 0)
    public static let vhcaStateFieldSelect = BitField(word: 0xc)
    /// Offset; 16 bytes.
    public static let context = 0x10
}
