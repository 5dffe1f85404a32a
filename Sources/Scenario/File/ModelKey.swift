internal import NIC
internal import Simulation

/// One number of a device model: its section and key in the file, what it may be, and where it goes.
///
/// The tables of these are all there is to say about the format of `Models/*.yaml`: the reader, the JSON Schema's test
/// and `martlet models` read them. To add a number, add a line.
struct ModelKey {
    var section: String
    var key: String
    var kind: Kind
    /// Puts the value, in the base unit of its kind, into the model.
    var apply: (inout DeviceModel, UInt64) -> Void

    /// What a number may be.
    enum Kind {
        /// A plain number in a range.
        case count(ClosedRange<UInt64>)
        /// One of a few plain numbers.
        case oneOf([UInt64])
        /// Bytes in a range.
        case bytes(ClosedRange<UInt64>)
        /// A power of two of bytes in a range.
        case powerOfTwoBytes(ClosedRange<UInt64>)
        /// A duration in a range, in picoseconds.
        case time(ClosedRange<UInt64>)
        /// Bits per second, one of a few.
        case rate([UInt64])
        /// A percentage with two decimals, in parts per 10,000.
        case percentage(ClosedRange<UInt64>)
        case flag
    }

    /// Every number, in the order of the documentation.
    static var all: [ModelKey] {
        ports + link + credits + engine + rootComplex + translation + registers + limits + pipeline + firmware
            + identity + functions + features
    }

    /// The sections of a model file that hold numbers.
    static let sections = ["identity", "ports", "pcie", "functions", "features", "limits", "pipeline", "firmware"]

    static let second: UInt64 = 1_000_000_000_000
    static let millisecond: UInt64 = 1_000_000_000

    static func count<Value: FixedWidthInteger>(
        _ section: String, _ key: String, _ range: ClosedRange<UInt64>,
        _ path: WritableKeyPath<DeviceModel, Value>
    ) -> ModelKey {
        ModelKey(section: section, key: key, kind: .count(range)) { $0[keyPath: path] = Value($1) }
    }

    static func oneOf<Value: FixedWidthInteger>(
        _ section: String, _ key: String, _ values: [UInt64], _ path: WritableKeyPath<DeviceModel, Value>
    ) -> ModelKey {
        ModelKey(section: section, key: key, kind: .oneOf(values)) { $0[keyPath: path] = Value($1) }
    }

    static func bytes<Value: FixedWidthInteger>(
        _ section: String, _ key: String, _ range: ClosedRange<UInt64>,
        _ path: WritableKeyPath<DeviceModel, Value>
    ) -> ModelKey {
        ModelKey(section: section, key: key, kind: .bytes(range)) { $0[keyPath: path] = Value($1) }
    }

    static func powerOfTwo<Value: FixedWidthInteger>(
        _ section: String, _ key: String, _ range: ClosedRange<UInt64>,
        _ path: WritableKeyPath<DeviceModel, Value>
    ) -> ModelKey {
        ModelKey(section: section, key: key, kind: .powerOfTwoBytes(range)) { $0[keyPath: path] = Value($1) }
    }

    static func time(
        _ section: String, _ key: String, upTo longest: UInt64 = millisecond,
        _ path: WritableKeyPath<DeviceModel, UInt64>
    ) -> ModelKey {
        ModelKey(section: section, key: key, kind: .time(0...longest)) { $0[keyPath: path] = $1 }
    }

    static func time(
        _ section: String, _ key: String, upTo longest: UInt64 = millisecond,
        _ path: WritableKeyPath<DeviceModel, SimDuration>
    ) -> ModelKey {
        ModelKey(section: section, key: key, kind: .time(0...longest)) { $0[keyPath: path] = .picoseconds($1) }
    }
}
