/// Which buffer of the silicon a frame lies in while it is received.
package struct BufferCharge: Equatable, Sendable, BitwiseCopyable {
    /// The receive buffer's port; 255 for the buffer of frames between functions.
    private let place: UInt8

    /// The receive buffer of a port.
    package static func port(_ port: PortID) -> BufferCharge { BufferCharge(place: port.index) }
    /// The buffer of frames that go from one function to another.
    package static let loopback = BufferCharge(place: 255)

    /// The port whose buffer it is, or `nil` for the buffer between functions.
    @inline(__always) package var port: PortID? { place == 255 ? nil : PortID(Int(place)) }

    private init(place: UInt8) { self.place = place }
}
