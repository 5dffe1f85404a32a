package import Wire

/// A transport interface receive: how frames are spread over receive queues (`tirc`, native interface, section 6.3).
package struct TransportInterfaceReceive: Sendable {
    package let dispatch: TIRDispatch
    package let lroMask: UInt32
    package let lroMaximumPayload: UInt32
    package let lroTimeout: UInt32
    /// The receive queue, when `dispatch` is direct.
    package let inlineQueue: Int
    /// The receive queue table, when `dispatch` is indirect.
    package let indirectTable: Int
    package let transportDomain: Int
    package let tunneledOffload: Bool
    package var loopbackBlock: SelfLoopbackBlock
    package var isSymmetric: Bool
    package var hashFunction: RxHashFunction
    /// The Toeplitz key, and its hash worked out.
    private(set) var hasher: ToeplitzHasher
    /// Field selectors as they stand in the context: bit 31 layer 3, bit 30 layer 4, then `HashFields`.
    package var outerSelector: UInt32
    package var innerSelector: UInt32

    /// Takes the interface from `context`.
    ///
    /// - Parameter hasher: the one that was used last, for another that has the same key to share its 4.5 KiB; from here
    ///   on, this interface's.
    package init(decoding context: Record, at offset: Int, sharing hasher: inout ToeplitzHasher) {
        dispatch = TIRDispatch(rawValue: UInt8(context.get(TIRContext.dispType, at: offset))) ?? .direct
        lroMask = context.get(TIRContext.packetMergeMask, at: offset)
        lroMaximumPayload = context.get(TIRContext.lroMaxIpPayloadSize, at: offset)
        lroTimeout = context.get(TIRContext.lroTimeoutPeriodUsecs, at: offset)
        inlineQueue = Int(context.get(TIRContext.inlineRqn, at: offset))
        indirectTable = Int(context.get(TIRContext.indirectTable, at: offset))
        transportDomain = Int(context.get(TIRContext.transportDomain, at: offset))
        tunneledOffload = context.get(TIRContext.tunneledOffloadEn, at: offset) != 0
        loopbackBlock = SelfLoopbackBlock(rawValue: UInt8(context.get(TIRContext.selfLbBlock, at: offset)))
        isSymmetric = false
        hashFunction = .none
        self.hasher = hasher
        outerSelector = 0
        innerSelector = 0
        setHash(decoding: context, at: offset, sharing: &hasher)
    }

    /// Takes the hash from `context`: what `MODIFY_TIR` does with bit 2 of its mask.
    package mutating func setHash(decoding context: Record, at offset: Int, sharing hasher: inout ToeplitzHasher) {
        isSymmetric = context.get(TIRContext.rxHashSymmetric, at: offset) != 0
        hashFunction = RxHashFunction(rawValue: UInt8(context.get(TIRContext.rxHashFn, at: offset))) ?? .none
        let start = offset + TIRContext.rxHashToeplitzKey
        let key = (start..<start + ToeplitzHasher.keyByteCount).map { $0 < context.byteCount ? context.bytes[$0] : 0 }
        if hasher.key != key { hasher = ToeplitzHasher(key: key) }
        self.hasher = hasher
        outerSelector = context.get(BitField(word: 0x50), at: offset)
        innerSelector = context.get(BitField(word: 0x54), at: offset)
    }

    /// Writes the context as `QUERY_TIR` replies it.
    package func encode(into context: inout Record, at offset: Int) {
        context.set(TIRContext.dispType, UInt32(dispatch.rawValue), at: offset)
        context.set(TIRContext.packetMergeMask, lroMask, at: offset)
        context.set(TIRContext.lroMaxIpPayloadSize, lroMaximumPayload, at: offset)
        context.set(TIRContext.lroTimeoutPeriodUsecs, lroTimeout, at: offset)
        context.set(TIRContext.inlineRqn, UInt32(inlineQueue), at: offset)
        context.set(TIRContext.indirectTable, UInt32(indirectTable), at: offset)
        context.set(TIRContext.transportDomain, UInt32(transportDomain), at: offset)
        context.set(TIRContext.tunneledOffloadEn, tunneledOffload ? 1 : 0, at: offset)
        context.set(TIRContext.selfLbBlock, UInt32(loopbackBlock.rawValue), at: offset)
        context.set(TIRContext.rxHashSymmetric, isSymmetric ? 1 : 0, at: offset)
        context.set(TIRContext.rxHashFn, UInt32(hashFunction.rawValue), at: offset)
        let key = offset + TIRContext.rxHashToeplitzKey
        context.bytes.replaceSubrange(key..<key + 40, with: hasher.key)
        context.set(BitField(word: 0x50), outerSelector, at: offset)
        context.set(BitField(word: 0x54), innerSelector, at: offset)
    }
}
