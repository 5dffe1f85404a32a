import Testing
import Wire

/// The published vectors of receive side scaling: destination, source, hash without and with ports.
struct ToeplitzTests {
    static let key = hex(
        """
        6d5a56da 255b0ec2 4167253d 43a38fb0 d0ca2bcb ae7b30b4 77cb2da3 8030f20c 6a42b73b beac01fa
        """)
    static let hasher = ToeplitzHasher(key: key)

    struct Vector: Sendable {
        var source: String
        var destination: String
        var sourcePort: UInt16
        var destinationPort: UInt16
        var addressHash: UInt32
        var portHash: UInt32
    }

    static let ipv4: [Vector] = [
        Vector(
            source: "420995bb", destination: "a18e6450", sourcePort: 2794, destinationPort: 1766,
            addressHash: 0x323e_8fc2, portHash: 0x51cc_c178),
        Vector(
            source: "c75c6f02", destination: "41458c53", sourcePort: 14230, destinationPort: 4739,
            addressHash: 0xd718_262a, portHash: 0xc626_b0ea),
        Vector(
            source: "1813c65f", destination: "0c16cfb8", sourcePort: 12898, destinationPort: 38024,
            addressHash: 0xd2d0_a5de, portHash: 0x5c2b_394a),
        Vector(
            source: "261bcd1e", destination: "d18ea306", sourcePort: 48228, destinationPort: 2217,
            addressHash: 0x8298_9176, portHash: 0xafc7_327f),
        Vector(
            source: "9927a3bf", destination: "cabc7f02", sourcePort: 44251, destinationPort: 1303,
            addressHash: 0x5d18_09c5, portHash: 0x10e8_28a2),
    ]

    static let ipv6: [Vector] = [
        Vector(
            source: "3ffe2501 02001fff 00000000 00000007", destination: "3ffe2501 02000003 00000000 00000001",
            sourcePort: 2794, destinationPort: 1766, addressHash: 0x2cc1_8cd5, portHash: 0x4020_7d3d),
        Vector(
            source: "3ffe0501 00080000 026097ff fe40efab", destination: "ff020000 00000000 00000000 00000001",
            sourcePort: 14230, destinationPort: 4739, addressHash: 0x0f0c_461c, portHash: 0xdde5_1bbf),
        Vector(
            source: "3ffe1900 45450003 0200f8ff fe2167cf", destination: "fe800000 00000000 0200f8ff fe2167cf",
            sourcePort: 44251, destinationPort: 38024, addressHash: 0x4b61_e985, portHash: 0x02d1_feef),
    ]

    @Test(arguments: 0..<8) func thePublishedVectorsHash(index: Int) {
        let vector = (Self.ipv4 + Self.ipv6)[index]
        let input = hex(vector.source) + hex(vector.destination)
        var state = ToeplitzHasher.State()
        input.withUnsafeBytes { Self.hasher.append($0, from: 0, count: input.count, to: &state) }
        #expect(state.hash == vector.addressHash)
        Self.hasher.append(vector.sourcePort, to: &state)
        Self.hasher.append(vector.destinationPort, to: &state)
        #expect(state.hash == vector.portHash)
    }

    @Test(arguments: 0..<8) func aPacketHashesAsItsVector(index: Int) {
        let vector = (Self.ipv4 + Self.ipv6)[index]
        let ports = [
            UInt8(vector.sourcePort >> 8), UInt8(vector.sourcePort & 0xff), UInt8(vector.destinationPort >> 8),
            UInt8(vector.destinationPort & 0xff),
        ]
        var frame = hex("020000000001 020000000002")
        if index < 5 {
            frame += hex("0800 4500001c 00000000 40110000") + hex(vector.source) + hex(vector.destination)
        } else {
            frame += hex("86dd 60000000 00081140") + hex(vector.source) + hex(vector.destination)
        }
        frame += ports + hex("00080000")
        frame.withUnsafeBytes { bytes in
            let headers = PacketHeaders(parsing: bytes)
            #expect(headers.transport == .udp)
            #expect(Self.hasher.hash([.sourceIP, .destinationIP], of: headers, in: bytes) == vector.addressHash)
            let all: HashFields = [.sourceIP, .destinationIP, .l4SourcePort, .l4DestinationPort]
            #expect(Self.hasher.hash(all, of: headers, in: bytes) == vector.portHash)
        }
    }

    @Test func theShortFormForIPv4HashesAlike() {
        let hash = Self.hasher.hash(
            ipv4Source: 0x4209_95bb, destination: 0xa18e_6450, sourcePort: 2794, destinationPort: 1766)
        #expect(hash == 0x51cc_c178)
    }

    @Test(arguments: 0..<8 as Range<UInt64>) func theTableAgreesWithTheDefinition(seed: UInt64) {
        var random = Seeded(state: seed)
        let key = random.bytes(40)
        let input = random.bytes(36)
        var expected: UInt32 = 0
        for bit in 0..<36 * 8 where input[bit / 8] >> UInt8(7 - bit % 8) & 1 != 0 {
            for offset in 0..<32 {
                let place = bit + offset
                expected ^= UInt32(key[place / 8] >> UInt8(7 - place % 8) & 1) << UInt32(31 - offset)
            }
        }
        var state = ToeplitzHasher.State()
        input.withUnsafeBytes { ToeplitzHasher(key: key).append($0, from: 0, count: 36, to: &state) }
        #expect(state.hash == expected)
    }

    @Test func aSecurityParameterIndexIsHashed() {
        let frame = hex(
            """
            020000000001 020000000002 0800 4500001c 00000000 40320000 c0a80001 c0a80002 12345678 00000001
            """)
        frame.withUnsafeBytes { bytes in
            let headers = PacketHeaders(parsing: bytes)
            var state = ToeplitzHasher.State()
            Self.hasher.append(0x1234_5678 as UInt32, to: &state)
            #expect(headers.transport == .esp)
            #expect(Self.hasher.hash([.ipsecSPI], of: headers, in: bytes) == state.hash)
        }
    }
}
