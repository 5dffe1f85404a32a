/// Registers of a doorbell page, "UAR" (native interface, section 1.4).
///
/// Offsets are in bytes from the page's start.
public enum UAR {
    /// Bytes of a page; its number counts these from the start of BAR0.
    public static let byteCount = 0x1000
    /// The lowest page number a device may hand out: the initialization segment lies below.
    public static let firstIndex: UInt32 = 3
    /// Arms a completion queue; 8 bytes, `CQDoorbell`.
    public static let cqArm = 0x20
    /// Sets an event queue's consumer index and arms it; 4 bytes, `EQDoorbell`.
    public static let eqArm = 0x40
    /// Sets an event queue's consumer index; 4 bytes, `EQDoorbell`.
    public static let eqUpdate = 0x48
    /// The first of four send doorbells, `1 << logBfRegSize` bytes apart.
    public static let sendDoorbell = 0x800
    public static let sendDoorbellCount = 4
}
