/// One field of a frame, by the name that Wireshark's display filters give it.
package struct DissectedField: Equatable, Sendable {
    /// Name, such as `ip.ttl`.
    package var name: String
    /// Where the field is in the frame, in bytes; several fields may share a byte.
    package var range: Range<Int>
    /// The value, written as `tshark -T fields` writes it.
    package var value: String

    package init(name: String, range: Range<Int>, value: String) {
        self.name = name
        self.range = range
        self.value = value
    }
}
