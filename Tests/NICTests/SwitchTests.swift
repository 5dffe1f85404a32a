import Host
import NIC
import Simulation
import Testing
import Wire

/// The embedded switch: where frames go between functions and ports (native interface, section 3.6).
struct SwitchTests {
    /// The physical function, two virtual functions and a subfunction: vports 0, 1, 2 and 0x8000.
    private func world(_ vports: [Int] = [0, 1, 2, 0x8000]) -> SwitchBench {
        let bench = SwitchBench(virtualCount: 2, subCount: 1)
        bench.learnAddresses(vports)
        return bench
    }

    @Test func withoutTablesOnlyTheManagerAndThePortReachEachOther() {
        let world = SwitchBench(virtualCount: 1, subCount: 1)
        world.send(SwitchBench.frame(from: 0, to: 9), from: 0)
        world.send(SwitchBench.frame(from: 1, to: 0), from: 1)
        world.send(SwitchBench.frame(from: 2, to: 0), from: 2)
        world.bench.receive(SwitchBench.frame(from: 9, to: 1))
        #expect(world.arrivals() == [0])
        #expect(world.departures() == [SwitchBench.frame(from: 0, to: 9)])
        #expect(world.dropped(.noSwitchRule) == 2)
        #expect(world.bench.isBalanced)
    }

    @Test func aFrameFromOneFunctionToAnotherNeverTouchesTheWire() {
        let world = world()
        for (source, destination) in [(1, 2), (2, 1), (3, 1), (1, 3), (0, 2), (2, 0)] {
            let vports = [0, 1, 2, 0x8000]
            let frame = SwitchBench.frame(from: vports[source], to: vports[destination])
            world.send(frame, from: source)
            #expect(world.arrivals() == [destination])
            #expect(world.sightings.first { $0.direction == .inbound }?.bytes == frame)
        }
        #expect(world.departures().isEmpty)
        #expect(world.bench.nic.ports[0].counters.transmittedFrames == 0)
        #expect(world.bench.isBalanced)
    }

    @Test func unknownAddressesLeaveByTheUplinkAndKnownOnesComeIn() {
        let world = world([0, 1, 2])
        let out = SwitchBench.frame(from: 1, to: 77)
        world.send(out, from: 1)
        #expect(world.arrivals().isEmpty)
        #expect(world.departures() == [out])
        world.bench.receive(SwitchBench.frame(from: 77, to: 2))
        #expect(world.arrivals() == [2])
        // What comes from the wire and is for nobody here does not go back to it.
        world.bench.receive(SwitchBench.frame(from: 77, to: 78))
        #expect(world.arrivals().isEmpty && world.departures().isEmpty)
        #expect(world.dropped(.ownFrame) == 1)
        #expect(world.bench.isBalanced)
    }

    @Test func aBroadcastReachesEverybodyElseOnce() {
        let world = world([0, 1, 2])
        world.send(SwitchBench.broadcast(from: 1), from: 1)
        #expect(world.arrivals() == [0, 2])
        #expect(world.departures() == [SwitchBench.broadcast(from: 1)])
        world.bench.receive(SwitchBench.broadcast(from: 77))
        #expect(world.arrivals() == [0, 1, 2])
        #expect(world.departures().isEmpty)
        #expect(world.bench.isBalanced)
    }

    @Test func aFunctionDoesNotHearItself() {
        let world = world([0, 1, 2])
        world.send(SwitchBench.frame(from: 1, to: 1), from: 1)
        #expect(world.arrivals().isEmpty)
        #expect(world.dropped(.ownFrame) == 1)
    }

    @Test func aRuleThatLeadsToAFunctionThatIsGoneIsCounted() {
        let world = world([0, 1, 2])
        world.bench.nic.functions.remove(Int(world.functions[2].index))
        world.send(SwitchBench.frame(from: 1, to: 2), from: 1)
        #expect(world.arrivals().isEmpty)
        #expect(world.dropped(.vportUnknown) == 1)
        #expect(world.bench.isBalanced)
    }

    @Test func aVportThatIsDownSendsAndReceivesNothing() {
        let world = world([0, 1, 2])
        let index = Int(world.functions[1].index)
        world.bench.nic.functions[index].vport.adminState = .down
        world.send(SwitchBench.frame(from: 1, to: 2), from: 1)
        world.send(SwitchBench.frame(from: 2, to: 1), from: 2)
        #expect(world.arrivals().isEmpty)
        #expect(world.dropped(.functionDown) == 2)
        #expect(world.bench.nic.functions[index].vport.counters.transmitDiscardsDown == 1)
        #expect(world.bench.nic.functions[index].vport.counters.receiveDiscardsDown == 1)
    }

    // MARK: Access lists and tags

    /// The access list of a vport that may only use its own address (spoof check).
    private func checkSpoofing(_ world: SwitchBench, vport: Int) -> FlowCounterHandle {
        let counter = world.bench.nic.steering.addCounter()
        let list = world.table(.ingressACL) {
            $0.set(MatchLayer24.smac47_16, .max)
            $0.set(MatchLayer24.smac15_0, .max)
        }
        world.entry(list, 0, .allow) {
            $0.set(MatchLayer24.smac47_16, 0x0200_0000)
            $0.set(MatchLayer24.smac15_0, 0x1000 + UInt32(vport))
        }
        world.entry(list, 255, group: 1, [.drop, .count], counter: counter)
        let control = control(world, vport)
        world.bench.nic.switching.controls[control].ingressList = list
        return counter
    }

    private func control(_ world: SwitchBench, _ vport: Int) -> Int {
        world.bench.nic.makeControl(of: VportNumber(UInt16(vport)), inEswitch: 0)
    }

    @Test func anotherAddressThanTheVportsIsNotLetIn() {
        let world = world([0, 1, 2])
        let counter = checkSpoofing(world, vport: 1)
        world.send(SwitchBench.frame(from: 1, to: 2), from: 1)
        #expect(world.arrivals() == [2])
        world.send(SwitchBench.frame(from: 2, to: 2), from: 1)
        #expect(world.arrivals().isEmpty)
        #expect(world.dropped(.accessListDrop) == 1)
        let counted = world.bench.nic.steering[counter]
        #expect(counted.frames == 1 && counted.bytes == 64)
        #expect(world.bench.isBalanced)
    }

    @Test func anAccessListPutsTagsOnAndTakesThemOff() {
        let world = world([0, 1, 2])
        // Vport 1 in VLAN 7, priority 3: tag on when it sends, off and checked when it receives.
        let ingress = world.table(.ingressACL) { $0.set(MatchLayer24.cvlanTag, 1) }
        world.entry(ingress, 0, [.allow, .vlanPush], tag: 0x8100_6007)
        world.entry(ingress, 255, group: 1, .drop)
        let egress = world.table(.egressACL) {
            $0.set(MatchLayer24.cvlanTag, 1)
            $0.set(MatchLayer24.firstVid, .max)
        }
        world.entry(egress, 0, [.allow, .vlanPop]) {
            $0.set(MatchLayer24.cvlanTag, 1)
            $0.set(MatchLayer24.firstVid, 7)
        }
        world.entry(egress, 255, group: 1, .drop)
        let control = control(world, 1)
        world.bench.nic.switching.controls[control].ingressList = ingress
        world.bench.nic.switching.controls[control].egressList = egress

        world.send(SwitchBench.frame(from: 1, to: 77), from: 1)
        let tagged = SwitchBench.frame(from: 1, to: 77)
        let expected = Array(tagged[..<12]) + [0x81, 0x00, 0x60, 0x07] + Array(tagged[12...])
        #expect(world.departures() == [expected])
        world.send(SwitchBench.frame(from: 1, to: 77, tag: 9), from: 1)
        world.bench.receive(SwitchBench.frame(from: 77, to: 1, tag: 0xe007))
        #expect(world.arrivals() == [1])
        let untagged = SwitchBench.frame(from: 77, to: 1, tag: 0xe007)
        #expect(world.sightings.last?.bytes == Array(untagged[..<12]) + Array(untagged[16...]))
        world.bench.receive(SwitchBench.frame(from: 77, to: 1, tag: 8))
        world.bench.receive(SwitchBench.frame(from: 77, to: 1))
        #expect(world.arrivals().isEmpty)
        #expect(world.dropped(.accessListDrop) == 3)
        #expect(world.bench.isBalanced)
    }

    @Test func theVportsContextPutsTagsOnAndTakesThemOff() {
        let world = world([0, 1, 2])
        let control = control(world, 1)
        world.bench.nic.switching.controls[control].insertion = .ifUntagged
        world.bench.nic.switching.controls[control].tag = 0x4005
        world.bench.nic.switching.controls[control].stripsTag = true
        let plain = SwitchBench.frame(from: 1, to: 77)
        let expected = Array(plain[..<12]) + [0x81, 0x00, 0x40, 0x05] + Array(plain[12...])
        world.send(plain, from: 1)
        world.send(SwitchBench.frame(from: 1, to: 77, tag: 9), from: 1)
        #expect(world.departures() == [expected, SwitchBench.frame(from: 1, to: 77, tag: 9)])
        world.bench.nic.switching.controls[control].insertion = .always
        world.send(SwitchBench.frame(from: 1, to: 77, tag: 9), from: 1)
        let double = SwitchBench.frame(from: 1, to: 77, tag: 9)
        #expect(world.departures() == [Array(double[..<12]) + [0x81, 0x00, 0x40, 0x05] + Array(double[12...])])
        world.bench.nic.switching.controls[control].insertion = .overwrite
        world.send(SwitchBench.frame(from: 1, to: 77, tag: 9), from: 1)
        #expect(world.departures() == [Array(double[..<12]) + [0x81, 0x00, 0x40, 0x05] + Array(double[16...])])
        world.bench.receive(SwitchBench.frame(from: 77, to: 1, tag: 5))
        #expect(world.arrivals() == [1])
        #expect(world.sightings.last?.bytes == Array(double[..<5]) + [1, 2, 0, 0, 0, 0x10, 77] + Array(double[16...]))
    }

    @Test func aPushedTagIsSeenByTheTablesBehind() {
        let world = world([0, 1, 2])
        let second = world.table(.fdb, level: 1) {
            $0.set(MatchLayer24.cvlanTag, 1)
            $0.set(MatchLayer24.firstVid, .max)
        }
        world.entry(second, 0, .forward, to: [SwitchBench.vport(2)]) {
            $0.set(MatchLayer24.cvlanTag, 1)
            $0.set(MatchLayer24.firstVid, 7)
        }
        world.entry(second, 255, group: 1, .drop)
        let first = world.table(.fdb) { $0.set(MatchMisc.sourcePort, .max, at: MatchParameters.misc) }
        let next = SteeringDestination(.table, Int(second.index))
        world.entry(first, 0, [.forward, .vlanPush], to: [next], tag: 0x8100_0007) {
            $0.set(MatchMisc.sourcePort, 1, at: MatchParameters.misc)
        }
        world.entry(first, 255, group: 1, .forward, to: [next])
        world.bench.nic.switching.eswitches[0].forwardingRoot = first
        for _ in 0..<2 {
            world.send(SwitchBench.frame(from: 1, to: 77), from: 1)
            #expect(world.arrivals() == [2])
            #expect(world.sightings.last.map { Array($0.bytes[12..<16]) } == [0x81, 0x00, 0x00, 0x07])
        }
        world.bench.receive(SwitchBench.frame(from: 77, to: 2))
        #expect(world.arrivals().isEmpty)
        #expect(world.dropped(.steeringDrop) == 1)
    }

    // MARK: Several hosts on one port

    @Test func functionsThatShareAPortGetWhatIsTheirs() {
        let world = SwitchBench(virtualCount: 0, ports: [0, 0])
        let second: [UInt8] = [2, 0, 0, 0, 1, 1]
        let stranger: [UInt8] = [2, 0, 0, 0, 9, 9]
        world.bench.receive(SwitchBench.finish(second + stranger, nil, 64))
        #expect(world.arrivals() == [1])
        world.bench.receive(SwitchBench.finish(stranger + second, nil, 64))
        #expect(world.arrivals().isEmpty && world.dropped(.noSwitchRule) == 1)
        world.bench.receive(SwitchBench.broadcast(from: 9))
        #expect(world.arrivals() == [0, 1])
        // From one host to the other: not on the wire. For many: both.
        world.send(SwitchBench.finish(second + [2, 0, 0, 0, 0, 1], nil, 64), from: 0)
        #expect(world.arrivals() == [1] && world.departures().isEmpty)
        world.send(SwitchBench.broadcast(from: 9), from: 1)
        #expect(world.arrivals() == [0])
        #expect(world.departures().count == 1)
        // Promiscuous: everything from the wire.
        world.bench.nic.functions[Int(world.functions[0].index)].vport.acceptsAll = true
        world.bench.receive(SwitchBench.finish(stranger + second, nil, 64))
        #expect(world.arrivals() == [0])
        world.bench.receive(SwitchBench.finish(second + stranger, nil, 64))
        #expect(world.arrivals() == [0, 1])
        #expect(world.bench.isBalanced)
    }

    @Test func theProcessorsOfTheSmartNICManageTheHostsSwitch() {
        let world = SwitchBench(virtualCount: 1, ports: [0, 0], embedded: 1)
        world.bench.receive(SwitchBench.frame(from: 9, to: 0))
        #expect(world.arrivals() == [1])
        world.send(SwitchBench.frame(from: 0, to: 9), from: 0)
        #expect(world.departures().isEmpty && world.dropped(.noSwitchRule) == 1)
        world.send(SwitchBench.frame(from: 0, to: 9), from: 1)
        #expect(world.departures().count == 1)
        world.learnAddresses([0, 1, 0xfffe])
        world.bench.receive(SwitchBench.frame(from: 9, to: 0xfffe))
        world.bench.receive(SwitchBench.frame(from: 9, to: 0))
        world.bench.receive(SwitchBench.frame(from: 9, to: 1))
        #expect(world.arrivals() == [1, 0, 2])
        #expect(world.bench.isBalanced)
    }

    // MARK: Rates

    @Test func aVportKeepsToItsRateWhileOthersDoNot() {
        let world = world([0, 1, 2])
        let control = control(world, 1)
        // 100 Mb/s: 1,000 bytes and four of the check sequence take 80.32 microseconds.
        world.bench.nic.switching.controls[control].shaper.rate = 100
        let limited = SwitchBench.frame(from: 1, to: 77, byteCount: 1000)
        let free = SwitchBench.frame(from: 2, to: 77, byteCount: 1000)
        for _ in 0..<5 {
            world.send(limited, from: 1)
            world.send(free, from: 2)
        }
        world.bench.run()
        let times = world.bench.sent.filter { $0.bytes == limited }.map(\.time)
        #expect(times.count == 5)
        for index in 1..<5 { #expect(times[index] - times[index - 1] == .picoseconds(80_320_000)) }
        let last = world.bench.sent.filter { $0.bytes == free }.map(\.time).max()
        #expect(last.map { $0 < .zero + .microseconds(2) } == true)
        #expect(world.bench.isBalanced)
    }

    @Test func framesThatWaitForTheirRateEndWithTheirFunction() {
        let world = world([0, 1, 2])
        let control = control(world, 1)
        world.bench.nic.switching.controls[control].shaper.rate = 1
        for _ in 0..<4 { world.send(SwitchBench.frame(from: 1, to: 2), from: 1) }
        world.bench.nic.reset(world.functions[1], at: world.bench.queue.now, medium: &world.bench.medium)
        #expect(world.arrivals() == [2])
        #expect(world.dropped(.functionReset) == 3)
        #expect(world.bench.nic.switching.controls[control].shaper.backlogByteCount == 0)
        #expect(world.bench.isBalanced)
    }

    @Test func whatAManagerSetIsGoneWithIt() {
        let world = world([0, 1, 2])
        _ = checkSpoofing(world, vport: 1)
        let list = world.bench.nic.switching.controls[control(world, 1)].ingressList
        #expect(list != nil)
        // The tables of this bench were not made by commands: give them numbers so that the reset finds them.
        for handle in [list, world.bench.nic.switching.eswitches[0].forwardingRoot].compactMap({ $0 }) {
            _ = world.bench.resources.flowTables.insert(handle)
        }
        world.bench.nic.reset(world.functions[0], at: world.bench.queue.now, medium: &world.bench.medium)
        #expect(world.bench.nic.switching.eswitches[0].forwardingRoot == nil)
        #expect(world.bench.nic.switching.controls.allSatisfy { $0.ingressList == nil })
        world.bench.receive(SwitchBench.frame(from: 9, to: 1))
        #expect(world.arrivals() == [0])
    }
}
