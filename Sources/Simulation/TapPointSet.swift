/// Some of a world's capture points, of which there can be 256.
public struct TapPointSet: Sendable, BitwiseCopyable, Equatable {
    @usableFromInline var words = InlineArray<4, UInt64>(repeating: 0)

    @inlinable public init() {}

    /// The points of `points`.
    @inlinable public init(_ points: [TapPoint]) {
        for point in points { insert(point) }
    }

    @inlinable public mutating func insert(_ point: TapPoint) {
        words[Int(point.index >> 6)] |= 1 << UInt64(point.index & 63)
    }

    /// Adds all points of `other`.
    @inlinable public mutating func formUnion(_ other: TapPointSet) {
        for index in 0..<4 { words[index] |= other.words[index] }
    }

    @inlinable @inline(__always) public func contains(_ point: TapPoint) -> Bool {
        words[Int(point.index >> 6)] & (1 << UInt64(point.index & 63)) != 0
    }

    @inlinable public static func == (left: TapPointSet, right: TapPointSet) -> Bool {
        (0..<4).allSatisfy { left.words[$0] == right.words[$0] }
    }
}
