internal import Capture

/// A request as the record of its session begins with it: a line for each setting.
extension ServeRequest {
    var recordText: String {
        var lines = ["martlet=\(GoldenTrace.martletVersion)"]
        if let scenario {
            lines += ["scenario=\(scenario.path)", "seed=\(seed)"]
            lines += scenario.settings.map { "set=\($0.name)=\($0.value)" }
            return (lines + scenario.functions.map { "function=\($0)" }).joined(separator: "\n")
        }
        lines += ["model=\(model)", "functions=\(sockets.count)", "seed=\(seed)"]
        for end in farEnds {
            switch end {
            case .reflector: lines.append("wire=reflector")
            case .tap(let name): lines.append("wire=tap:\(name)")
            case .sink: lines.append("wire=sink")
            case .replay(let path): lines.append("wire=replay:\(path)")
            case .join: lines.append("wire=join")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The request that `text` was made from; its sockets have numbers for names.
    ///
    /// - Throws: what is wrong with the text, as a place in `record`.
    init(recorded text: String, record: SessionRecord) throws(CaptureError) {
        self.init(model: "", sockets: [], farEnds: [])
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw record.reader.damaged("\"\(line)\"", expected: "NAME=VALUE") }
            switch parts[0] {
            case "model": model = parts[1]
            case "seed": seed = UInt64(parts[1]) ?? 1
            case "scenario": scenario = Scenario(path: parts[1], functions: [])
            case "set":
                let pair = parts[1].split(separator: "=", maxSplits: 1).map(String.init)
                guard pair.count == 2 else { throw record.reader.damaged("\"\(line)\"", expected: "set=NAME=VALUE") }
                scenario?.settings.append(ScenarioDocument.Setting(name: pair[0], value: pair[1]))
            case "function":
                scenario?.functions.append(parts[1])
                sockets.append(parts[1])
            case "functions": sockets = (0..<min(Int(parts[1]) ?? 0, 16)).map { "\($0)" }
            case "wire":
                guard let end = FarEnd(parts[1]) else {
                    throw record.reader.damaged("the wire \"\(parts[1])\"", expected: FarEnd.forms)
                }
                farEnds.append(end)
            default: break
            }
        }
        guard scenario == nil else { return }
        guard !sockets.isEmpty, farEnds.count == 1 || farEnds.count == sockets.count else {
            throw record.reader.damaged("\(farEnds.count) wires for \(sockets.count) functions", expected: "as many")
        }
    }
}

extension ServeRequest.FarEnd {
    /// The forms that `init` understands.
    package static let forms = "reflector, tap:NAME, sink, replay:FILE or join"

    /// The end that `text` names; `nil` when it has none of the forms.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("reflector", 1): self = .reflector
        case ("sink", 1): self = .sink
        case ("join", 1): self = .join
        case ("tap", 2): self = .tap(name: parts[1])
        case ("replay", 2): self = .replay(path: parts[1])
        default: return nil
        }
    }
}
