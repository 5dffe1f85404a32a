import Scenario
import Testing

/// What a user is told who has made one mistake about hosts, NICs, functions or repeated steps.
@Suite struct FileMachineMistakeTests {
    typealias Case = FileMistakeTests.Case

    private static func message(_ text: String, _ wrong: Case) throws -> String? {
        let start = try #require(text.firstRange(of: wrong.part))
        var text = text
        text.replaceSubrange(start, with: wrong.replacement)
        do throws(ScenarioError) {
            _ = try FileMachineTests.read(text)
            return nil
        } catch {
            return error.description
        }
    }

    static let guests = [
        Case(
            "guest-of: h0\n", "guest-of: h1\n",
            "11:15: error: found host \"h1\", expected h0, g0 or g1; did you mean h0?"),
        Case(
            "guest-of: h0,", "guest-of: g0,",
            "15:27: error: found the guest \"g0\", expected a host that is no guest: guests have none of their own"),
        Case(
            "vfs: 4", "vfs: 128",
            "7:41: error: found \"128\", expected the virtual functions of connectx-6dx: a whole number from 0 to 127"),
        Case(
            "sfs: 16", "sfs: 0",
            "8:17: error: found \"pf0sf88\", expected \"sfs: N\" beside h0.pf0, which offers no "
                + "subfunctions without it\n"
                + "example.yaml:16:32: error: found the unknown capture point \"h0.pf0sf88\", expected h0.p0, h0.p1, "
                + "h0.pf0, h0.eth0, h0.pf0vf0 or g0.eth0; did you mean h0.pf0vf0?\n"
                + "example.yaml:16:44: error: found the unknown capture point \"h0.accel\", expected h0.p0, h0.p1, "
                + "h0.pf0, h0.eth0, h0.pf0vf0 or g0.eth0\n"
                + "example.yaml:16:65: error: found the unknown capture point \"h0.pf0sf7\", expected h0.p0, h0.p1, "
                + "h0.pf0, h0.eth0, h0.pf0vf0, g0.eth0 or h0.eth0v2; did you mean h0.pf0vf0?"),
        Case(
            "name: pf0vf1", "name: pf0vf4",
            "15:51: error: found \"pf0vf4\", expected a virtual function of h0.pf0: vf0 to vf3"),
        Case(
            "name: pf0vf1", "name: pf1vf1",
            "15:51: error: found \"pf1vf1\" of the unknown function \"h0.pf1\", expected h0.pf0; did you mean h0.pf0?"),
        Case(
            "name: pf0vf1", "name: pf0vf0",
            "15:51: error: found the name \"h0.pf0vf0\", which line 14 uses, expected a name of its own"),
        Case(
            "{ name: pf0vf1 }", "{ name: pf1, netdev: eth1 }",
            "15:51: error: found the physical function \"pf1\" in the guest g1, expected a virtual function such as "
                + "pf0vf0, or \"host: g1\" where the function is"),
        Case(
            "{ name: pf0vf1 }", "{ name: pf0sf5 }",
            "15:51: error: found the subfunction \"pf0sf5\" in g1, expected it in h0: a subfunction is driven where its "
                + "physical function is"),
        Case(
            "{ name: pf0vf1 }", "{ name: pf0vf1, port: 1 }",
            "15:65: error: found \"port\" of pf0vf1, expected it beside a physical function"),
        Case(
            "name: pf0vf1", "name: pf0vf1, host: h0, netdev: eth0",
            "15:77: error: found the name \"h0.eth0\", which line 7 uses, expected a name of its own"),
        Case(
            "name: pf0vf1", "name: pf0vf1, host: h0, netdev: eth0v2",
            "15:77: error: found the netdev \"eth0v2\" of h0, which is that of h0.pf0vf2 as well, expected a name "
                + "of its own"),
        Case(
            "\"eth0v*\"", "\"eth1v*\"",
            "9:21: error: found the pattern \"eth1v*\", which no netdev can have as its name, expected one for netdevs "
                + "of h0; did you mean eth0v*?"),
        Case(
            "eth0v3:", "eth0v4:",
            "9:37: error: found the unknown netdev \"eth0v4\", expected a netdev of h0: eth0 or accel; did you mean eth0?"
        ),
        Case(
            "to: eth0 ", "to: eth1 ",
            "9:62: error: found the unknown netdev \"eth1\", expected a netdev of h0: eth0 or accel; did you "
                + "mean eth0?"),
        Case(
            "eth0v3:", "accel:",
            "9:37: error: found a second application on \"accel\" (line 8 has one), expected one application on a netdev"
        ),
        Case(
            "h0.eth0v2", "h0.eth0v4",
            "16:54: error: found the unknown capture point \"h0.eth0v4\", expected h0.p0, h0.p1, h0.pf0, h0.eth0, "
                + "h0.pf0vf0, g0.eth0, h0.pf0sf88 or h0.accel; did you mean h0.eth0?"),
        Case(
            "processors: 4", "processors: 0",
            "5:17: error: found \"0\", expected processors: a whole number from 1 to 256"),
        Case(
            "reset: h0.pf0vf1", "reset: h0.pf0vf9",
            "20:12: error: found function \"h0.pf0vf9\", expected h0.pf0; did you mean h0.pf0?"),
        Case(
            "reset: h0.pf0vf1", "reset: h0.pf0sf1",
            "20:12: error: found a reset of the subfunction \"h0.pf0sf1\", expected a physical or virtual function: devlink "
                + "stops and starts subfunctions"),
        Case(
            "reset: h0.pf0vf1", "{ reset: h0.pf0vf1, fails: never }",
            "20:32: error: found \"fails\" beside \"reset\", expected it beside run"),
        Case(
            "reset: h0.pf0vf1", "{ host: h0, run: ethtool eth0, prints: \"/(/\" }",
            "20:44: error: found \"/(/\", expected a regular expression between the slashes"),
        Case(
            "reset: h0.pf0vf1", "repeat: { count: 2, as: i, steps: [{ reset: \"h0.pf0vf${j}\" }] }",
            "20:49: error: found unknown parameter \"${j}\", expected one of i; did you mean i?"),
        Case(
            "reset: h0.pf0vf1", "repeat: { count: 5, as: i, steps: [{ reset: \"h0.pf0vf${i}\" }] }",
            "20:49: error: found function \"h0.pf0vf4\", expected h0.pf0; did you mean h0.pf0?"),
        Case(
            "reset: h0.pf0vf1", "repeat: { count: 2, as: i, steps: [{ reset: \"h0.pf0vf${i:2z}\" }] }",
            "20:49: error: found \"${i:2z}\" of the value \"0\", expected a form such as 02x or 3d, and a whole number to "
                + "write in it"),
        Case(
            "reset: h0.pf0vf1", "repeat: { count: 0, as: i, steps: [{ wait: 1us }] }",
            "20:22: error: found \"0\", expected repetitions: a whole number from 1 to 100000"),
        Case(
            "reset: h0.pf0vf1", "{ at: 1ms, repeat: { count: 1, steps: [{ wait: 1us }] } }",
            "20:11: error: found \"at\" beside \"repeat\", expected it beside the steps that are repeated"),
        Case(
            "reset: h0.pf0vf1", "repeat: { count: 100000, steps: [{ wait: 1us }] }",
            "20:38: error: found more than 100000 steps, expected at most so many, repetitions counted"),
    ]

    static let smart = [
        Case(
            "links: [h0, h1,", "links: [h0, h1, h2,",
            "13:21: error: found host \"h2\", expected h0, g0, h1 or arm0; did you mean h0?"),
        Case(
            "links: [h0, h1,", "links: [h0, h1, g0,",
            "13:21: error: found a link to the guest \"g0\", expected a link to h0, and functions that are assigned to the "
                + "guest"),
        Case(
            "links: [h0, h1,", "links: [h0, h1, h1,",
            "13:21: error: found \"h1\" a second time, expected each host once"),
        Case(
            "embedded: true", "embedded: false",
            "13:12: error: found 3 links to hosts, expected at most 2, as many as bluefield-2 has"),
        Case(
            "host: g0, netdev", "host: g1, netdev",
            "16:37: error: found host \"g1\", expected h0, g0, h1 or arm0; did you mean g0?"),
        Case(
            "name: n0.ec0sf3", "name: ec0sf3",
            "9:54: error: found \"ec0sf3\" in a host without a NIC of its own, expected the NIC's name before it, such as "
                + "h1.ec0sf3"),
        Case(
            "name: n0.ec0sf3", "name: n0.pf0vf3",
            "9:54: error: found \"n0.pf0vf3\" in arm0, expected it in h0 or g0, where its physical function is"),
        Case(
            "name: pf0vf1, host: g0", "name: pf0vf1, host: h1",
            "19:31: error: found host \"h1\", expected h0 or g0; did you mean h0?"),
        Case(
            "name: n0.ec0sf3", "name: n0.pf0",
            "9:54: error: found the function \"n0.pf0\", expected a virtual function or subfunction such as h1.pf0vf0"),
        Case(
            "\n  - name: n0\n",
            "\n  - { name: h1, links: [h0], functions: [{ name: pf7, netdev: eth3 }] }\n  - name: n0\n",
            "11:13: error: found the name \"h1\", which line 6 uses, expected a name of its own"),
        Case(
            "netdev: lan0", "netdev: p0",
            "8:30: error: found the name \"p0\", expected another name: p0, p1 … are the NIC's ports"),
        Case(
            "{ name: g0, guest-of: h0 }", "{ name: g0, guest-of: h0 }\n  - name: lone",
            "6:5: error: found the host \"lone\" without a function, expected the key \"functions\", or a NIC that names it "
                + "among its links or functions"),
    ]

    @Test(arguments: guests) func aMistakeAboutGuestsNamesItsPlaceAndWhatWasMeant(wrong: Case) throws {
        #expect(try Self.message(FileMachineTests.guests, wrong) == "example.yaml:" + wrong.message)
    }

    @Test(arguments: smart) func aMistakeAboutNICsNamesItsPlaceAndWhatWasMeant(wrong: Case) throws {
        #expect(try Self.message(FileMachineTests.smart, wrong) == "example.yaml:" + wrong.message)
    }

    @Test func onlyASmartNICHasProcessorsOfItsOwn() throws {
        let text = FileMachineTests.smart.replacing("sfs: 500", with: "sfs: 252")
            .replacing("BLUEFIELD", with: "MODEL").replacing("h0, h1, {", with: "h0, {")
            .replacing("host: h1, netdev: eth0", with: "host: h0, netdev: eth9")
        let message = try Self.message(text, Case("name: n0", "name: n0", ""))
        #expect(
            message
                == "example.yaml:13:41: error: found an embedded host of connectx-6dx, expected a model with "
                + "processors of its own, such as bluefield-2")
    }

    @Test func aWorldHasRoomForSoManyFunctions() throws {
        let model = "{ base: MODEL, functions: { subfunctions: 16384, source: assumed } }"
        let text = FileMachineTests.guests.replacing("model: MODEL", with: "model: " + model)
            .replacing("vfs: 4, sfs: 16 }", with: "vfs: 127, sfs: 16384 }")
            .replacing(
                "      - { name: pf0sf88",
                with: (1...3).map { "      - { name: pf\($0), netdev: lan\($0), vfs: 127, sfs: 16384 }\n" }.joined()
                    + "      - { name: pf0sf88")
        let message = try Self.message(text, Case("name: h0", "name: h0", ""))
        // Four functions, 4 × 127 virtual ones and 4 × 16,384 subfunctions.
        #expect(
            message
                == "example.yaml:4:5: error: found room for 66048 functions, virtual functions and subfunctions, "
                + "expected at most 65535 in a world: fewer \"vfs\" or \"sfs\"")
    }

    @Test func aWorldHasSoManyCapturePoints() throws {
        let points = (0..<253).map { "h0.pf0sf\($0 + 100)" }.joined(separator: ", ")
        let message = try Self.message(
            FileMachineTests.guests,
            Case("[h0.pf0vf0, g0.eth0, h0.pf0sf88, h0.accel, h0.eth0v2, h0.pf0sf7]", "[\(points)]", ""))
        let column = 13 + points.count - "h0.pf0sf352".count - 1
        #expect(
            message
                == "example.yaml:16:\(column): error: found the capture point \"h0.pf0sf352\" after 256 others, "
                + "expected at most 256 capture points")
    }
}
