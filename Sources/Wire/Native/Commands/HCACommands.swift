// Commands: start and end of a function, its capabilities, pages and registers (native interface, section 2.4).
//
// A caseless enumeration per command: the byte counts of its input and output, the fields after the common header
// (`CommandHeader`) as `BitField`s, and embedded structures as offsets. Fields after "Output" belong to the reply.

/// `ENABLE_HCA` (0x104).
public enum EnableHCA {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0xc

    public static let embeddedCpuFunction = BitField(0x8, bit: 31)
    public static let functionId = BitField(0x8, 15, 0)
}

/// `DISABLE_HCA` (0x105).
public enum DisableHCA {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0xc

    public static let embeddedCpuFunction = BitField(0x8, bit: 31)
    public static let functionId = BitField(0x8, 15, 0)
}

/// `INIT_HCA` (0x102).
public enum InitHCA {
    public static let inputByteCount = 0x20
    public static let outputByteCount = 0x10

    public static let swVhcaId = BitField(0xc, 29, 16)
    /// Offset; 16 bytes.
    public static let swOwnerId = 0x10
}

/// `TEARDOWN_HCA` (0x103).
public enum TeardownHCA {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let profile = BitField(0x8, 15, 0)

    // Output.
    public static let state = BitField(0xc, bit: 0)
}

/// `QUERY_ISSI` (0x10a).
public enum QueryISSI {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x70

    // Output.
    public static let currentIssi = BitField(0x8, 15, 0)
    public static let supportedIssiDw0 = BitField(word: 0x6c)
}

/// `SET_ISSI` (0x10b).
public enum SetISSI {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let currentIssi = BitField(0x8, 15, 0)
}

/// `QUERY_PAGES` (0x107).
public enum QueryPages {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let embeddedCpuFunction = BitField(0x8, bit: 31)
    public static let functionId = BitField(0x8, 15, 0)

    // Output.
    public static let numPages = BitField(word: 0xc)
}

/// `MANAGE_PAGES` (0x108).
public enum ManagePages {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let embeddedCpuFunction = BitField(0x8, bit: 31)
    public static let functionId = BitField(0x8, 15, 0)
    public static let inputNumEntries = BitField(word: 0xc)
    /// Offset of the list that ends the input.
    public static let pas = 0x10

    // Output.
    public static let outputNumEntries = BitField(word: 0x8)
}

/// `QUERY_HCA_CAP` (0x100).
public enum QueryHCACap {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x1010

    public static let otherFunction = BitField(0x8, bit: 31)
    public static let ecVfFunction = BitField(0x8, bit: 30)
    public static let functionId = BitField(0x8, 15, 0)

    // Output.
    /// Offset; 4096 bytes.
    public static let capability = 0x10
}

/// `SET_HCA_CAP` (0x109).
public enum SetHCACap {
    public static let inputByteCount = 0x1010
    public static let outputByteCount = 0x10

    public static let otherFunction = BitField(0x8, bit: 31)
    public static let ecVfFunction = BitField(0x8, bit: 30)
    public static let functionId = BitField(0x8, 15, 0)
    /// Offset; 4096 bytes.
    public static let capability = 0x10
}

/// `QUERY_ADAPTER` (0x101).
public enum QueryAdapter {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x110

    // Output.
    /// Offset; 256 bytes.
    public static let queryAdapterStruct = 0x10
}

/// `SET_DRIVER_VERSION` (0x10d).
public enum SetDriverVersion {
    public static let inputByteCount = 0x50
    public static let outputByteCount = 0x10

    /// Offset; 64 bytes.
    public static let driverVersion = 0x10
}

/// `ACCESS_REG` (0x805).
public enum AccessRegister {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let registerId = BitField(0x8, 15, 0)
    public static let argument = BitField(word: 0xc)
    /// Offset of the list that ends the input.
    public static let registerData = 0x10
}
