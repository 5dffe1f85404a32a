/// General device capabilities, second page (type 0x20).
///
/// `cmd_hca_cap_2` of the native interface, section 4.4.
public enum HCACapabilities2 {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x100

    public static let migratable = BitField(0x10, bit: 31)
    public static let queryVuid = BitField(0x10, bit: 13)
    public static let umrLogEntitySize5 = BitField(0x10, bit: 7)
    public static let maxReformatInsertSize = BitField(0x14, 31, 24)
    public static let maxReformatInsertOffset = BitField(0x14, 23, 16)
    public static let maxReformatRemoveSize = BitField(0x14, 15, 8)
    public static let maxReformatRemoveOffset = BitField(0x14, 7, 0)
    public static let migrationMultiLoad = BitField(0x18, bit: 23)
    public static let migrationTrackingState = BitField(0x18, bit: 22)
    public static let multiplaneQpUd = BitField(0x18, bit: 21)
    public static let migrationInChunks = BitField(0x18, bit: 15)
    public static let sfEqUsage = BitField(0x18, bit: 13)
    public static let multiplane = BitField(0x18, bit: 7)
    public static let crossVhcaObjectToObjectSupported = BitField(word: 0x1c)
    /// Offset; 8 bytes.
    public static let allowedObjectForOtherVhcaAccess = 0x20
    public static let flowTableType2Type = BitField(0x34, 31, 24)
    public static let formatSelectDw8_6Ext = BitField(0x34, bit: 21)
    public static let logMinMkeyEntitySize = BitField(0x34, 20, 16)
    public static let swVhcaIdValid = BitField(0x44, bit: 30)
    public static let swVhcaId = BitField(0x44, 29, 16)
    public static let tsCqeMetadataSize2wqeCounter = BitField(0x48, 20, 16)
    public static let formatSelectDwGtpuDw0 = BitField(0x50, 31, 24)
    public static let formatSelectDwGtpuDw1 = BitField(0x50, 23, 16)
    public static let formatSelectDwGtpuDw2 = BitField(0x50, 15, 8)
    public static let formatSelectDwGtpuFirstExtDw0 = BitField(0x50, 7, 0)
    public static let generateWqeType = BitField(word: 0x54)
    public static let minMkeyLogEntitySizeFixedBuffer = BitField(0x70, 20, 16)
    public static let ecVfVportBase = BitField(0x70, 15, 0)
    public static let maxMkeyLogEntitySizeMtt = BitField(0x74, 21, 16)
    public static let maxRqtVhcaId = BitField(0x74, 15, 0)
    public static let pccIfa2 = BitField(0x7c, bit: 15)
    public static let minMkeyLogEntitySizeFixedBufferValid = BitField(0x80, bit: 30)
    public static let returnRegId = BitField(0x80, 15, 0)
    public static let flowTableHashType = BitField(0x84, 3, 0)
    public static let maxNumEqs24b = BitField(0x88, 23, 0)
}
