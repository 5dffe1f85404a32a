/// An element of a scheduling tree (`scheduling_context`, what Linux needs for rates).
public enum SchedulingContext {
    public static let byteCount = 0x40

    /// 0: arbiter; 1: vport.
    public static let elementType = BitField(0x0, 31, 24)
    /// Of an arbiter: 0, deficit weighted round robin.
    public static let arbiterType = BitField(0x4, 23, 16)
    public static let vportNumber = BitField(0x4, 15, 0)
    public static let parentElementId = BitField(word: 0x8)
    public static let bwShare = BitField(word: 0x14)
    /// In Mb/s; zero for no limit.
    public static let maxAverageBw = BitField(word: 0x18)
}
