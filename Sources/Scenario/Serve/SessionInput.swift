internal import Host
internal import Simulation
internal import Wire

/// What comes into a world from outside during a session, in the order in which it came.
///
/// The number of events that the world had handled before says exactly where it belongs.
enum SessionInput: Equatable {
    /// What was asked for: a line for each setting, `name=value`.
    case request(String)
    case bus(BusEvent, computer: Int, time: SimTime)
    case map(computer: Int, function: FunctionID, address: UInt64, byteCount: UInt64, DMAPermissions)
    case unmap(computer: Int, function: FunctionID, address: UInt64, byteCount: UInt64)
    case frame([UInt8], endpoint: Int, time: SimTime)
    /// A command line for a host that has our driver.
    case command(String, computer: Int, time: SimTime)
    /// A traffic endpoint may send from `time` on.
    case startTraffic(endpoint: Int, time: SimTime)
    /// Traffic endpoints send nothing more.
    case stopTraffic
    /// Nothing more comes.
    case end

    /// The kind of record that holds it.
    var kind: UInt8 {
        switch self {
        case .request: 0
        case .bus: 1
        case .map: 2
        case .unmap: 3
        case .frame: 4
        case .stopTraffic: 5
        case .end: 6
        case .startTraffic: 7
        case .command: 8
        }
    }

    /// Kinds of record that hold what DMA found: bytes read, and accesses that were refused.
    static let bytesRead: UInt8 = 16
    static let readRefused: UInt8 = 17
    static let writeRefused: UInt8 = 18

    /// Its record: the number of events before it, 8 bytes, and what it says.
    func bytes(after eventCount: UInt64) -> [UInt8] {
        var record = RecordBytes()
        record.put(eventCount)
        switch self {
        case .request(let text): record.bytes += Array(text.utf8)
        case .bus(let event, let computer, let time):
            record.put(UInt8(computer))
            record.put(time.picoseconds)
            record.put(event)
        case .map(let computer, let function, let address, let byteCount, let permissions):
            record.put(UInt8(computer))
            record.put(function.index)
            record.put(address)
            record.put(byteCount)
            record.put(permissions.rawValue)
        case .unmap(let computer, let function, let address, let byteCount):
            record.put(UInt8(computer))
            record.put(function.index)
            record.put(address)
            record.put(byteCount)
        case .frame(let bytes, let endpoint, let time):
            record.put(UInt8(endpoint))
            record.put(time.picoseconds)
            record.bytes += bytes
        case .startTraffic(let endpoint, let time):
            record.put(UInt8(endpoint))
            record.put(time.picoseconds)
        case .command(let text, let computer, let time):
            record.put(UInt8(computer))
            record.put(time.picoseconds)
            record.bytes += Array(text.utf8)
        case .stopTraffic, .end: break
        }
        return record.bytes
    }

    /// Reads a record; `nil` when it holds none.
    static func read(_ kind: UInt8, _ bytes: [UInt8]) -> (input: SessionInput, eventCount: UInt64)? {
        var record = RecordBytes(bytes: bytes)
        guard let count = record.take(UInt64.self), let input = read(kind, &record) else { return nil }
        return (input, count)
    }

    private static func read(_ kind: UInt8, _ record: inout RecordBytes) -> SessionInput? {
        switch kind {
        case 0: return .request(String(decoding: record.rest, as: UTF8.self))
        case 1:
            guard let computer = record.take(UInt8.self), let time = record.take(UInt64.self),
                let event = record.takeEvent()
            else { return nil }
            return .bus(event, computer: Int(computer), time: SimTime(picoseconds: time))
        case 2, 3:
            guard let computer = record.take(UInt8.self), let function = record.take(UInt16.self),
                let address = record.take(UInt64.self), let byteCount = record.take(UInt64.self)
            else { return nil }
            let id = FunctionID(Int(function))
            if kind == 3 {
                return .unmap(computer: Int(computer), function: id, address: address, byteCount: byteCount)
            }
            guard let permissions = record.take(UInt8.self) else { return nil }
            return .map(
                computer: Int(computer), function: id, address: address, byteCount: byteCount,
                DMAPermissions(rawValue: permissions))
        case 4, 7:
            guard let endpoint = record.take(UInt8.self), let time = record.take(UInt64.self) else { return nil }
            if kind == 7 { return .startTraffic(endpoint: Int(endpoint), time: SimTime(picoseconds: time)) }
            return .frame(Array(record.rest), endpoint: Int(endpoint), time: SimTime(picoseconds: time))
        case 5: return .stopTraffic
        case 6: return .end
        case 8:
            guard let computer = record.take(UInt8.self), let time = record.take(UInt64.self) else { return nil }
            let text = String(decoding: record.rest, as: UTF8.self)
            return .command(text, computer: Int(computer), time: SimTime(picoseconds: time))
        default: return nil
        }
    }
}
