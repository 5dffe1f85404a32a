extension ScenarioDocument {
    /// Most places where frames can be captured in one world.
    package static let mostCapturePoints = 64

    /// The names of every place where frames can be captured: wires, then for each host its ports, and for each of its
    /// functions the function side and the netdev.
    ///
    /// A point's position here is its index in the world.
    package var capturePoints: [String] {
        wires.map(\.name)
            + hosts.flatMap { host in
                (0..<host.model.portCount).map { "\(host.name).p\($0)" }
                    + host.functions.flatMap {
                        host.isServed
                            ? ["\(host.name).\($0.name)"] : ["\(host.name).\($0.name)", "\(host.name).\($0.netdev)"]
                    }
            }
    }

    /// The names of everything that sends or receives frames: traffic endpoints, then applications by their netdev.
    package var trafficNames: [String] {
        traffic.map(\.name) + hosts.flatMap { host in host.functions.map { "\(host.name).\($0.netdev)" } }
    }

    /// The mistake in naming `point`, if there is no such capture point.
    package func mistake(inPoint point: String, at location: SourceLocation) -> Mistake? {
        let valid = capturePoints
        if valid.contains(point) { return nil }
        return Mistake(
            location, found: "the unknown capture point \"\(point)\"", expected: DocumentReader.list(valid),
            suggestion: NearestName.of(point, among: valid))
    }
}
