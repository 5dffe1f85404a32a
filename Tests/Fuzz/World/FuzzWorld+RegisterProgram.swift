import Host

/// Registers: everything a driver can do to configuration space and BARs, while frames are on their way.
extension FuzzWorld {
    package func runRegisters(_ input: inout FuzzInput) {
        for _ in 0..<64 where !input.isAtEnd {
            switch input.below(16) {
            case 0...3:
                let bar = input.byte()
                write(
                    Self.attacker, bar: bar & 1 == 0 ? 0 : bar & 2 == 0 ? 4 : bar, someOffset(&input),
                    someWidth(&input), input.long())
            case 4, 5:
                let bar = input.byte()
                _ = startRead(
                    Self.attacker, bar: bar & 1 == 0 ? 0 : bar & 2 == 0 ? 4 : bar, someOffset(&input), someWidth(&input)
                )
            case 6, 7: configurationWrite(Self.attacker, input.half() & 0x1fff, someWidth(&input), input.word())
            case 8: configurationWrite(Self.attacker, UInt16(input.byte()), someWidth(&input), input.number())
            case 9: _ = startConfigurationRead(input.half(), someWidth(&input))
            case 10: configurationWrite(Self.attacker, 0x69, 1, UInt32(input.byte()))
            case 11: configurationWrite(Self.attacker, 4, 2, input.byte() & 3 == 0 ? 0 : 6)
            case 12: someSend(&input)
            case 13: someFrame(&input)
            case 14: writeWord(Self.attacker, 0x14, input.byte() & 1 == 0 ? 0x700 : input.number())
            default: someSteps(&input)
            }
        }
    }

    private func someWidth(_ input: inout FuzzInput) -> UInt8 {
        let choice = input.byte()
        return choice & 0x80 == 0 ? 1 << (choice & 3) : choice
    }

    /// Mostly where something is.
    private func someOffset(_ input: inout FuzzInput) -> UInt32 {
        switch input.below(6) {
        case 0: return UInt32(input.byte())
        case 1: return 0x1f0 + UInt32(input.byte())
        case 2: return UInt32(input.half())
        case 3: return objects[0].uar << 12 + UInt32(input.half() & 0xfff)
        case 4: return 0xfe0 + UInt32(input.byte())
        default: return input.number()
        }
    }
}
