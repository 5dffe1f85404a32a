/// The keys of a scenario file, one enumeration for each kind of mapping.
///
/// The JSON Schema names the same ones.
enum ScenarioKeys {
    enum Root: String, CaseIterable {
        case name, description, model, seed, set, hosts, nics, wires, traffic, captures, steps, expect
    }
    enum Host: String, CaseIterable {
        case name, model, memory, iommu, processors, software, functions, applications
        case guestOf = "guest-of"
    }
    enum NIC: String, CaseIterable { case name, model, links, functions }
    enum Link: String, CaseIterable { case host, embedded }
    enum IOMMU: String, CaseIterable { case page }
    enum Software: String, CaseIterable {
        case perPacketReceive = "per-packet-receive"
        case perPacketTransmit = "per-packet-transmit"
        case perInterrupt = "per-interrupt"
        case perDoorbell = "per-doorbell"
        case perCommand = "per-command"
    }
    enum Function: String, CaseIterable { case name, port, host, netdev, mac, vfs, sfs, application }
    enum Application: String, CaseIterable { case none, sink, forward, reflect, generate, replay }
    enum Forward: String, CaseIterable { case to }
    enum Wire: String, CaseIterable { case name, between, propagation, length }
    enum Traffic: String, CaseIterable { case name, replay, generate, reflect, sink }
    enum Replay: String, CaseIterable {
        case file, timing, rate, limit
        case repetitions = "repeat"
    }
    enum Generate: String, CaseIterable {
        case sizes, flows, rate, burst, count
        case transport = "protocol"
        case ip, source, destination, vlan, segment, checksums
    }
    enum Size: String, CaseIterable { case size, weight }
    enum Capture: String, CaseIterable { case point, file }
    enum Step: String, CaseIterable {
        case at, after, host, run, start, stop, wait, reset
        /// A group of steps, several times.
        case repetition = "repeat"
        /// What is expected of a command.
        case fails, prints, omits
    }
    enum Repeat: String, CaseIterable {
        case count, from, steps
        case name = "as"
    }
    enum Wait: String, CaseIterable { case traffic, duration }
    enum Expect: String, CaseIterable { case frames, counter, drops, latency }
    enum Frames: String, CaseIterable { case point, direction, filter, count }
    enum Counter: String, CaseIterable { case name, value }
    enum Drops: String, CaseIterable { case reason, count }
    enum Latency: String, CaseIterable {
        case percentile
        case atMost = "at-most"
    }
}

extension ScenarioFile {
    /// The keys of every kind of mapping, by the name of its definition in the JSON Schema.
    package static var keysByDefinition: [(definition: String, keys: [String])] {
        func keys<Key: RawRepresentable & CaseIterable>(_ type: Key.Type) -> [String] where Key.RawValue == String {
            type.allCases.map(\.rawValue)
        }
        return [
            ("scenario", keys(ScenarioKeys.Root.self)), ("host", keys(ScenarioKeys.Host.self)),
            ("nic", keys(ScenarioKeys.NIC.self)), ("link", keys(ScenarioKeys.Link.self)),
            ("repetition", keys(ScenarioKeys.Repeat.self)),
            ("iommu", keys(ScenarioKeys.IOMMU.self)), ("software", keys(ScenarioKeys.Software.self)),
            ("function", keys(ScenarioKeys.Function.self)), ("wire", keys(ScenarioKeys.Wire.self)),
            ("traffic", keys(ScenarioKeys.Traffic.self)), ("replay", keys(ScenarioKeys.Replay.self)),
            ("generate", keys(ScenarioKeys.Generate.self)), ("size", keys(ScenarioKeys.Size.self)),
            ("capture", keys(ScenarioKeys.Capture.self)), ("step", keys(ScenarioKeys.Step.self)),
            ("wait", keys(ScenarioKeys.Wait.self)), ("expectation", keys(ScenarioKeys.Expect.self)),
            ("frames", keys(ScenarioKeys.Frames.self)), ("counter", keys(ScenarioKeys.Counter.self)),
            ("drops", keys(ScenarioKeys.Drops.self)), ("latency", keys(ScenarioKeys.Latency.self)),
            ("forward", keys(ScenarioKeys.Forward.self)),
            ("model", ModelReader.headings + ModelKey.sections),
        ]
            + ModelKey.sections.map { section in
                (section, ModelKey.all.filter { $0.section == section }.map(\.key) + ["source"])
            }
    }
}
