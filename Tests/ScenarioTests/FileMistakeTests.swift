import Scenario
import Testing

/// What a user who has made one mistake is told: file, line, column, what was found, what was expected, what was meant.
@Suite struct FileMistakeTests {
    /// A scenario without a mistake; every case replaces one part of it.
    ///
    /// It names a model of its own, by path.
    static let right = """
        name: example
        model: MODEL
        set: { count: 10 }
        hosts:
          - name: h0
            functions:
              - { name: pf0, netdev: eth0, mac: "02:00:00:00:00:01", application: sink }
        traffic:
          - name: sender
            generate: { sizes: 64, rate: 1Mpps, count: "${count}" }
        wires:
          - { name: w0, between: [h0.p0, sender], length: 2m }
        captures: [w0, h0.eth0]
        steps:
          - run: ip link set dev eth0 up
          - start: sender
          - wait: idle
        expect:
          - frames: { point: w0, direction: in, count: == sender.sent }
          - drops: 0
        """

    struct Case: Sendable, CustomTestStringConvertible {
        var part: String
        var replacement: String
        /// The message without the file's name and `error: found`.
        var message: String
        var testDescription: String { message }
        init(_ part: String, _ replacement: String, _ message: String) {
            (self.part, self.replacement, self.message) = (part, replacement, message)
        }
    }

    static let cases = [
        Case(
            "captures:", "capture:",
            "13:1: error: found unknown key \"capture\", expected a key of a scenario: name, description, model, seed, "
                + "set, hosts, nics, wires, traffic, captures, steps or expect; did you mean captures?"),
        Case(
            "1Mpps", "1Mps",
            "10:34: error: found \"1Mps\", expected a rate: line, a bit rate such as 10Gbps or a packet rate such as "
                + "1Mpps; did you mean 1Mpps?"),
        Case(
            "length: 2m", "length: 2",
            "12:51: error: found \"2\" without a unit, expected a length such as 2m, in mm, cm, m or km"),
        Case(
            "wait: idle", "wait: 5 msec",
            "17:11: error: found \"5 msec\" with the unit \"msec\", expected a duration such as 10us, in ps, ns, us, "
                + "µs, ms or s; did you mean 5 ms?"),
        Case(
            "dev eth0 up", "dev eth0 upp",
            "15:31: error: found \"upp\", expected one of up, down, mtu, address, promisc, allmulticast; "
                + "did you mean up?"),
        Case(
            "run: ip link set dev eth0 up", "run: \"ip link set dev eth0 upp\"",
            "15:32: error: found \"upp\", expected one of up, down, mtu, address, promisc, allmulticast; "
                + "did you mean up?"),
        Case(
            "ip link set dev eth0 up", "ethtool -G eth0 rx ${count} tx 9000",
            "15:41: error: found \"9000\", expected a number of entries from 1 to 8192"),
        Case(
            "ip link set dev eth0 up", "'ethtool -G eth0 rx 1${count}00'",
            "15:30: error: found \"11000\", expected a number of entries from 1 to 8192"),
        Case(
            "set: { count: 10 }", "set: { count: 10, count: 20 }",
            "3:19: error: found key \"count\" a second time, expected each key once"),
        Case(
            "run: ip link", "run: ipp link",
            "15:10: error: found unknown command \"ipp\", expected a command: ip, ethtool, devlink, echo, "
                + "modprobe, rmmod, ls, dmesg; did you mean ip?"),
        Case(
            "dev eth0 up", "dev eth1 up",
            "15:26: error: found the unknown netdev \"eth1\", expected a netdev of h0: eth0; did you mean eth0?"),
        Case(
            "count: == sender.sent", "filter: udpp port 9, count: 1",
            "19:49: error: found can't parse filter expression: syntax error, expected a filter expression, as in man "
                + "pcap-filter"),
        Case("steps:", "wires: []\nsteps:", "14:1: error: found key \"wires\" a second time, expected each key once"),
        Case(
            "generate: { sizes: 64, rate: 1Mpps, count: \"${count}\" }", "replay: { file: missing.pcap }",
            "10:21: error: found \"missing.pcap\", which is not a file that can be read, expected a capture file"),
        Case(
            "captures: [w0, h0.eth0]", "captures: [w0, h0.eth1]",
            "13:16: error: found the unknown capture point \"h0.eth1\", expected w0, h0.p0, h0.p1, h0.pf0 or h0.eth0; "
                + "did you mean h0.eth0?"),
        Case(
            "start: sender", "start: sendr",
            "16:12: error: found source of traffic \"sendr\", expected sender or h0.eth0; did you mean sender?"),
        Case(
            "${count}", "${cuont}",
            "10:48: error: found unknown parameter \"${cuont}\", expected one of count; did you mean count?"),
        Case(
            "[h0.p0, sender]", "[h0.p2, sender]",
            "12:27: error: found the unknown end \"h0.p2\", expected h0.p0, h0.p1 or sender; did you mean h0.p0?"),
        Case(
            "02:00:00:00:00:01", "02:00:00:00:00",
            "7:41: error: found \"02:00:00:00:00\", expected a MAC address such as 02:00:00:00:00:01"),
        Case(
            "== sender.sent", "=> 5",
            "19:48: error: found \"=> 5\", expected a number, a comparison such as \">= 100\", or one such as \"== "
                + "replayer.sent\""),
        Case(
            "name: example", "name: 1st",
            "1:7: error: found \"1st\", expected a name of letters, digits, - and _ that begins with a letter"),
        Case(
            "sizes: 64", "sizes: 32",
            "10:24: error: found \"32\", expected imix or a frame's size with its check sequence: a whole number from "
                + "64 to 16384"),
        Case(
            "wait: idle", "{ wait: idle, run: ethtool eth0 }",
            "17:5: error: found run and wait in one step, expected exactly one of run, start, stop, wait, reset or "
                + "repeat"),
        Case(
            "name: example\n", "",
            "1:1: error: found a scenario without \"name\", expected the key \"name\""),
        Case(
            "direction: in", "direction: inn",
            "19:37: error: found direction \"inn\", expected in or out; did you mean in?"),
        Case(
            "steps:\n", "steps: [\n",
            "15:3: error: found text that is not YAML (did not find expected node content), expected well-formed YAML"),
        Case(
            "ip link set dev eth0 up", "ethtool -G eth0 rx 9000",
            "15:29: error: found \"9000\", expected a number of entries from 1 to 8192"),
        Case(
            "model: MODEL", "model: { base: MODEL, pcie: { generation: 9, source: assumed } }",
            "2:COLUMN: error: found generation \"9\", expected 1, 2, 3, 4 or 5"),
    ]

    /// The model of the project, wherever the tests run.
    static let model = projectFolder + "Models/connectx-6dx.yaml"
    static var projectFolder: String {
        // Tests/ScenarioTests/FileMistakeTests.swift
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/") + "/"
    }

    @Test(arguments: cases) func everyMistakeNamesItsPlaceAndWhatWasMeant(wrong: Case) throws {
        #expect(Self.right.contains(wrong.part))
        let start = try #require(Self.right.firstRange(of: wrong.part))
        let text = Self.right.replacingCharacters(start, with: wrong.replacement)
            .replacing("MODEL", with: Self.model)
        let column = "model: { base: ".count + Self.model.count + ", pcie: { generation: ".count + 1
        let message = wrong.message.replacing("COLUMN", with: "\(column)")
        do throws(ScenarioError) {
            _ = try ScenarioFile.parse(text, name: "example.yaml")
            Issue.record("no mistake was found")
        } catch {
            #expect(error.description == "example.yaml:" + message)
        }
    }

    @Test func theScenarioWithoutMistakesIsRead() throws {
        let document = try ScenarioFile.parse(Self.right.replacing("MODEL", with: Self.model), name: "example.yaml")
        #expect(document.name == "example")
        #expect(document.capturePoints == ["w0", "h0.p0", "h0.p1", "h0.pf0", "h0.eth0"])
        #expect(document.steps.count == 3)
        #expect(document.expectations.count == 2)
    }

    @Test func numbersThatAreImpossibleTogetherAreRefused() {
        let model = """
            pcie:
              source: assumed
              max-payload: 512B
              read-completion-size: 1024B
            """
        do throws(ScenarioError) {
            _ = try ScenarioFile.parseModel(model, path: "model.yaml")
            Issue.record("no mistake was found")
        } catch {
            #expect(
                error.description
                    == "model.yaml:4:25: error: found completions of 1024B, expected a read-completion-size of at most "
                    + "max-payload, 512B")
        }
    }

    @Test func readRequestsMayBeSmallerThanPayloads() throws {
        let model = """
            pcie:
              source: assumed
              max-payload: 512B
              max-read-request: 128B
            """
        _ = try ScenarioFile.parseModel(model, path: "model.yaml")
    }

    @Test func everyNumberOfAModelNeedsASource() {
        do throws(ScenarioError) {
            _ = try ScenarioFile.parseModel("pcie: { tags: 32 }", path: "model.yaml")
            Issue.record("no mistake was found")
        } catch {
            #expect(
                error.description
                    == "model.yaml:1:15: error: found tags without a source, expected a source beside the number or in "
                    + "its section: a calibration row, a document or \"assumed\"")
        }
    }

    @Test func anUnknownSettingOfTheCommandLineIsRefused() {
        do throws(ScenarioError) {
            let text = Self.right.replacing("MODEL", with: Self.model)
            _ = try ScenarioFile.parse(text, name: "example.yaml", settings: [.init(name: "cuont", value: "5")])
            Issue.record("no mistake was found")
        } catch {
            #expect(
                error.description
                    == "--set cuont=5: error: found unknown parameter \"cuont\", expected count; did you mean count?")
        }
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
