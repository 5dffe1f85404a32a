/// What travels over the bus between a driver and a function, apart from DMA: addressed by function and region.
public enum BusEvent: BitwiseCopyable, Sendable, Equatable {
    // From the driver to the function.

    /// A configuration read of 1, 2 or 4 bytes; answered by `.completion` with the same tag.
    case configurationRead(FunctionID, offset: UInt16, byteCount: UInt8, tag: UInt32)
    /// A configuration write of 1, 2 or 4 bytes.
    case configurationWrite(FunctionID, offset: UInt16, byteCount: UInt8, value: UInt32)
    /// A read of 1, 2, 4 or 8 bytes of a BAR; answered by `.completion` with the same tag.
    case memoryRead(FunctionID, bar: UInt8, byteCount: UInt8, offset: UInt32, tag: UInt32)
    /// A posted write of 1, 2, 4 or 8 bytes of a BAR.
    ///
    /// The lowest byte of `value` goes to the lowest address; a driver of big-endian registers swaps.
    case memoryWrite(FunctionID, bar: UInt8, byteCount: UInt8, offset: UInt32, value: UInt64)

    // From the function to the driver.

    /// The answer to a read; all ones when the function did not claim it.
    case completion(FunctionID, tag: UInt32, value: UInt64)
    /// A message-signalled interrupt reached the interrupt controller; `vector` is what the driver put in the message.
    case interrupt(FunctionID, vector: UInt32)
    /// The IOMMU refused an access of the function; the record is in `Host.takeFault`.
    case fault(FunctionID)

    /// The function concerned.
    @inlinable public var function: FunctionID {
        switch self {
        case .configurationRead(let id, _, _, _), .configurationWrite(let id, _, _, _), .memoryRead(let id, _, _, _, _),
            .memoryWrite(let id, _, _, _, _), .completion(let id, _, _), .interrupt(let id, _), .fault(let id):
            id
        }
    }

    /// Whether it goes from the driver to the function.
    @inlinable public var isDownstream: Bool {
        switch self {
        case .configurationRead, .configurationWrite, .memoryRead, .memoryWrite: true
        case .completion, .interrupt, .fault: false
        }
    }
}
