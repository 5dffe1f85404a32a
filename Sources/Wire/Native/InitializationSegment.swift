/// The first pages of BAR0: registers that exist before any command does.
///
/// `initial_seg` of the native interface, section 1.3.
public enum InitializationSegment {
    /// Bytes the record occupies, any list at its end not counted.
    public static let byteCount = 0x400c

    public static let fwRevMinor = BitField(0x0, 31, 16)
    public static let fwRevMajor = BitField(0x0, 15, 0)
    public static let cmdInterfaceRev = BitField(0x4, 31, 16)
    public static let fwRevSubminor = BitField(0x4, 15, 0)
    public static let cmdqPhyAddrHigh = BitField(word: 0x10)
    public static let cmdqPhyAddrLow = BitField(0x14, 31, 12)
    public static let nicInterface = BitField(0x14, 9, 8)
    public static let logCmdqSize = BitField(0x14, 7, 4)
    public static let logCmdqStride = BitField(0x14, 3, 0)
    public static let commandDoorbellVector = BitField(word: 0x18)
    public static let initializing = BitField(0x1fc, bit: 31)
    public static let nicInterfaceSupported = BitField(0x1fc, 26, 24)
    public static let embeddedCpu = BitField(0x1fc, bit: 23)
    public static let healthBufferAssertExistptr = BitField(word: 0x220)
    public static let healthBufferAssertCallra = BitField(word: 0x224)
    public static let healthBufferTime = BitField(word: 0x22c)
    public static let healthBufferFwVersion = BitField(word: 0x230)
    public static let healthBufferHwId = BitField(word: 0x234)
    public static let healthBufferRfr = BitField(0x238, bit: 31)
    public static let healthBufferValid = BitField(0x238, bit: 27)
    public static let healthBufferSeverity = BitField(0x238, 26, 24)
    public static let healthBufferIriscIndex = BitField(0x23c, 31, 24)
    public static let healthBufferSynd = BitField(0x23c, 23, 16)
    public static let healthBufferExtSynd = BitField(0x23c, 15, 0)
    public static let noDramNicOffset = BitField(word: 0x240)
    public static let clearInt = BitField(0x100c, bit: 0)
    public static let healthSyndrome = BitField(0x1010, 31, 24)
    public static let healthCounter = BitField(0x1010, 23, 0)
    /// First of six assert words of the health buffer.
    public static let healthBufferAssert = 0x200
    public static let commandTimeoutValue = BitField(0xff8, 19, 0)
    public static let commandTimeoutUnit = BitField(0xff8, 31, 29)
    /// Zero in the whole word means: built-in time limits, the DTOR register is not read.
    public static let queueInitTimeoutValue = BitField(0xffc, 19, 0)
    public static let queueInitTimeoutUnit = BitField(0xffc, 31, 29)
    /// Free-running timer; read high, low, high.
    public static let internalTimerHigh = BitField(word: 0x1000)
    public static let internalTimerLow = BitField(word: 0x1004)
    public static let realTimeSeconds = BitField(word: 0x1040)
    public static let realTimeNanoseconds = BitField(word: 0x1044)
    /// IEEE 1588 clock; 8 bytes.
    public static let ieee1588Clock = 0x2000
    public static let ieee1588ClockType = BitField(word: 0x2008)
    /// The command interface revision a driver accepts.
    public static let supportedCmdInterfaceRev: UInt32 = 5
    /// The whole word of `fwVersion` that drivers take as "the PCI device is gone".
    public static let deadWord: UInt32 = .max
    /// Bytes of BAR0 that the segment occupies, whole UAR pages.
    public static let reservedByteCount = 0x3000
}
