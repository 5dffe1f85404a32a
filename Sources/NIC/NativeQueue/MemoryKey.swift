package import Wire

/// A memory key: which memory a queue may touch, and how its addresses translate (`mkc`, native interface, 6.4).
package struct MemoryKey: Sendable {
    /// Created but unusable until a UMR entry sets it up.
    package var isFree: Bool
    package let accessMode: AccessMode
    package let umrEnabled: Bool
    package let permitsAtomic: Bool
    package let permitsRemoteWrite: Bool
    package let permitsRemoteRead: Bool
    package let permitsLocalWrite: Bool
    package let permitsLocalRead: Bool
    package let queue: UInt32
    /// The low byte of the key, chosen by the driver.
    package let variant: UInt8
    /// The key covers all addresses; `start` and `byteCount` do not count.
    package let coversAll: Bool
    package let protectionDomain: Int
    package let start: UInt64
    package let byteCount: UInt64
    package let translationOctwordCount: UInt32
    package let logPageSize: UInt32
    package let relaxedOrderingRead: Bool
    package let relaxedOrderingWrite: Bool
    /// Translations of mode MTT, one page each.
    package let pages: [UInt64]

    package init(decoding context: Record, at offset: Int, pages: [UInt64]) {
        func flag(_ field: BitField) -> Bool { context.get(field, at: offset) != 0 }
        isFree = flag(MKeyContext.free)
        let mode =
            context.get(MKeyContext.accessMode4_2, at: offset) << 2
            | context.get(MKeyContext.accessMode1_0, at: offset)
        accessMode = AccessMode(rawValue: UInt8(mode)) ?? .crossing
        umrEnabled = flag(MKeyContext.umrEn)
        permitsAtomic = flag(MKeyContext.a)
        permitsRemoteWrite = flag(MKeyContext.rw)
        permitsRemoteRead = flag(MKeyContext.rr)
        permitsLocalWrite = flag(MKeyContext.lw)
        permitsLocalRead = flag(MKeyContext.lr)
        queue = context.get(MKeyContext.qpn, at: offset)
        variant = UInt8(context.get(MKeyContext.mkey7_0, at: offset))
        coversAll = flag(MKeyContext.length64)
        protectionDomain = Int(context.get(MKeyContext.pd, at: offset))
        start = context.get64(offset + MKeyContext.startAddr)
        byteCount = context.get64(offset + MKeyContext.len)
        translationOctwordCount = context.get(MKeyContext.translationsOctwordSize, at: offset)
        logPageSize = context.get(MKeyContext.logPageSize, at: offset)
        relaxedOrderingRead = flag(MKeyContext.relaxedOrderingRead)
        relaxedOrderingWrite = flag(MKeyContext.relaxedOrderingWrite)
        self.pages = pages
    }

    /// Writes the context as `QUERY_MKEY` replies it.
    package func encode(into context: inout Record, at offset: Int) {
        func set(_ field: BitField, _ flag: Bool) { context.set(field, flag ? 1 : 0, at: offset) }
        set(MKeyContext.free, isFree)
        context.set(MKeyContext.accessMode4_2, UInt32(accessMode.rawValue) >> 2, at: offset)
        context.set(MKeyContext.accessMode1_0, UInt32(accessMode.rawValue) & 3, at: offset)
        set(MKeyContext.umrEn, umrEnabled)
        set(MKeyContext.a, permitsAtomic)
        set(MKeyContext.rw, permitsRemoteWrite)
        set(MKeyContext.rr, permitsRemoteRead)
        set(MKeyContext.lw, permitsLocalWrite)
        set(MKeyContext.lr, permitsLocalRead)
        context.set(MKeyContext.qpn, queue, at: offset)
        context.set(MKeyContext.mkey7_0, UInt32(variant), at: offset)
        set(MKeyContext.length64, coversAll)
        context.set(MKeyContext.pd, UInt32(protectionDomain), at: offset)
        context.set64(offset + MKeyContext.startAddr, start)
        context.set64(offset + MKeyContext.len, byteCount)
        context.set(MKeyContext.translationsOctwordSize, translationOctwordCount, at: offset)
        context.set(MKeyContext.logPageSize, logPageSize, at: offset)
        set(MKeyContext.relaxedOrderingRead, relaxedOrderingRead)
        set(MKeyContext.relaxedOrderingWrite, relaxedOrderingWrite)
    }
}
