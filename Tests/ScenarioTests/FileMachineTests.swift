import Scenario
import Testing
import Wire

/// What scenario files say about hosts, NICs and functions becomes one form of document.
@Suite struct FileMachineTests {
    /// A hypervisor with one NIC, two guests with a virtual function each, and a subfunction.
    static let guests = """
        name: example
        model: MODEL
        hosts:
          - name: h0
            processors: 4
            functions:
              - { name: pf0, netdev: eth0, vfs: 4, sfs: 16 }
              - { name: pf0sf88, netdev: accel, mac: "02:00:00:00:00:88", application: reflect }
            applications: { "eth0v*": sink, eth0v3: { forward: { to: eth0 } } }
          - name: g0
            guest-of: h0
            memory: 64MiB
            functions:
              - { name: pf0vf0, netdev: eth0, mac: "02:00:00:00:00:10", application: reflect }
          - { name: g1, guest-of: h0, functions: [{ name: pf0vf1 }] }
        captures: [h0.pf0vf0, g0.eth0, h0.pf0sf88, h0.accel, h0.eth0v2, h0.pf0sf7]
        steps:
          - { host: h0, run: ip link set dev eth0 up }
          - { host: g0, run: ip link set dev eth0 up }
          - reset: h0.pf0vf1
        """

    /// A SmartNIC with its own processors and two hosts on it; the second host has a second NIC.
    static let smart = """
        name: example
        model: MODEL
        hosts:
          - { name: h0 }
          - { name: g0, guest-of: h0 }
          - name: h1
            functions:
              - { name: pf0, netdev: lan0 }
          - { name: arm0, memory: 16GiB, functions: [{ name: n0.ec0sf3, netdev: spare }] }
        nics:
          - name: n0
            model: BLUEFIELD
            links: [h0, h1, { host: arm0, embedded: true }]
            functions:
              - { name: pf0, netdev: eth0, vfs: 127, sfs: 500 }
              - { name: pf1, port: 1, host: g0, netdev: eth1 }
              - { name: pf2, port: 1, host: h1, netdev: eth0 }
              - { name: ec0, host: arm0, netdev: p0, sfs: 8 }
              - { name: pf0vf1, host: g0 }
        """

    static func read(_ text: String) throws(ScenarioError) -> ScenarioDocument {
        let models = FileMistakeTests.projectFolder + "Models/"
        return try ScenarioFile.parse(
            text.replacing("MODEL", with: models + "connectx-6dx.yaml")
                .replacing("BLUEFIELD", with: models + "bluefield-2.yaml"), name: "example.yaml")
    }

    @Test func theShortFormIsANICInAHost() throws {
        let document = try Self.read(Self.guests)
        #expect(document.nics.count == 1)
        #expect(document.nics[0].name == "h0")
        #expect(document.nics[0].links == [.init(host: 0)])
        #expect(document.nics[0].functionCount == 1 + 4 + 16)
        #expect(document.hosts.map(\.hypervisor) == [nil, 0, 0])
        #expect(document.hosts.map(\.processorCount) == [4, 8, 8])
        #expect(document.hosts[1].memoryByteCount == 64 << 20)
    }

    @Test func aVirtualFunctionStaysWithItsPhysicalFunctionUnlessItIsAssigned() throws {
        let function = try Self.read(Self.guests).nics[0].functions[0]
        let assigned = function.child(.virtual(0))
        #expect(assigned.host == 1)
        #expect(assigned.netdev == "eth0")
        #expect(assigned.mac == MACAddress(2, 0, 0, 0, 0, 0x10))
        let unnamed = function.child(.virtual(1))
        #expect(unnamed.host == 2)
        #expect(unnamed.netdev == "eth0v1")
        let other = function.child(.virtual(2))
        #expect(other.host == 0)
        #expect(other.netdev == "eth0v2")
        #expect(other.mac == MACAddress(2, 1, 0, 0, 0, 2))
    }

    @Test func aSubfunctionsNameAndAddressCanBeForeseen() throws {
        let function = try Self.read(Self.guests).nics[0].functions[0]
        #expect(function.child(.sub(88)).netdev == "accel")
        #expect(function.child(.sub(700)).netdev == "eth0s700")
        #expect(function.child(.sub(700)).mac == MACAddress(2, 2, 0, 0, 0x02, 0xbc))
    }

    @Test func applicationsOfManyNetdevsAreOneLine() throws {
        let host = try Self.read(Self.guests).hosts[0]
        guard case .sink = host.application(on: "eth0v0"), case .sink = host.application(on: "eth0v12"),
            case .forward("eth0") = host.application(on: "eth0v3"), case .reflect = host.application(on: "accel"),
            case .none = host.application(on: "eth0"), case .none = host.application(on: "eth0v"),
            case .none = host.application(on: "eth0v01"), case .none = host.application(on: "eth0s1")
        else {
            Issue.record("another application than the file says")
            return
        }
    }

    @Test func pointsOfVirtualFunctionsAndSubfunctionsExistWhenTheyAreNamed() throws {
        let document = try Self.read(Self.guests)
        #expect(
            document.capturePoints == [
                "h0.p0", "h0.p1", "h0.pf0", "h0.eth0", "h0.pf0vf0", "g0.eth0", "h0.pf0sf88", "h0.accel", "h0.eth0v2",
                "h0.pf0sf7",
            ])
        let reference = FunctionReference(nic: 0, physical: 0)
        func child(_ child: FunctionReference.Child) -> FunctionReference {
            FunctionReference(nic: 0, physical: 0, child: child)
        }
        #expect(
            document.points.map(\.place) == [
                .port(nic: 0, port: 0), .port(nic: 0, port: 1), .function(reference),
                .netdev(host: 0, name: "eth0", of: reference), .function(child(.virtual(0))),
                .netdev(host: 1, name: "eth0", of: child(.virtual(0))), .function(child(.sub(88))),
                .netdev(host: 0, name: "accel", of: child(.sub(88))),
                .netdev(host: 0, name: "eth0v2", of: child(.virtual(2))), .function(child(.sub(7))),
            ])
    }

    @Test func stepsNameGuestsAndVirtualFunctions() throws {
        let document = try Self.read(Self.guests)
        guard case .run(let line) = document.steps[1].action, case .reset(let function) = document.steps[2].action
        else {
            Issue.record("other steps than the file says")
            return
        }
        #expect(line.host == 1)
        #expect(function == FunctionReference(nic: 0, physical: 0, child: .virtual(1)))
    }

    @Test func aNICHasFunctionsInSeveralHosts() throws {
        let document = try Self.read(Self.smart)
        #expect(document.nics.map(\.name) == ["h1", "n0"])
        #expect(document.nics[0].model.name == "connectx-6dx")
        let nic = document.nics[1]
        #expect(nic.model.name == "bluefield-2")
        // The second link of h1 has the bus after that of the first, whose NIC has fewer than 256 functions.
        #expect(
            nic.links == [
                .init(host: 0, bus: 3), .init(host: 2, bus: 4), .init(host: 3, isEmbedded: true, bus: 3),
            ])
        #expect(nic.functions.map(\.link) == [0, 0, 1, 2])
        #expect(nic.functions.map(\.host) == [0, 1, 2, 3])
        #expect(nic.functions.map(\.port) == [0, 1, 1, 0])
        #expect(nic.functions[0].child(.virtual(1)).host == 1)
        #expect(nic.functions[0].child(.virtual(2)).host == 0)
        #expect(nic.functions[3].child(.sub(3)).host == 3)
        #expect(nic.functions[3].child(.sub(3)).netdev == "spare")
        #expect(document.physicalFunctions(of: 2).map(\.netdev) == ["lan0", "eth0"])
        #expect(
            document.capturePoints == [
                "h1.p0", "h1.p1", "h1.pf0", "h1.lan0", "n0.p0", "n0.p1", "n0.pf0", "h0.eth0", "n0.pf1", "g0.eth1",
                "n0.pf2", "h1.eth0", "n0.ec0", "arm0.p0",
            ])
    }

    @Test func theModelSaysHowManyFunctionsThereCanBe() throws {
        let nics = try Self.read(Self.smart).nics
        // None unless the scenario says so.
        #expect(nics[0].functions[0].virtualFunctionCount == 0)
        #expect(nics[0].functions[0].subfunctionCount == 0)
        #expect(nics[1].functions[0].subfunctionCount == 500)
        #expect(nics[1].functions[0].virtualFunctionCount == 127)
        #expect(nics[1].functions[3].subfunctionCount == 8)
        let tooMany = Self.smart.replacing("sfs: 500", with: "sfs: 501")
        #expect(throws: ScenarioError.self) { try Self.read(tooMany) }
        // The processors of the NIC itself manage the others' and have none of their own.
        let embedded = Self.smart.replacing("sfs: 8", with: "vfs: 1, sfs: 8")
        #expect(throws: ScenarioError.self) { try Self.read(embedded) }
    }

    @Test func repeatedStepsAreThatManySteps() throws {
        let document = try Self.read(
            Self.guests + """

                  - repeat:
                      count: 2
                      as: i
                      steps:
                        - repeat:
                            count: 2
                            from: 9
                            as: n
                            steps:
                              - { host: h0, run: "ip link set dev eth0s1${i} address 02:00:00:00:0${i}:${n:02x}" }
                        - wait: 1us
                """)
        let commands = document.steps.compactMap { step in
            if case .run(let line) = step.action { line.text } else { nil }
        }
        #expect(
            commands.dropFirst(2) == [
                "ip link set dev eth0s10 address 02:00:00:00:00:09",
                "ip link set dev eth0s10 address 02:00:00:00:00:0a",
                "ip link set dev eth0s11 address 02:00:00:00:01:09",
                "ip link set dev eth0s11 address 02:00:00:00:01:0a",
            ])
        #expect(document.steps.count == 3 + 4 + 2)
    }

    @Test func aCommandsOutcomeIsCompared() throws {
        let document = try Self.read(
            Self.guests + """

                  - { host: g1, run: ip link show dev eth9, fails: Cannot find device }
                  - { host: h0, run: ip link show dev eth0, prints: ["state UP", "/^ +link.ether/"], omits: vf 5 }
                """)
        let outcomes = document.steps.compactMap { step in
            if case .run(let line) = step.action { line.outcome } else { nil }
        }
        let refused = outcomes[2]
        #expect(refused.difference(succeeded: false, text: "Cannot find device \"eth9\"") == nil)
        #expect(refused.difference(succeeded: true, text: "") != nil)
        #expect(refused.difference(succeeded: false, text: "Operation not permitted") != nil)
        let shown = outcomes[3]
        let right = "2: eth0: <UP> state UP\n    link/ether 02:00:00:00:00:01"
        #expect(shown.difference(succeeded: true, text: right) == nil)
        #expect(shown.difference(succeeded: true, text: right + "\n    vf 5") == "it printed vf 5")
        #expect(shown.difference(succeeded: true, text: "state UP") == "it did not print /^ +link.ether/")
        #expect(shown.difference(succeeded: false, text: "no") == "no")
    }
}
