package import Wire

/// A packet as a walk sees it: its headers, parsed, and its bytes.
package struct SteeredPacket: BitwiseCopyable {
    package let headers: PacketHeaders
    package let bytes: UnsafeRawBufferPointer

    package init(_ headers: PacketHeaders, _ bytes: UnsafeRawBufferPointer) {
        self.headers = headers
        self.bytes = bytes
    }
}
