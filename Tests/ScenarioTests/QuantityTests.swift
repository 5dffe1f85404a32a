import Scenario
import Testing

/// Every unit that a file may use, with its size typed by hand.
@Suite struct QuantityTests {
    @Test(
        arguments: [
            ("5ps", 5), ("10ns", 10_000), ("3us", 3_000_000), ("3 µs", 3_000_000), ("2ms", 2_000_000_000),
            ("4s", 4_000_000_000_000), ("1.5us", 1_500_000), ("0.001ns", 1), ("0", 0), ("1_000ns", 1_000_000),
        ] as [(String, UInt64)]) func timesArePicoseconds(text: String, expected: UInt64) throws
    {
        #expect(try Quantity.parse(text, as: Quantity.time) == expected)
    }

    @Test(
        arguments: [
            ("7", 7), ("7B", 7), ("2kB", 2000), ("3MB", 3_000_000), ("4GB", 4_000_000_000), ("1KiB", 1024),
            ("1MiB", 1_048_576), ("1GiB", 1_073_741_824), ("1TiB", 1_099_511_627_776),
        ] as [(String, UInt64)]) func sizesAreBytes(text: String, expected: UInt64) throws
    {
        #expect(try Quantity.parse(text, as: Quantity.byteCount) == expected)
    }

    @Test(
        arguments: [
            ("5bps", 5), ("5kbps", 5000), ("5Mbps", 5_000_000), ("5Gbps", 5_000_000_000),
            ("1.6Tbps", 1_600_000_000_000),
        ] as [(String, UInt64)]) func ratesAreBitsASecond(text: String, expected: UInt64) throws
    {
        #expect(try Quantity.parse(text, as: Quantity.bitRate) == expected)
    }

    @Test(
        arguments: [
            ("5pps", 5), ("5kpps", 5000), ("5Mpps", 5_000_000), ("5Gpps", 5_000_000_000),
        ] as [(String, UInt64)]) func packetRatesArePacketsASecond(text: String, expected: UInt64) throws
    {
        #expect(try Quantity.parse(text, as: Quantity.packetRate) == expected)
    }

    @Test(
        arguments: [
            ("7mm", 7), ("7cm", 70), ("2.5m", 2500), ("1km", 1_000_000),
        ] as [(String, UInt64)]) func lengthsAreMillimetres(text: String, expected: UInt64) throws
    {
        #expect(try Quantity.parse(text, as: Quantity.length) == expected)
    }

    @Test(
        arguments: [
            ("5", .noUnit), ("-5ns", .negative), ("x", .notANumber), ("0.1ps", .finerThanBaseUnit),
            ("5m", .unknownUnit("m")),
            ("99999999999s", .tooLarge), ("1.ns", .notANumber),
        ] as [(String, Quantity.Failure)]) func whatIsNoTimeSaysWhy(text: String, expected: Quantity.Failure)
    {
        #expect(throws: expected) { try Quantity.parse(text, as: Quantity.time) }
    }
}
