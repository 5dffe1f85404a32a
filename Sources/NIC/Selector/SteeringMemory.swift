/// Where packets with the same headers went lately, so that the flow tables need not be walked for each of them.
///
/// It remembers results only while they are certain: a walk that counted, copied or dropped is not kept, and one that
/// is kept holds as long as its tables are the ones it saw (`NIC.isCurrent` asks each of them). It changes neither what
/// happens to a packet nor when: the time of the walk is charged all the same.
struct SteeringMemory: ~Copyable {
    /// A walk that ended at a transport interface.
    struct Walk: BitwiseCopyable {
        var key: FlowKey
        var root: Int
        /// `ObjectTable.revision` of the flow tables: none was created or destroyed since.
        var revision: UInt32
        /// The tables that were passed, and how often each had been compiled.
        var tables = InlineArray<4, Int32>(repeating: -1)
        var compilations = InlineArray<4, UInt32>(repeating: 0)
        var tableCount = 0
        var flowTag: UInt32 = 0
        var destination = 0
        /// False for a walk that must not be kept.
        var isCertain = true

        init(key: FlowKey, root: Int, revision: UInt32) {
            self.key = key
            self.root = root
            self.revision = revision
        }

        /// Notes that `table`, compiled `compilations` times so far, was passed.
        @inline(__always) mutating func pass(_ table: Int, compilations count: UInt32) {
            guard tableCount < 4 else {
                isCertain = false
                return
            }
            tables[tableCount] = Int32(truncatingIfNeeded: table)
            compilations[tableCount] = count
            tableCount += 1
        }
    }

    /// Places, as a power of two: enough that a thousand flows mostly do not meet; only those in use are touched.
    private static let logCount: UInt64 = 10
    private var walks: UnsafeMutablePointer<Walk>?

    deinit { walks?.deallocate() }

    /// The walk kept for `key` from `root`, if there is one; whether it still holds is for the caller to ask.
    ///
    /// It stays where it is until the next `keep`.
    @inline(__always) func walk(_ key: borrowing FlowKey, root: Int, revision: UInt32) -> UnsafePointer<Walk>? {
        guard let walks else { return nil }
        let walk = walks + Self.place(of: key)
        guard walk.pointee.root == root, walk.pointee.revision == revision, walk.pointee.isCertain,
            walk.pointee.key == key
        else { return nil }
        return UnsafePointer(walk)
    }

    /// Keeps `walk` in the place of an older one.
    mutating func keep(_ walk: Walk) {
        guard walk.isCertain else { return }
        if walks == nil {
            var none = walk
            none.isCertain = false
            walks = .allocate(capacity: 1 << Int(Self.logCount))
            walks?.initialize(repeating: none, count: 1 << Int(Self.logCount))
        }
        walks?[Self.place(of: walk.key)] = walk
    }

    @inline(__always) private static func place(of key: borrowing FlowKey) -> Int {
        let mixed =
            (key.words[3] &+ key.words[4] &* 31 &+ key.words[5] &* 961 &+ key.words[7] &+ key.words[1])
            &* 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: mixed &>> (64 - logCount))
    }
}
