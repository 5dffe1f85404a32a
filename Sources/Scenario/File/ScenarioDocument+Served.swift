internal import Wire

/// A scenario some of whose drivers are outside, at the other end of sockets.
extension ScenarioDocument {
    /// A function with a driver, as its host knows it.
    struct DrivenFunction: Sendable {
        var reference: FunctionReference
        /// Name of its netdev.
        var netdev: String
    }

    /// The functions that `host` drives and the scenario describes: physical ones in the order of their NICs and
    /// numbers, then virtual ones.
    func drivenFunctions(of host: Int) -> [DrivenFunction] {
        let physical = physicalFunctions(of: host).map { DrivenFunction(reference: $0.reference, netdev: $0.netdev) }
        let virtual = nics.flatMap(\.functions).flatMap { function in
            function.declaredChildren.compactMap { child -> DrivenFunction? in
                guard child.host == host, !child.child.isSubfunction else { return nil }
                var reference = function.reference
                reference.child = child.child
                return DrivenFunction(reference: reference, netdev: child.netdev)
            }
        }
        return physical + virtual
    }

    /// Whether some host is a guest of `host`.
    func isHypervisor(_ host: Int) -> Bool { hosts.contains { $0.hypervisor == host } }

    /// The same scenario with the drivers of some hosts outside.
    ///
    /// - Throws: what the scenario asks for that a driver outside does not have: applications that send, and capture
    ///   points at its netdevs.
    func serving(hosts served: [Int], option: String) throws(ScenarioError) -> ScenarioDocument {
        var document = self
        var mistakes: [Mistake] = []
        for index in served {
            document.hosts[index].isServed = true
            // The host's memory is that of the client.
            document.hosts[index].memoryByteCount = 16 << 20
            for application in document.hosts[index].applications {
                switch application.application {
                case .none, .sink: continue
                case .forward, .reflect, .generate, .replay:
                    mistakes.append(
                        Mistake(
                            application.location, found: "an application that sends",
                            expected: "none or sink, as \(hosts[index].name) is driven from outside (\(option))"))
                }
            }
        }
        for expectation in expectations {
            guard case .frames(let selection, _) = expectation.kind else { continue }
            if let mistake = document.mistake(inPoint: selection.point, at: expectation.location) {
                mistakes.append(mistake)
            }
        }
        // Captures at the netdevs of drivers outside are left out: the rest does not depend on them.
        document.namedPoints.removeAll { point in
            if case .netdev(let host, _, _) = point.place { document.hosts[host].isServed } else { false }
        }
        let points = document.capturePoints
        document.captures.removeAll { !points.contains($0.point) }
        if !mistakes.isEmpty { throw ScenarioError(mistakes) }
        return document
    }

    /// The mistakes in steps that need the shell of a host whose drivers are outside.
    func mistakesInStepsOfServedHosts(option: String) -> [Mistake] {
        steps.compactMap { step in
            let host: Int
            switch step.action {
            case .run(let line): host = line.host
            case .reset(let function): host = driver(of: function).host
            case .start(.application(let place, _)), .stop(.application(let place, _)),
                .waitForTraffic(.application(let place, _)):
                host = place
            case .start(.traffic), .stop(.traffic), .waitForTraffic(.traffic), .pause, .waitForIdle: return nil
            }
            guard hosts[host].isServed else { return nil }
            return Mistake(
                step.location, found: "a step of \(hosts[host].name), which is driven from outside (\(option))",
                expected: "steps of hosts that have our driver")
        }
    }
}
