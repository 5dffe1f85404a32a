// Commands: event, completion, send and receive queues (native interface, section 2.4).
//
// A caseless enumeration per command: the byte counts of its input and output, the fields after the common header
// (`CommandHeader`) as `BitField`s, and embedded structures as offsets. Fields after "Output" belong to the reply.

/// `CREATE_EQ` (0x301).
public enum CreateEQ {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    /// Offset; 64 bytes: `EQContext`.
    public static let context = 0x10
    /// Offset; 32 bytes.
    public static let eventBitmask = 0x58
    /// Offset of the list that ends the input.
    public static let pas = 0x110

    // Output.
    public static let eqNumber = BitField(0x8, 7, 0)
}

/// `DESTROY_EQ` (0x302).
public enum DestroyEQ {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let eqNumber = BitField(0x8, 7, 0)
}

/// `QUERY_EQ` (0x303).
public enum QueryEQ {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x110

    public static let eqNumber = BitField(0x8, 7, 0)

    // Output.
    /// Offset; 64 bytes: `EQContext`.
    public static let context = 0x10
    /// Offset; 8 bytes.
    public static let eventBitmask = 0x58
    /// Offset of the list that ends the output.
    public static let pas = 0x110
}

/// `CREATE_CQ` (0x400).
public enum CreateCQ {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    /// Offset; 64 bytes: `CQContext`.
    public static let context = 0x10
    public static let cqUmemValid = BitField(0x5c, bit: 31)
    /// Offset of the list that ends the input.
    public static let pas = 0x110

    // Output.
    public static let cqn = BitField(0x8, 23, 0)
}

/// `DESTROY_CQ` (0x401).
public enum DestroyCQ {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let cqn = BitField(0x8, 23, 0)
}

/// `MODIFY_CQ` (0x403).
public enum ModifyCQ {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    public static let cqn = BitField(0x8, 23, 0)
    public static let modifyFieldSelect = BitField(word: 0xc)
    /// Offset; 64 bytes: `CQContext`.
    public static let context = 0x10
    public static let cqUmemValid = BitField(0x5c, bit: 31)
    /// Offset of the list that ends the input.
    public static let pas = 0x110
}

/// `QUERY_CQ` (0x402).
public enum QueryCQ {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x110

    public static let cqn = BitField(0x8, 23, 0)

    // Output.
    /// Offset; 64 bytes: `CQContext`.
    public static let context = 0x10
    /// Offset of the list that ends the output.
    public static let pas = 0x110
}

/// `CREATE_SQ` (0x904).
public enum CreateSQ {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    /// Offset; 240 bytes: `SQContext`.
    public static let context = 0x20

    // Output.
    public static let sqn = BitField(0x8, 23, 0)
}

/// `MODIFY_SQ` (0x905).
public enum ModifySQ {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    public static let sqState = BitField(0x8, 31, 28)
    public static let sqn = BitField(0x8, 23, 0)
    /// Offset; 8 bytes.
    public static let modifyBitmask = 0x10
    /// Offset; 240 bytes: `SQContext`.
    public static let context = 0x20
}

/// `DESTROY_SQ` (0x906).
public enum DestroySQ {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let sqn = BitField(0x8, 23, 0)
}

/// `QUERY_SQ` (0x907).
public enum QuerySQ {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x110

    public static let sqn = BitField(0x8, 23, 0)

    // Output.
    /// Offset; 240 bytes: `SQContext`.
    public static let context = 0x20
}

/// `CREATE_RQ` (0x908).
public enum CreateRQ {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    /// Offset; 240 bytes: `RQContext`.
    public static let context = 0x20

    // Output.
    public static let rqn = BitField(0x8, 23, 0)
}

/// `MODIFY_RQ` (0x909).
public enum ModifyRQ {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    public static let rqState = BitField(0x8, 31, 28)
    public static let rqn = BitField(0x8, 23, 0)
    /// Offset; 8 bytes.
    public static let modifyBitmask = 0x10
    /// Offset; 240 bytes: `RQContext`.
    public static let context = 0x20
}

/// `DESTROY_RQ` (0x90a).
public enum DestroyRQ {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let rqn = BitField(0x8, 23, 0)
}

/// `QUERY_RQ` (0x90b).
public enum QueryRQ {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x110

    public static let rqn = BitField(0x8, 23, 0)

    // Output.
    /// Offset; 240 bytes: `RQContext`.
    public static let context = 0x20
}
