internal import Simulation
internal import Wire
internal import Yams

extension ScenarioReader {
    mutating func readTraffic(_ node: Node) {
        let kinds: [ScenarioKeys.Traffic] = [.replay, .generate, .reflect, .sink]
        for item in reader.items(of: node, "traffic endpoints") {
            guard let fields = reader.fields(of: item, as: ScenarioKeys.Traffic.self, "a traffic endpoint") else {
                continue
            }
            let name = reader.required(.name, of: fields, "a traffic endpoint").flatMap { reader.name($0) }
            if let name { take(name.string, at: name.location) }
            let kind = single(fields, among: kinds, "traffic endpoint")
            guard let kind, let value = fields[kind] else {
                append(name, .sink, fields.location)
                continue
            }
            switch kind {
            case .generate: append(name, .generate(generator(value, isApplication: false)), fields.location)
            case .replay: append(name, replay(value).map { .replay($0) } ?? .sink, fields.location)
            case .reflect: append(name, .reflect, fields.location)
            case .sink, .name: append(name, .sink, fields.location)
            }
            if kind == .sink || kind == .reflect { expectNothing(value, kind.rawValue) }
        }
    }

    private mutating func append(
        _ name: DocumentReader.Text?, _ kind: TrafficDescription.Kind, _ location: SourceLocation
    ) {
        document.traffic.append(TrafficDescription(name: name?.string ?? "", kind: kind, location: location))
    }

    private mutating func expectNothing(_ node: Node, _ name: String) {
        if case .mapping(let mapping) = node, mapping.isEmpty { return }
        if reader.isEmpty(node) { return }
        reader.report(
            reader.location(of: node), found: reader.describe(node), expected: "nothing after \"\(name)\": {}")
    }

    mutating func replay(_ node: Node) -> ReplaySettings? {
        guard let fields = reader.fields(of: node, as: ScenarioKeys.Replay.self, "a replay") else { return nil }
        let path = reader.required(.file, of: fields, "a replay").flatMap { reader.existingFile($0, "a capture file") }
        var settings = ReplaySettings(path: path ?? "")
        if let node = fields[.repetitions] {
            settings.repetitions = reader.integer(node, in: 1...1_000_000, "repetitions") ?? 1
        }
        if let node = fields[.limit] { settings.limit = reader.integer(node, in: 1...Int.max, "the limit of frames") }
        if let node = fields[.rate] { settings.rate = rate(node) ?? .line }
        if let node = fields[.timing], let text = reader.choice(node, among: ["capture", "rate"], "timing") {
            if text.string == "rate", fields[.rate] == nil {
                reader.report(text.location, found: "timing \"rate\" without \"rate\"", expected: "the key \"rate\"")
            } else if text.string == "capture", let rate = fields[.rate] {
                reader.report(
                    reader.location(of: rate), found: "a rate beside timing \"capture\"", expected: "timing \"rate\"")
            }
        }
        return path == nil ? nil : settings
    }

    /// `line`, a bit rate or a packet rate.
    private mutating func rate(_ node: Node) -> TrafficRate? {
        let expected = "a rate: line, a bit rate such as 10Gbps or a packet rate such as 1Mpps"
        guard let text = reader.text(node, expected) else { return nil }
        if text.string == "line" { return .line }
        if let rate = try? Quantity.parse(text.string, as: Quantity.packetRate), rate > 0 {
            return .framesPerSecond(rate)
        }
        if let rate = try? Quantity.parse(text.string, as: Quantity.bitRate), rate > 0 { return .bitsPerSecond(rate) }
        let number = text.string.prefix { $0.isNumber || $0 == "." }
        let units = (Quantity.packetRate.units + Quantity.bitRate.units).map(\.name)
        let unit = String(text.string.dropFirst(number.count))
        let sameLetter = units.filter { $0.first?.lowercased() == unit.first?.lowercased() }
        let nearest =
            units.first { $0.lowercased() == unit.lowercased() } ?? NearestName.of(unit, among: sameLetter)
            ?? NearestName.of(unit, among: units)
        reader.report(
            text.location, found: "\"\(text.string)\"", expected: expected,
            suggestion: unit.isEmpty || units.contains(unit) ? nil : nearest.map { number + $0 })
        return nil
    }

    mutating func generator(_ node: Node, isApplication: Bool) -> GeneratorSettings {
        var settings = GeneratorSettings()
        guard let fields = reader.fields(of: node, as: ScenarioKeys.Generate.self, "generated traffic") else {
            return settings
        }
        if let node = fields[.flows] {
            settings.pattern.flowCount = reader.integer(node, in: 1...60_000, "flows") ?? 1
        }
        if let node = fields[.rate] { settings.pattern.rate = rate(node) ?? .line }
        if let node = fields[.burst] { settings.pattern.burst = reader.integer(node, in: 1...65_536, "a burst") ?? 1 }
        if let node = reader.required(.count, of: fields, "generated traffic") {
            settings.pattern.count = reader.integer(node, in: 1...1_000_000_000_000, "the count of frames") ?? 1
        }
        if let node = fields[.transport], let text = reader.choice(node, among: ["udp", "tcp"], "protocol") {
            settings.pattern.transport = text.string == "tcp" ? .tcp : .udp
        }
        if let node = fields[.ip], let text = reader.choice(node, among: ["4", "6"], "IP version") {
            settings.pattern.version6 = text.string == "6"
        }
        if let mac = fields[.source].flatMap({ reader.macAddress($0) }) {
            settings.pattern.source = Self.octets(mac)
            settings.hasSource = true
        }
        if let mac = fields[.destination].flatMap({ reader.macAddress($0) }) {
            settings.pattern.destination = Self.octets(mac)
            settings.hasDestination = true
        }
        readOffloads(fields, into: &settings, isApplication: isApplication)
        if let node = fields[.sizes] {
            settings.pattern.sizes = sizes(node, of: settings, isApplication: isApplication)
        }
        return settings
    }

    private static func octets(_ mac: MACAddress) -> [UInt8] {
        (0..<6).map { UInt8(truncatingIfNeeded: mac.rawValue >> UInt64(40 - 8 * $0)) }
    }

    private mutating func readOffloads(
        _ fields: DocumentReader.Fields<ScenarioKeys.Generate>, into settings: inout GeneratorSettings,
        isApplication: Bool
    ) {
        for key in [ScenarioKeys.Generate.vlan, .segment, .checksums] where !isApplication {
            guard let node = fields[key] else { continue }
            reader.report(
                reader.location(of: node), found: "\"\(key.rawValue)\" at a traffic endpoint",
                expected: "it only where an application generates: the NIC does it")
        }
        if let node = fields[.vlan] { settings.vlan = reader.integer(node, in: 0...4095, "a VLAN identifier") }
        if let node = fields[.segment] {
            settings.segmentByteCount = reader.integer(node, in: 1...16_000, "a segment's bytes of payload")
        }
        if let node = fields[.checksums] { settings.offloadsChecksums = reader.flag(node) ?? true }
    }

    /// One size, `imix`, or a list of sizes, `imix` and `{ size, weight }`.
    private mutating func sizes(_ node: Node, of settings: GeneratorSettings, isApplication: Bool) -> [FrameSize] {
        var items = [node]
        if case .sequence(let sequence) = node { items = Array(sequence) }
        let largest = settings.segmentByteCount == nil ? FramePool.longestFrame : 65_535
        let range = 64...largest
        var sizes: [FrameSize] = []
        for item in items {
            if case .mapping = item {
                guard let fields = reader.fields(of: item, as: ScenarioKeys.Size.self, "a size"),
                    let size = reader.required(.size, of: fields, "a size").flatMap({ self.size($0, range) })
                else { continue }
                let weight = fields[.weight].flatMap { reader.integer($0, in: 1...1_000_000, "a weight") } ?? 1
                sizes.append(FrameSize(byteCount: size, weight: weight))
            } else if item.string == "imix" {
                sizes += FrameSize.internetMix
            } else if let size = size(item, range) {
                sizes.append(FrameSize(byteCount: size, weight: 1))
            }
        }
        if items.isEmpty { reader.report(reader.location(of: node), found: "no size", expected: "a size or imix") }
        return sizes.isEmpty ? settings.pattern.sizes : sizes
    }

    private mutating func size(_ node: Node, _ range: ClosedRange<Int>) -> Int? {
        reader.integer(node, in: range, "imix or a frame's size with its check sequence")
    }
}
