/// Headers that tests start frames with.
enum Headers {
    /// TCP over IPv4: addresses 10.0.0.1 and 10.0.0.2, identification 0x1234, sequence 0x01000000, flags CWR, ACK,
    /// PSH and FIN; lengths and checksums zero.
    static let tcp4: [UInt8] = [
        0x02, 0, 0, 0, 0, 0x02, 0x02, 0, 0, 0, 0, 0x01, 0x08, 0x00,
        0x45, 0, 0, 0, 0x12, 0x34, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
        0x03, 0xe8, 0x07, 0xd0, 0x01, 0, 0, 0, 0, 0, 0, 0, 0x50, 0x99, 0xff, 0xff, 0, 0, 0, 0,
    ]
}
