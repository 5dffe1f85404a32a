internal import Host

/// A record that is being put together or taken apart: little-endian integers, one behind the other.
struct RecordBytes {
    var bytes: [UInt8] = []
    private var place = 0

    init(bytes: [UInt8] = []) { self.bytes = bytes }

    /// What has not been taken.
    var rest: ArraySlice<UInt8> { bytes[place...] }

    mutating func put<Value: FixedWidthInteger & UnsignedInteger>(_ value: Value) {
        for index in 0..<MemoryLayout<Value>.size { bytes.append(UInt8(truncatingIfNeeded: value >> Value(index * 8))) }
    }

    mutating func take<Value: FixedWidthInteger & UnsignedInteger>(_ type: Value.Type) -> Value? {
        let count = MemoryLayout<Value>.size
        guard bytes.count - place >= count else { return nil }
        var value: Value = 0
        for index in 0..<count { value |= Value(truncatingIfNeeded: bytes[place + index]) << Value(index * 8) }
        place += count
        return value
    }

    /// A bus event that goes to the function: what it is, function, BAR, width, offset, tag, value.
    mutating func put(_ event: BusEvent) {
        var fields: (kind: UInt8, bar: UInt8, width: UInt8, offset: UInt32, tag: UInt32, value: UInt64)
        switch event {
        case .configurationRead(_, let offset, let width, let tag): fields = (0, 0, width, UInt32(offset), tag, 0)
        case .configurationWrite(_, let offset, let width, let value):
            fields = (1, 0, width, UInt32(offset), 0, UInt64(value))
        case .memoryRead(_, let bar, let width, let offset, let tag): fields = (2, bar, width, offset, tag, 0)
        case .memoryWrite(_, let bar, let width, let offset, let value): fields = (3, bar, width, offset, 0, value)
        case .completion, .interrupt, .fault: preconditionFailure("an event that the function sends")
        }
        put(fields.kind)
        put(event.function.index)
        put(fields.bar)
        put(fields.width)
        put(fields.offset)
        put(fields.tag)
        put(fields.value)
    }

    /// The bus event that `put` put there.
    mutating func takeEvent() -> BusEvent? {
        guard let kind = take(UInt8.self), let index = take(UInt16.self), let bar = take(UInt8.self),
            let width = take(UInt8.self), let offset = take(UInt32.self), let tag = take(UInt32.self),
            let value = take(UInt64.self)
        else { return nil }
        let function = FunctionID(Int(index))
        switch kind {
        case 0:
            return .configurationRead(function, offset: UInt16(truncatingIfNeeded: offset), byteCount: width, tag: tag)
        case 1:
            return .configurationWrite(
                function, offset: UInt16(truncatingIfNeeded: offset), byteCount: width,
                value: UInt32(truncatingIfNeeded: value))
        case 2: return .memoryRead(function, bar: bar, byteCount: width, offset: offset, tag: tag)
        case 3: return .memoryWrite(function, bar: bar, byteCount: width, offset: offset, value: value)
        default: return nil
        }
    }
}
