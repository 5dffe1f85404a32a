/// Pulse per second.
///
/// Register `MTPPS` of the native interface, section 7.
public enum MTPPS {
    public static let byteCount = 0x38

    public static let capNumberOfPpsPins = BitField(0x0, 19, 16)
    public static let capMaxNumOfPpsInPins = BitField(0x0, 11, 8)
    public static let capMaxNumOfPpsOutPins = BitField(0x0, 3, 0)
    public static let capLogMinNppsPeriod = BitField(0x4, 12, 8)
    public static let capLogMinOutPulseDurationNs = BitField(0x4, 4, 0)
    public static let capPin3Mode = BitField(0x8, 27, 24)
    public static let capPin2Mode = BitField(0x8, 19, 16)
    public static let capPin1Mode = BitField(0x8, 11, 8)
    public static let capPin0Mode = BitField(0x8, 3, 0)
    public static let capPin7Mode = BitField(0xc, 27, 24)
    public static let capPin6Mode = BitField(0xc, 19, 16)
    public static let capPin5Mode = BitField(0xc, 11, 8)
    public static let capPin4Mode = BitField(0xc, 3, 0)
    public static let fieldSelect = BitField(word: 0x10)
    /// Offset; 8 bytes.
    public static let nppsPeriod = 0x18
    public static let enable = BitField(0x20, bit: 31)
    public static let pattern = BitField(0x20, 19, 16)
    public static let pinMode = BitField(0x20, 11, 8)
    public static let pin = BitField(0x20, 7, 0)
    public static let outPulseDurationNs = BitField(0x24, 29, 0)
    /// Offset; 8 bytes.
    public static let timeStamp = 0x28
    public static let outPulseDuration = BitField(0x30, 31, 16)
    public static let outPeriodicAdjustment = BitField(0x30, 15, 0)
    public static let enhancedOutPeriodicAdjustment = BitField(word: 0x34)
}
