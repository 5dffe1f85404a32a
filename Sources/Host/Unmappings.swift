/// What was unmapped lately, in order: devices that keep translations look here and forget them.
public struct Unmappings: Sendable {
    /// A run of pages of one function that are mapped no longer.
    public struct Entry: Sendable, BitwiseCopyable {
        public var function: FunctionID
        /// Number of the first page, in pages of 4 KiB.
        public var page: UInt64
        public var count: UInt64
    }

    /// Entries kept: who comes later than that has to forget everything.
    public static let length = 256
    /// Number of unmappings since the start.
    public private(set) var count: UInt64 = 0
    private var ring: [Entry] = []

    public init() {}

    mutating func note(_ function: FunctionID, page: UInt64, count: UInt64) {
        let entry = Entry(function: function, page: page, count: count)
        if ring.count < Self.length {
            ring.append(entry)
        } else {
            ring[Int(self.count % UInt64(Self.length))] = entry
        }
        self.count += 1
    }

    /// Unmapping number `number`, counted from zero; `nil` when it is too long ago.
    public func entry(_ number: UInt64) -> Entry? {
        guard number < count, count - number <= UInt64(ring.count) else { return nil }
        return ring[Int(number % UInt64(Self.length))]
    }
}
