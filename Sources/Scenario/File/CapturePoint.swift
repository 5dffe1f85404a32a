/// A place where frames can be captured, and what it is in the document.
package struct CapturePoint: Hashable, Sendable {
    /// `w0`, `h0.p0`, `h0.pf0vf2`, `g0.eth0`.
    package var name: String
    package var place: Place

    package init(name: String, place: Place) {
        self.name = name
        self.place = place
    }

    /// What the point is; the numbers are positions in the document's lists.
    package enum Place: Hashable, Sendable {
        case wire(Int)
        case port(nic: Int, port: Int)
        /// The function's side of its way to the switch.
        case function(FunctionReference)
        /// A netdev of a host, and the function whose driver makes it.
        case netdev(host: Int, name: String, of: FunctionReference)
    }
}
