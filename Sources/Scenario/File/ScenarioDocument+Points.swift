extension ScenarioDocument {
    /// Most places where frames can be captured in one world.
    package static let mostCapturePoints = 256

    /// Every place where frames can be captured: wires, then for each NIC its ports, and for each of its physical
    /// functions the function side and the netdev; then what is named of virtual functions and subfunctions.
    ///
    /// A point's position here is its index in the world.
    package var points: [CapturePoint] { lastingPoints + namedPoints }

    /// The names of `points`.
    package var capturePoints: [String] { points.map(\.name) }

    /// The points that are there whether somebody names them or not.
    private var lastingPoints: [CapturePoint] {
        var points = wires.enumerated().map { CapturePoint(name: $1.name, place: .wire($0)) }
        for (index, nic) in nics.enumerated() {
            points += (0..<nic.model.portCount).map {
                CapturePoint(name: "\(nic.name).p\($0)", place: .port(nic: index, port: $0))
            }
            for function in nic.functions {
                points.append(point(atSideOf: function.reference))
                if let netdev = point(atNetdevOf: function.reference) { points.append(netdev) }
            }
        }
        return points
    }

    /// The point at a function's side: `h0.pf0`, `h0.pf0vf2`, `h0.pf0sf88`.
    package func point(atSideOf function: FunctionReference) -> CapturePoint {
        CapturePoint(name: name(of: function), place: .function(function))
    }

    /// The point at a function's netdev: `h0.eth0`; `nil` when the function is served to a driver outside.
    package func point(atNetdevOf function: FunctionReference) -> CapturePoint? {
        let (host, netdev) = driver(of: function)
        if hosts[host].isServed { return nil }
        return CapturePoint(
            name: "\(hosts[host].name).\(netdev)", place: .netdev(host: host, name: netdev, of: function))
    }

    /// The point of that name, be it listed in `points` yet or not; `nil` when there can be none.
    package func point(named name: String) -> CapturePoint? {
        if let point = lastingPoints.first(where: { $0.name == name }) { return point }
        if let function = function(named: name) { return point(atSideOf: function) }
        guard let (host, netdev) = netdev(named: name), let function = function(ofNetdev: netdev, on: host) else {
            return nil
        }
        return point(atNetdevOf: function)
    }

    /// Makes sure that the point of that name is one of `points`.
    ///
    /// - Returns: the mistake in naming it, if there can be no such point or there are too many.
    package mutating func addPoint(named name: String, at location: SourceLocation) -> Mistake? {
        guard let point = point(named: name) else {
            let valid = capturePoints
            return Mistake(
                location, found: "the unknown capture point \"\(name)\"", expected: DocumentReader.list(valid),
                suggestion: NearestName.of(name, among: valid))
        }
        let known = points
        if known.contains(point) { return nil }
        guard known.count < Self.mostCapturePoints else {
            return Mistake(
                location, found: "the capture point \"\(name)\" after \(known.count) others",
                expected: "at most \(Self.mostCapturePoints) capture points")
        }
        namedPoints.append(point)
        return nil
    }

    /// The mistake in naming `point`, if there is no such capture point.
    package func mistake(inPoint point: String, at location: SourceLocation) -> Mistake? {
        var copy = self
        return copy.addPoint(named: point, at: location)
    }
}
