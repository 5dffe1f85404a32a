/// A traffic endpoint at the end of a wire.
///
/// Every kind also counts what arrives as delivered, except the reflector, which sends it back.
package struct TrafficDescription: Sendable {
    package var name: String
    package var kind: Kind
    package var location: SourceLocation

    package init(name: String, kind: Kind, location: SourceLocation) {
        self.name = name
        self.kind = kind
        self.location = location
    }

    package enum Kind: Sendable {
        case sink
        /// Frames come back with the two MAC addresses exchanged.
        case reflect
        /// Also answers ARP, neighbour discovery and echo requests, for every address.
        case respond
        /// Frames come from and go to somebody outside the world.
        case outside
        case generate(GeneratorSettings)
        case replay(ReplaySettings)
    }
}
