extension VFIOUser {
    /// Body of VERSION and its reply: two numbers of 2 bytes, and a JSON text that ends with a zero byte.
    public struct Version: Equatable, Sendable {
        /// Bytes before the text.
        public static let byteCount = 4

        public var major: UInt16
        public var minor: UInt16
        /// Without the zero byte; empty when there is none.
        public var text: String

        public init(major: UInt16, minor: UInt16, text: String) {
            self.major = major
            self.minor = minor
            self.text = text
        }

        /// - Precondition: `body` has at least `byteCount` bytes.
        public init(decoding body: UnsafeRawBufferPointer) {
            major = body.littleEndian(at: 0)
            minor = body.littleEndian(at: 2)
            text = String(decoding: body[Self.byteCount...].prefix { $0 != 0 }, as: UTF8.self)
        }

        /// The body's bytes.
        public var bytes: [UInt8] {
            [major, minor].flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } + Array(text.utf8) + [0]
        }

        /// The number behind `"name":` anywhere in the text; `nil` when there is none, or too large a one.
        ///
        /// All that this server asks of a client is three numbers whose names occur once, so no JSON reader is needed.
        public func number(_ name: String) -> UInt64? {
            let bytes = Array(text.utf8)
            let key = Array("\"\(name)\"".utf8)
            guard bytes.count > key.count,
                let start = (0..<bytes.count - key.count).first(where: { bytes[$0..<$0 + key.count].elementsEqual(key) }
                )
            else { return nil }
            let rest = bytes[(start + key.count)...].drop { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }
            guard rest.first == 58 else { return nil }
            let digits = rest.dropFirst().drop { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }.prefix { 48...57 ~= $0 }
            return UInt64(String(decoding: digits, as: UTF8.self))
        }
    }
}
