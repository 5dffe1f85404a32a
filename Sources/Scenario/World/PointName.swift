package import Simulation

/// A capture point and the name it goes by: `w0`, `h0.p0`, `h0.pf0`, `h0.eth0`.
package struct PointName: Sendable, Equatable {
    package var name: String
    /// What the point is, for the description in a capture.
    package var kind: Kind
    package var point: TapPoint

    package enum Kind: String, Sendable {
        case wire
        case port
        case function = "function side"
        case netdev
    }

    package init(name: String, kind: Kind, point: TapPoint) {
        self.name = name
        self.kind = kind
        self.point = point
    }
}
