// Commands: transport interfaces and receive queue tables (native interface, section 2.4).
//
// A caseless enumeration per command: the byte counts of its input and output, the fields after the common header
// (`CommandHeader`) as `BitField`s, and embedded structures as offsets. Fields after "Output" belong to the reply.

/// `CREATE_TIS` (0x912).
public enum CreateTIS {
    public static let inputByteCount = 0xc0
    public static let outputByteCount = 0x10

    /// Offset; 160 bytes: `TISContext`.
    public static let context = 0x20

    // Output.
    public static let tisn = BitField(0x8, 23, 0)
}

/// `MODIFY_TIS` (0x913).
public enum ModifyTIS {
    public static let inputByteCount = 0xc0
    public static let outputByteCount = 0x10

    public static let tisn = BitField(0x8, 23, 0)
    public static let bitmaskLagTxPortAffinity = BitField(0x14, bit: 2)
    public static let bitmaskStrictLagTxPortAffinity = BitField(0x14, bit: 1)
    public static let bitmaskPrio = BitField(0x14, bit: 0)
    /// Offset; 160 bytes: `TISContext`.
    public static let context = 0x20
}

/// `DESTROY_TIS` (0x914).
public enum DestroyTIS {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let tisn = BitField(0x8, 23, 0)
}

/// `CREATE_TIR` (0x900).
public enum CreateTIR {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    /// Offset; 240 bytes: `TIRContext`.
    public static let context = 0x20

    // Output.
    public static let icmAddress63_40 = BitField(0x0, 23, 0)
    public static let icmAddress39_32 = BitField(0x8, 31, 24)
    public static let tirn = BitField(0x8, 23, 0)
    public static let icmAddress31_0 = BitField(word: 0xc)
}

/// `MODIFY_TIR` (0x901).
public enum ModifyTIR {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    public static let tirn = BitField(0x8, 23, 0)
    public static let bitmaskSelfLbEn = BitField(0x14, bit: 4)
    public static let bitmaskHash = BitField(0x14, bit: 2)
    public static let bitmaskPacketMerge = BitField(0x14, bit: 0)
    /// Offset; 240 bytes: `TIRContext`.
    public static let context = 0x20
}

/// `DESTROY_TIR` (0x902).
public enum DestroyTIR {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let tirn = BitField(0x8, 23, 0)
}

/// `CREATE_RQT` (0x916).
public enum CreateRQT {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    /// Offset; 240 bytes: `RQTContext`.
    public static let context = 0x20

    // Output.
    public static let rqtn = BitField(0x8, 23, 0)
}

/// `MODIFY_RQT` (0x917).
public enum ModifyRQT {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    public static let rqtn = BitField(0x8, 23, 0)
    public static let bitmaskRqnList = BitField(0x14, bit: 0)
    /// Offset; 240 bytes: `RQTContext`.
    public static let context = 0x20
}

/// `DESTROY_RQT` (0x918).
public enum DestroyRQT {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let rqtn = BitField(0x8, 23, 0)
}
