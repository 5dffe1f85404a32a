// Commands: doorbell pages, protection domains and memory keys (native interface, section 2.4).
//
// A caseless enumeration per command: the byte counts of its input and output, the fields after the common header
// (`CommandHeader`) as `BitField`s, and embedded structures as offsets. Fields after "Output" belong to the reply.

/// `ALLOC_UAR` (0x802).
public enum AllocUAR {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    // Output.
    public static let uar = BitField(0x8, 23, 0)
}

/// `DEALLOC_UAR` (0x803).
public enum DeallocUAR {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let uar = BitField(0x8, 23, 0)
}

/// `ALLOC_PD` (0x800).
public enum AllocPD {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    // Output.
    public static let pd = BitField(0x8, 23, 0)
}

/// `DEALLOC_PD` (0x801).
public enum DeallocPD {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let pd = BitField(0x8, 23, 0)
}

/// `ALLOC_TRANSPORT_DOMAIN` (0x816).
public enum AllocTransportDomain {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    // Output.
    public static let transportDomain = BitField(0x8, 23, 0)
}

/// `DEALLOC_TRANSPORT_DOMAIN` (0x817).
public enum DeallocTransportDomain {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let transportDomain = BitField(0x8, 23, 0)
}

/// `QUERY_SPECIAL_CONTEXTS` (0x203).
public enum QuerySpecialContexts {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x20

    // Output.
    public static let dumpFillMkey = BitField(word: 0x8)
    public static let resdLkey = BitField(word: 0xc)
    public static let nullMkey = BitField(word: 0x10)
    public static let terminateScatterListMkey = BitField(word: 0x14)
    public static let repeatedMkey = BitField(word: 0x18)
}

/// `CREATE_MKEY` (0x200).
public enum CreateMKey {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    public static let pgAccess = BitField(0xc, bit: 31)
    public static let mkeyUmemValid = BitField(0xc, bit: 30)
    public static let dataDirect = BitField(0xc, bit: 29)
    /// Offset; 64 bytes: `MKeyContext`.
    public static let context = 0x10
    public static let translationsOctwordActualSize = BitField(word: 0x60)
    /// Offset of the list that ends the input.
    public static let klmPasMtt = 0x110

    // Output.
    public static let mkeyIndex = BitField(0x8, 23, 0)
}

/// `DESTROY_MKEY` (0x202).
public enum DestroyMKey {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let mkeyIndex = BitField(0x8, 23, 0)
}

/// `QUERY_MKEY` (0x201).
public enum QueryMKey {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x130

    public static let mkeyIndex = BitField(0x8, 23, 0)
    public static let pgAccess = BitField(0xc, bit: 31)

    // Output.
    /// Offset; 64 bytes: `MKeyContext`.
    public static let context = 0x10
    /// Offset; 16 bytes.
    public static let bsf0Klm0PasMtt0_1 = 0x110
    /// Offset; 16 bytes.
    public static let bsf1Klm1PasMtt2_3 = 0x120
}
