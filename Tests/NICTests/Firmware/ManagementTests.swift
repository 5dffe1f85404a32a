import Host
import NIC
import Simulation
import Testing
import Wire

/// What only the manager of a switch may ask for, asked by a virtual function (native interface, 3.6 and 6.6).
struct ManagementTests {
    /// A command about others, with the words that name them.
    struct Request: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let opcode: UInt32
        var byteCount = 0x40
        var words: [Int: UInt32] = [:]
        var modifier: UInt32 = 0
    }

    /// Flag and number of another vport: `other_vport` 0x8[31], `vport_number` 0x8[15:0].
    private static func other(_ vport: UInt32) -> UInt32 { 1 << 31 | vport }

    static let requests: [Request] = [
        Request(testDescription: "ENABLE_HCA of another", opcode: 0x104, words: [8: 2]),
        Request(testDescription: "DISABLE_HCA of another", opcode: 0x105, words: [8: 2]),
        Request(testDescription: "QUERY_PAGES of another", opcode: 0x107, words: [8: 2], modifier: 1),
        Request(
            testDescription: "MANAGE_PAGES of another", opcode: 0x108, words: [8: 2, 0xc: 1, 0x14: 1 << 20], modifier: 1
        ),
        Request(testDescription: "QUERY_HCA_CAP of another", opcode: 0x100, words: [8: other(2)], modifier: 1),
        Request(testDescription: "QUERY_HCA_CAP of the manager", opcode: 0x100, words: [8: other(0)], modifier: 1),
        Request(testDescription: "SET_HCA_CAP of another", opcode: 0x109, byteCount: 0x1010, words: [8: other(2)]),
        Request(testDescription: "ALLOC_SF", opcode: 0x113, words: [8: 0x8000]),
        Request(testDescription: "DEALLOC_SF", opcode: 0x114, words: [8: 0x8000]),
        Request(testDescription: "QUERY_ESW_FUNCTIONS", opcode: 0x740),
        Request(testDescription: "QUERY_VPORT_STATE of the switch", opcode: 0x750, words: [8: other(2)], modifier: 1),
        Request(
            testDescription: "MODIFY_VPORT_STATE of another", opcode: 0x751, words: [8: other(2), 0xc: 0], modifier: 1),
        Request(testDescription: "MODIFY_VPORT_STATE of itself as the manager does", opcode: 0x751, modifier: 1),
        Request(testDescription: "QUERY_ESW_VPORT_CONTEXT", opcode: 0x752, words: [8: other(2)]),
        Request(
            testDescription: "MODIFY_ESW_VPORT_CONTEXT", opcode: 0x753, byteCount: 0x110, words: [8: other(2), 0xc: 2]),
        Request(
            testDescription: "MODIFY_ESW_VPORT_CONTEXT of itself", opcode: 0x753, byteCount: 0x110, words: [0xc: 2]),
        Request(testDescription: "QUERY_NIC_VPORT_CONTEXT of another", opcode: 0x754, words: [8: other(2)]),
        Request(
            testDescription: "MODIFY_NIC_VPORT_CONTEXT of another", opcode: 0x755, byteCount: 0x200,
            words: [8: other(2), 0xc: 1 << 3]),
        Request(
            testDescription: "MODIFY_NIC_VPORT_CONTEXT of the manager", opcode: 0x755, byteCount: 0x200,
            words: [8: other(0), 0xc: 1 << 3]),
        Request(testDescription: "QUERY_VNIC_ENV of another", opcode: 0x76f, words: [8: other(2)]),
        Request(testDescription: "QUERY_VPORT_COUNTER of another", opcode: 0x770, words: [8: other(2)]),
        Request(testDescription: "QUERY_Q_COUNTER of another", opcode: 0x773, words: [8: other(2)]),
        Request(testDescription: "CREATE_SCHEDULING_ELEMENT", opcode: 0x782, byteCount: 0x80, words: [8: 2 << 24]),
        Request(testDescription: "DESTROY_SCHEDULING_ELEMENT", opcode: 0x783, words: [8: 2 << 24]),
        Request(testDescription: "QUERY_SCHEDULING_ELEMENT", opcode: 0x784, words: [8: 2 << 24]),
        Request(testDescription: "MODIFY_SCHEDULING_ELEMENT", opcode: 0x785, byteCount: 0x80, words: [8: 2 << 24]),
        Request(testDescription: "a forwarding table", opcode: 0x930, words: [0x10: 4 << 24, 0x18: 4]),
        Request(testDescription: "its ingress access list", opcode: 0x930, words: [0x10: 3 << 24, 0x18: 4]),
        Request(
            testDescription: "another's ingress access list", opcode: 0x930,
            words: [8: other(2), 0x10: 3 << 24, 0x18: 4]),
        Request(
            testDescription: "another's egress access list", opcode: 0x930,
            words: [8: other(2), 0x10: 2 << 24, 0x18: 4]),
        Request(testDescription: "another's receive table", opcode: 0x930, words: [8: other(2), 0x18: 4]),
        Request(testDescription: "the root of the switch", opcode: 0x92f, words: [0x10: 4 << 24, 0x14: 1]),
        Request(testDescription: "another's root", opcode: 0x92f, words: [8: other(2), 0x14: 1]),
        Request(testDescription: "QUERY_VHCA_STATE", opcode: 0xb0d, words: [8: 0x8000]),
        Request(testDescription: "MODIFY_VHCA_STATE", opcode: 0xb0e, words: [8: 0x8000, 0xc: 1, 0x10: 1 << 31]),
    ]

    /// The manager, what is set about the switch, and the other virtual function, in words.
    private func others(_ client: borrowing CommandClient) -> [String] {
        var words: [String] = []
        for index in [0, 2] where client.nic.functions.contains(index) {
            let vport = client.nic.functions[index].vport
            words.append("\(vport.adminState) \(vport.permanentAddress) \(vport.unicastList) \(vport.mtu)")
            words.append("\(vport.acceptsAll) \(vport.armsChangeEvent) \(vport.changeEventMask)")
            words.append("\(client.nic.functions[index].firmware.lifeCycle)")
            let given = client.nic.functions[index].firmware.pages.givenCount
            words.append("\(given) \(client.nic.functions[index].generation)")
            words.append("\(client.nic.functions[index].resources.flowTables.count)")
        }
        for control in client.nic.switching.controls {
            words.append("\(control.ingressList == nil) \(control.egressList == nil) \(control.tag)")
            words.append("\(control.insertion) \(control.stripsTag) \(control.shaper.rate)")
        }
        words.append(
            "\(client.nic.switching.eswitches.map { $0.forwardingRoot == nil }) \(client.nic.functions.existing)")
        return words
    }

    private func client() -> CommandClient {
        var client = CommandClient.manager(of: 2, enabling: 2, subfunctionCount: 2)
        client.become(virtual: 0)
        return client
    }

    @Test func aVirtualFunctionMayDoNothingOfIt() {
        var client = client()
        // What is its own it may do.
        #expect(client.command(0x754, outputByteCount: 0x110).isOK)
        #expect(client.command(0x930, 0x40, [0x18: 4]).isOK)
        for request in Self.requests {
            let before = others(client)
            let reply = client.command(
                request.opcode, request.byteCount, request.words, modifier: request.modifier, outputByteCount: 0x1010)
            #expect(reply.delivery == 0, "\(request.testDescription)")
            #expect(reply.status != 0 && reply.syndrome != 0, "\(request.testDescription): \(reply.status)")
            // Not for its length, nor for being unknown.
            #expect(reply.status != 0x50 && reply.status != 0x2, "\(request.testDescription): \(reply.status)")
            // Nothing of others is told, either.
            #expect(reply.bytes.dropFirst(8).allSatisfy { $0 == 0 }, "\(request.testDescription)")
            #expect(others(client) == before, "\(request.testDescription)")
        }
        #expect(client.faults == 0)
    }

    /// The same with random vports, flags and words: whatever the answer is, nothing of others changes.
    @Test(arguments: 0..<40 as Range<UInt64>) func whateverItAsksOthersStayAsTheyAre(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var client = client()
        let before = others(client)
        for _ in 0..<60 {
            var request = Self.requests[Int(random.next(below: UInt64(Self.requests.count)))]
            let vport = [0, 1, 2, 3, 0x8000, 0x8001, 0xfffe, 0xffff][Int(random.next(below: 8))] as UInt32
            // Its own vport without the flag is its own affair.
            if random.next(below: 4) != 0 { request.words[8] = 1 << 31 | vport }
            let place = Int(random.next(below: UInt64(request.byteCount / 4 - 4))) * 4 + 0x10
            request.words[place] = UInt32(truncatingIfNeeded: random.next())
            let reply = client.command(
                request.opcode, request.byteCount, request.words, modifier: request.modifier, outputByteCount: 0x1010)
            guard others(client) == before else {
                Issue.record("seed \(seed): \(request) changed others: \(reply.status)")
                return
            }
        }
    }

    @Test func theManagerMayWhatAVirtualFunctionMayNot() {
        var client = client()
        client.becomeManager()
        let query = client.command(0x754, 16, [8: Self.other(2)], outputByteCount: 0x110)
        #expect(query.isOK)
        #expect(client.command(0x751, 16, [8: Self.other(2), 0xc: 1 << 4], modifier: 1).isOK)
        #expect(client.nic.functions[2].vport.adminState == .up)
        #expect(client.command(0x770, 0x20, [8: Self.other(1)], outputByteCount: 0x210).isOK)
    }
}

/// NumVFs and VF Enable as a careless driver writes them (Base Specification 9.3.3).
struct VirtualFunctionCountTests {
    private func onBus(_ client: borrowing CommandClient) -> [Int] {
        client.nic.functions.existing.filter { $0 > 0 && client.nic.functions[$0].isOnBus }
    }

    @Test func numVFsThatIsWrittenWhileTheyAreEnabledLeavesAWorkingDevice() {
        var client = CommandClient.manager(of: 4, enabling: 2)
        #expect(onBus(client) == [1, 2])
        client.become(virtual: 1)
        let objects = client.allocate(0x802)
        #expect(objects != 0)
        client.function = CommandClient.function
        for count in [4, 1, 0, 3, 0xffff, 2] {
            client.writeVirtualFunctionCount(count)
            // Never more than TotalVFs, whatever is said.
            #expect(onBus(client).allSatisfy { (1...4).contains($0) }, "\(count)")
        }
        client.disableVirtualFunctions()
        #expect(onBus(client).isEmpty)
        #expect(client.nic.functions[2].resources.uars.count == 0)
        client.enableVirtualFunctions(3)
        #expect(onBus(client) == [1, 2, 3])
        // Each works in its new life.
        for number in 0..<3 {
            client.become(virtual: number)
            #expect(client.command(0x802).isOK, "\(number)")
        }
        client.becomeManager()
        #expect(client.command(0x802).isOK)
    }

    /// What the manager says of a virtual function is said of one life: address, link state, tags.
    @Test func aVirtualFunctionThatComesAgainHasNothingOfItsFormerLife() {
        var client = CommandClient.manager(of: 2, enabling: 2)
        #expect(client.command(0x104, 16, [8: 1]).isOK)
        func address() -> UInt32 {
            client.command(0x754, 16, [8: 1 << 31 | 1], outputByteCount: 0x110).word(0x10 + 0xf8)
        }
        func state() -> UInt32 {
            client.command(0x750, 16, [8: 1 << 31 | 1], modifier: 1, outputByteCount: 0x10).word(0xc)
        }
        let (freshAddress, freshState) = (address(), state())
        #expect(client.command(0x755, 0x200, [8: 1 << 31 | 1, 0xc: 1 << 3, 0x1f4: 0x0200, 0x1f8: 0x7a]).isOK)
        #expect(client.command(0x753, 0x110, [8: 1 << 31 | 1, 0xc: 0xa, 0x10: 1 << 27 | 3 << 24, 0x18: 42]).isOK)
        #expect(client.command(0x751, 16, [8: 1 << 31 | 1], modifier: 1).isOK)
        #expect(address() == 0x7a && state() != freshState)
        // A reset of the function is not the end of its life for its manager.
        #expect(client.command(0x105, 16, [8: 1]).isOK)
        #expect(client.command(0x104, 16, [8: 1]).isOK)
        #expect(address() == 0x7a && state() != freshState)
        client.disableVirtualFunctions()
        client.enableVirtualFunctions(2)
        #expect(address() == freshAddress && state() == freshState)
        let context = client.command(0x752, 16, [8: 1 << 31 | 1], outputByteCount: 0x110)
        #expect(context.isOK && context.word(0x10) == 0 && context.word(0x18) == 0)
    }

    /// Pages that the manager has given come back to it, whatever the function did meanwhile (section 6.9).
    @Test(arguments: [0x100, 0x700] as [UInt32]) func aFunctionCannotKeepItsManagersPages(control: UInt32) {
        var client = CommandClient.manager(of: 1, enabling: 1)
        let pages = (0..<6).map { _ in client.takePage() }
        var words: [Int: UInt32] = [8: 1, 0xc: UInt32(pages.count)]
        for (index, page) in pages.enumerated() { words[0x14 + index * 8] = UInt32(page) }
        #expect(client.command(0x108, 16 + pages.count * 8, words, modifier: 1).isOK)
        client.become(virtual: 0)
        // `nic_interface` of the initialization segment: disabled, and software reset.
        client.writeWord(0x14, UInt32(CommandClient.queueAddress) | control)
        client.run(for: .milliseconds(1))
        client.becomeManager()
        let taken = client.command(0x108, 16, [8: 1, 0xc: 16], modifier: 2, outputByteCount: 16 + 16 * 8)
        #expect(taken.isOK && taken.word(8) == 6)
        let returned = (0..<6).map { UInt64(taken.word(0x10 + $0 * 8 + 4)) }
        #expect(returned.sorted() == pages)
    }

    /// `system_image_guid`: the same for all functions of a NIC, after a reset as before it (switchdev needs, 1).
    @Test func theNICsIdentityOutlivesAReset() {
        var client = CommandClient.manager(of: 1, enabling: 1)
        func image() -> [UInt32] {
            let reply = client.command(0x754, outputByteCount: 0x110)
            return [reply.word(0x10 + 0x28), reply.word(0x10 + 0x2c)]
        }
        let first = image()
        #expect(first != [0, 0])
        client.become(virtual: 0)
        #expect(image() == first)
        client.configurationWrite(0x68, 2, 0x8000)
        client.run(for: .milliseconds(100))
        client.become(virtual: 0)
        #expect(image() == first)
    }

    @Test(arguments: 0..<60 as Range<UInt64>) func anyOrderOfWritesLeavesAWorkingDevice(seed: UInt64) {
        var random = SplitMix(seed: seed)
        var client = CommandClient.manager(of: 3, enabling: 1)
        for _ in 0..<12 {
            switch random.next(below: 4) {
            case 0: client.disableVirtualFunctions()
            case 1: client.enableVirtualFunctions(Int(random.next(below: 4)))
            case 2: client.writeVirtualFunctionCount(Int(random.next(below: 6)))
            default:
                let present = onBus(client)
                guard let last = present.last else { continue }
                client.become(virtual: last - 1)
                let isUp = client.command(0x802).isOK
                #expect(isUp, "seed \(seed): function \(last)")
                client.function = CommandClient.function
            }
        }
        client.disableVirtualFunctions()
        for index in 1...3 where client.nic.functions.contains(index) {
            #expect(client.nic.functions[index].resources.uars.count == 0, "seed \(seed)")
        }
        client.becomeManager()
        #expect(client.command(0x802).isOK, "seed \(seed)")
    }
}
