import Wire

/// Memory keys (native interface, section 6.4): physical addresses (PA) and page lists (MTT).
extension Function {
    mutating func createMKey(_ command: inout Command) throws(Syndrome) {
        let base = CreateMKey.context
        func number(_ field: BitField) -> Int { Int(command.input.get(field, at: base)) }
        guard command.number(CreateMKey.mkeyUmemValid) == 0 else { throw .userMemory }
        guard number(MKeyContext.free) == 0, number(MKeyContext.umrEn) == 0, number(MKeyContext.bsfEn) == 0,
            number(MKeyContext.a) == 0, command.number(CreateMKey.dataDirect) == 0
        else { throw .memoryKeyFeature }
        let domain = try require(.protectionDomain, number(MKeyContext.pd))
        let mode = number(MKeyContext.accessMode4_2) << 2 | number(MKeyContext.accessMode1_0)
        var pages: [UInt64] = []
        switch AccessMode(rawValue: UInt8(mode)) {
        case .pa: break
        case .mtt: pages = try translations(command)
        default: throw .accessModeNotModelled
        }
        let key = MemoryKey(decoding: command.part(base, MKeyContext.byteCount), at: 0, pages: pages)
        command.reply(
            CreateMKey.mkeyIndex, try firmware.add(key, .memoryKey, to: &resources.memoryKeys, needs: [domain]))
    }

    /// The page list behind the command: 8 bytes a page, the lowest three bits of which are access flags.
    private func translations(_ command: Command) throws(Syndrome) -> [UInt64] {
        let base = CreateMKey.context
        let logPage = Int(command.input.get(MKeyContext.logPageSize, at: base))
        guard (12...31).contains(logPage) else { throw .translationPageSize }
        let list = command.list(at: CreateMKey.klmPasMtt)
        let announced = command.number(CreateMKey.translationsOctwordActualSize) * 2
        guard list.count >= announced else { throw .translationsMissing }
        guard command.input.get(MKeyContext.length64, at: base) == 0 else { throw .translationTooShort }
        let pageByteCount: UInt64 = 1 << UInt64(logPage)
        let start = command.input.get64(base + MKeyContext.startAddr)
        let (end, overflow) = (start & (pageByteCount - 1)).addingReportingOverflow(
            command.input.get64(base + MKeyContext.len))
        guard !overflow, end <= UInt64(announced) << UInt64(logPage) else { throw .translationTooShort }
        let pages = list[..<announced].map { $0 & ~7 }
        guard pages.allSatisfy({ $0 & (pageByteCount - 1) == 0 }) else { throw .translationMisaligned }
        return pages
    }

    func queryMKey(_ command: inout Command) throws(Syndrome) {
        guard command.opMod == 0 else { throw .badOperationModifier }
        let number = command.number(QueryMKey.mkeyIndex)
        _ = try require(.memoryKey, number)
        let key = resources.memoryKeys[number]
        key.encode(into: &command.output, at: QueryMKey.context)
        for (index, page) in key.pages.prefix(4).enumerated() {
            command.output.set64(QueryMKey.bsf0Klm0PasMtt0_1 + index * 8, page)
        }
    }
}
