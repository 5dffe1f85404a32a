import Driver
import Host
import NIC
import Scenario
import Simulation
import Wire

/// Somebody who sends and receives frames in the sweep.
struct SweepParty {
    enum Kind: Equatable {
        case physical
        case virtual(Int)
        /// By the number that people give it.
        case sub(Int)
        /// The physical function of the other port, which nothing happens to.
        case bystander
        /// The far end of the wire of a port.
        case wire(Int)
    }

    let kind: Kind
    /// Position of its host; none for a wire.
    var host = -1
    var netdev = ""
    /// Name of the place where it sees frames.
    var point: String
    /// Address that it has without anybody's doing.
    var address = MACAddress.zero

    var isManaged: Bool {
        switch kind {
        case .virtual, .sub: true
        case .physical, .bystander, .wire: false
        }
    }
}

extension SweepParty {
    /// A hypervisor with two guests, each with a virtual function; one more virtual function and two subfunctions stay
    /// with the hypervisor, whose second physical function is the bystander.
    static let oneLink: [SweepParty] = [
        SweepParty(kind: .physical, host: 0, netdev: "eth0", point: "h0.eth0", address: MACAddress(2, 0, 0, 0, 0, 1)),
        SweepParty(kind: .virtual(0), host: 1, netdev: "eth0", point: "g0.eth0", address: MACAddress(2, 1, 0, 0, 0, 0)),
        SweepParty(kind: .virtual(1), host: 2, netdev: "eth0", point: "g1.eth0", address: MACAddress(2, 1, 0, 0, 0, 1)),
        SweepParty(
            kind: .virtual(2), host: 0, netdev: "eth0v2", point: "h0.eth0v2", address: MACAddress(2, 1, 0, 0, 0, 2)),
        SweepParty(
            kind: .sub(1), host: 0, netdev: "eth0s1", point: "h0.eth0s1", address: MACAddress(2, 2, 0, 0, 0, 1)),
        SweepParty(
            kind: .sub(2), host: 0, netdev: "eth0s2", point: "h0.eth0s2", address: MACAddress(2, 2, 0, 0, 0, 2)),
        SweepParty(kind: .bystander, host: 0, netdev: "eth1", point: "h0.eth1", address: MACAddress(2, 0, 0, 0, 0, 2)),
        SweepParty(kind: .wire(0), point: "w0", address: MACAddress(2, 0, 0, 0, 9, 0)),
        SweepParty(kind: .wire(1), point: "w1", address: MACAddress(2, 0, 0, 0, 9, 1)),
    ]

    /// The same with the bystander on a host and a link of its own.
    static let twoLinks: [SweepParty] = oneLink.map { party in
        guard party.kind == .bystander else { return party }
        var party = party
        party.host = 3
        party.point = "h1.eth1"
        return party
    }
}

/// The scenarios of the sweep.
enum SweepScenario {
    private static let others = """
          - { name: g0, guest-of: h0, memory: 32MiB, processors: 1, functions: [{ name: NICpf0vf0, netdev: eth0 }] }
          - { name: g1, guest-of: h0, memory: 32MiB, processors: 1, functions: [{ name: NICpf0vf1, netdev: eth0 }] }
        """
    private static let physical = """
        { name: pf0, netdev: eth0, mac: "02:00:00:00:00:01", vfs: 3, sfs: 2 }
        """
    private static let bystander = """
        { name: pf1, port: 1, netdev: eth1, mac: "02:00:00:00:00:02"HOST }
        """

    private static func end(_ nic: String) -> String {
        """
        traffic: [{ name: tester0, sink: {} }, { name: tester1, sink: {} }]
        wires:
          - { name: w0, between: [\(nic).p0, tester0], length: 1m }
          - { name: w1, between: [\(nic).p1, tester1], length: 1m }
        captures: [w0, w1, h0.eth0, g0.eth0, g1.eth0, h0.eth0v2, h0.eth0s1, h0.eth0s2, OTHER]
        steps: [{ wait: 1us }]
        """
    }

    /// One host with both physical functions.
    static func oneLink(models: String) -> String {
        """
        name: example
        model: \(models)connectx-6dx.yaml
        hosts:
          - name: h0
            memory: 64MiB
            processors: 2
            functions:
              - \(physical)
              - \(bystander.replacing("HOST", with: ""))
        \(others.replacing("NIC", with: ""))
        \(end("h0").replacing("OTHER", with: "h0.eth1"))
        """
    }

    /// Two hosts on one SmartNIC.
    static func twoLinks(models: String) -> String {
        """
        name: example
        model: \(models)bluefield-2.yaml
        hosts:
          - { name: h0, memory: 64MiB, processors: 2 }
        \(others.replacing("NIC", with: "n0."))
          - { name: h1, memory: 32MiB, processors: 1 }
        nics:
          - name: n0
            model: \(models)bluefield-2.yaml
            links: [h0, h1]
            functions:
              - \(physical)
              - \(bystander.replacing("HOST", with: ", host: h1"))
        \(end("n0").replacing("OTHER", with: "h1.eth1"))
        """
    }
}
