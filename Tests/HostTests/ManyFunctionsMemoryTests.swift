import Host
import Simulation
import Testing

/// Whatever its number, a function sees its own memory and no other's, and that only as long as it is mapped.
struct ManyFunctionsMemoryTests {
    /// Numbers that share their low 4, 8, 10, 12 and 15 bits, and the ends of the range.
    private static let numbers: [Int] = {
        var numbers = [0, 1, 2, 15, 255, 1023, 4095, 32_767, 65_534, 65_535]
        for shift in [4, 8, 10, 12, 15] { numbers += [1 << shift, 1 << shift + 1, 3 << shift] }
        return Array(Set(numbers.filter { $0 <= 65_535 })).sorted()
    }()

    private func byte(_ platform: inout Platform, _ number: Int, _ address: UInt64) -> UInt8? {
        var value: UInt8 = 0
        do throws(DMAFault) {
            try withUnsafeMutableBytes(of: &value) { bytes throws(DMAFault) in
                try platform.dmaRead(FunctionID(number), address, into: bytes, at: .zero)
            }
            return value
        } catch { return nil }
    }

    private func store(_ platform: inout Platform, _ number: Int, _ address: UInt64, _ value: UInt8) -> Bool {
        do throws(DMAFault) {
            try withUnsafeBytes(of: value) { bytes throws(DMAFault) in
                try platform.dmaWrite(FunctionID(number), address, from: bytes, at: .zero)
            }
            return true
        } catch { return false }
    }

    /// The same addresses in every function's eyes, each with another page behind them.
    @Test func functionsOfAnyNumberKeepToTheirMemory() throws {
        var platform = Platform(hostCount: 2) { _ in Host(memoryByteCount: 16 << 20) }
        for (place, number) in Self.numbers.enumerated() {
            platform.attach(FunctionID(number), to: place % 2)
            for page in 0..<4 as Range<UInt64> {
                try platform[place % 2].map(
                    FunctionID(number), 0x10_0000 + page << 12, to: (UInt64(place) * 4 + page) << 12, byteCount: 4096,
                    [.read, .write])
            }
        }
        // Written by all before any reads: whoever shares a translation with another sees the other's byte.
        for round in 0..<3 {
            for (place, number) in Self.numbers.enumerated() {
                for page in 0..<4 as Range<UInt64> {
                    let isStored = store(
                        &platform, number, 0x10_0000 + page << 12 + 5, UInt8(place * 4 + Int(page) + round))
                    #expect(isStored)
                }
            }
            for (place, number) in Self.numbers.enumerated().reversed() {
                for page in 0..<4 as Range<UInt64> {
                    let value = byte(&platform, number, 0x10_0000 + page << 12 + 5)
                    #expect(value == UInt8(place * 4 + Int(page) + round), "function \(number)")
                }
            }
        }
    }

    /// Random mappings, unmappings, attachments and accesses of random functions against a dictionary.
    @Test(arguments: 0..<200 as Range<UInt64>) func anAccessSeesWhatIsMappedNowAndNothingElse(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        var platform = Platform(hostCount: 2) { _ in Host(memoryByteCount: 4 << 20) }
        var hostOf: [Int: Int] = [:]
        var mapped: [Int: [UInt64: UInt64]] = [:]
        var memory: [[UInt64: UInt8]] = [[:], [:]]
        func pick() -> Int { Self.numbers[Int(random.next(below: UInt64(Self.numbers.count)))] }
        for step in 0..<600 {
            let number = pick()
            let page = 0x100 + random.next(below: 6)
            switch random.next(below: 10) {
            case 0:
                let host = Int(random.next(below: 2))
                platform.attach(FunctionID(number), to: host)
                (hostOf[number], mapped[number]) = (host, [:])
            case 1:
                platform.detach(FunctionID(number))
                (hostOf[number], mapped[number]) = (nil, nil)
            case 2, 3, 4:
                guard let host = hostOf[number], mapped[number]?[page] == nil else { continue }
                let physical = random.next(below: 64)
                try platform[host].map(
                    FunctionID(number), page << 12, to: physical << 12, byteCount: 4096, [.read, .write])
                mapped[number]?[page] = physical
            case 5:
                guard let host = hostOf[number], mapped[number]?[page] != nil else { continue }
                try platform[host].unmap(FunctionID(number), page << 12, byteCount: 4096)
                mapped[number]?[page] = nil
            case 6, 7:
                let value = UInt8(truncatingIfNeeded: random.next())
                let isStored = store(&platform, number, page << 12, value)
                let physical = mapped[number]?[page]
                #expect(isStored == (physical != nil), "seed \(seed) step \(step)")
                if let physical, let host = hostOf[number] { memory[host][physical] = value }
            default:
                let value = byte(&platform, number, page << 12)
                let expected = hostOf[number].flatMap { host in mapped[number]?[page].map { memory[host][$0] ?? 0 } }
                #expect(value == expected, "seed \(seed) step \(step)")
            }
        }
    }
}
