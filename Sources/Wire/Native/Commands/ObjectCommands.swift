// Commands: user contexts, user memory, general objects and queue pairs (native interface, section 2.4).
//
// A caseless enumeration per command: the byte counts of its input and output, the fields after the common header
// (`CommandHeader`) as `BitField`s, and embedded structures as offsets. Fields after "Output" belong to the reply.

/// `CREATE_UCTX` (0xa04).
public enum CreateUCTX {
    public static let inputByteCount = 0x40
    public static let outputByteCount = 0x10

    /// Offset; 48 bytes.
    public static let context = 0x10
}

/// `DESTROY_UCTX` (0xa06).
public enum DestroyUCTX {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10
}

/// `CREATE_UMEM` (0xa08).
public enum CreateUmem {
    public static let inputByteCount = 0x30
    public static let outputByteCount = 0x10

    /// Offset; 32 bytes.
    public static let context = 0x10

    // Output.
    public static let umemId = BitField(0x8, 23, 0)
}

/// `DESTROY_UMEM` (0xa0a).
public enum DestroyUmem {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let umemId = BitField(0x8, 23, 0)
}

/// `CREATE_GENERAL_OBJECT` (0xa00).
public enum CreateGeneralObject {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let objId = BitField(word: 0x8)
    public static let logObjRange = BitField(0xc, 28, 24)
    public static let objOffset = BitField(0xc, 30, 0)
}

/// `MODIFY_GENERAL_OBJECT` (0xa01).
public enum ModifyGeneralObject {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let objId = BitField(word: 0x8)
    public static let logObjRange = BitField(0xc, 28, 24)
    public static let objOffset = BitField(0xc, 30, 0)
}

/// `QUERY_GENERAL_OBJECT` (0xa02).
public enum QueryGeneralObject {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let objId = BitField(word: 0x8)
    public static let logObjRange = BitField(0xc, 28, 24)
    public static let objOffset = BitField(0xc, 30, 0)
}

/// `DESTROY_GENERAL_OBJECT` (0xa03).
public enum DestroyGeneralObject {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let objId = BitField(word: 0x8)
    public static let logObjRange = BitField(0xc, 28, 24)
    public static let objOffset = BitField(0xc, 30, 0)
}

/// `CREATE_QP` (0x500).
public enum CreateQP {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    public static let qpcExt = BitField(0x8, bit: 31)
    public static let inputQpn = BitField(0x8, 23, 0)
    public static let optParamMask = BitField(word: 0x10)
    public static let ece = BitField(word: 0x14)
    /// Offset; 232 bytes: `QPContext`.
    public static let context = 0x18
    /// Offset; 8 bytes.
    public static let wqUmemOffset = 0x100
    public static let wqUmemId = BitField(word: 0x108)
    public static let wqUmemValid = BitField(0x10c, bit: 31)
    /// Offset of the list that ends the input.
    public static let pas = 0x110

    // Output.
    public static let qpn = BitField(0x8, 23, 0)
    public static let outputEce = BitField(word: 0xc)
}

/// `DESTROY_QP` (0x501).
public enum DestroyQP {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let qpn = BitField(0x8, 23, 0)
}

/// `RST2INIT_QP` (0x502).
public enum Rst2InitQP {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    public static let qpn = BitField(0x8, 23, 0)
    public static let optParamMask = BitField(word: 0x10)
    public static let ece = BitField(word: 0x14)
    /// Offset; 232 bytes: `QPContext`.
    public static let context = 0x18

    // Output.
    public static let outputEce = BitField(word: 0xc)
}

/// `INIT2RTR_QP` (0x503).
public enum Init2RTRQP {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    public static let qpn = BitField(0x8, 23, 0)
    public static let optParamMask = BitField(word: 0x10)
    public static let ece = BitField(word: 0x14)
    /// Offset; 232 bytes: `QPContext`.
    public static let context = 0x18

    // Output.
    public static let outputEce = BitField(word: 0xc)
}

/// `RTR2RTS_QP` (0x504).
public enum RTR2RTSQP {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    public static let qpn = BitField(0x8, 23, 0)
    public static let optParamMask = BitField(word: 0x10)
    public static let ece = BitField(word: 0x14)
    /// Offset; 232 bytes: `QPContext`.
    public static let context = 0x18

    // Output.
    public static let outputEce = BitField(word: 0xc)
}

/// `RTS2RTS_QP` (0x505).
public enum RTS2RTSQP {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    public static let qpn = BitField(0x8, 23, 0)
    public static let optParamMask = BitField(word: 0x10)
    public static let ece = BitField(word: 0x14)
    /// Offset; 232 bytes: `QPContext`.
    public static let context = 0x18

    // Output.
    public static let outputEce = BitField(word: 0xc)
}

/// `2RST_QP` (0x50a).
public enum ToRstQP {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let qpn = BitField(0x8, 23, 0)
}

/// `2ERR_QP` (0x507).
public enum ToErrQP {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let qpn = BitField(0x8, 23, 0)
}
