internal import Simulation

extension RunResult {
    /// Everything that the run has to say as one JSON value; times are in picoseconds.
    package var json: JSONValue {
        .object([
            "scenario": .string(scenario), "path": .string(path), "seed": .integer(seed),
            "duration_ps": .integer(duration.picoseconds), "events": .integer(eventCount),
            "passed": .flag(passed), "live": live?.json ?? .null, "failure": failure.map(Self.json) ?? .null,
            "frames": .object(["born": born.json, "delivered": delivered.json, "dropped": dropped.json]),
            "points": .array(
                points.map {
                    .object(["name": .string($0.name), "in": $0.inbound.json, "out": $0.outbound.json])
                }),
            "traffic": .array(
                traffic.map {
                    .object(["name": .string($0.name), "sent": $0.sent.json, "received": $0.received.json])
                }),
            "drops": .array(
                drops.map {
                    .object([
                        "reason": .string("\($0.reason)"), "text": .string($0.reason.description),
                        "frames": .integer($0.tally.frames), "bytes": .integer($0.tally.bytes),
                    ])
                }),
            "latency": latency.json,
            "stages": .array(
                stages.map { .object(["stage": .string("\($0.stage)"), "ps": .integer($0.time.picoseconds)]) }),
            "utilisation": .array(
                utilisation.map {
                    .object([
                        "name": .string($0.name), "kind": .string($0.kind), "busy_ps": .integer($0.busy.picoseconds),
                        "window_ps": .integer($0.window.picoseconds),
                    ])
                }),
            "bottleneck": bottleneck.map { .string($0.name) } ?? .null,
            "counters": .object(
                Dictionary(counters.map { ($0.name, .integer($0.value)) }, uniquingKeysWith: { $1 })),
            "outputs": .array(outputs.map(Self.json)),
            "expectations": .array(expectations.map(Self.json)),
            "accounts": .array(
                accounts.map {
                    .object([
                        "name": .string($0.name), "balances": .flag($0.balances), "text": .string($0.text),
                    ])
                }),
            "commands": .array(commands.map(Self.json)),
            "last_events": .array(
                events.map { .object(["time_ps": .integer($0.time.picoseconds), "text": .string($0.text)]) }),
            "files": .array(files.map { .object(["path": .string($0.path), "frames": .integer($0.frames)]) }),
        ])
    }

    private static func json(_ failure: Failure) -> JSONValue {
        .object([
            "text": .string(failure.text), "location": failure.location.map { .string($0.description) } ?? .null,
        ])
    }

    private static func json(_ output: CommandOutput) -> JSONValue {
        .object([
            "time_ps": .integer(output.time.picoseconds), "host": .string(output.host),
            "command": .string(output.command), "text": .string(output.text), "succeeded": .flag(output.succeeded),
        ])
    }

    private static func json(_ verdict: Verdict) -> JSONValue {
        .object([
            "text": .string(verdict.text), "passed": .flag(verdict.passed), "found": .string(verdict.found),
            "location": .string(verdict.location.description),
        ])
    }

    private static func json(_ command: CommandRecord) -> JSONValue {
        .object([
            "time_ps": .integer(command.time.picoseconds), "function": .string(command.function),
            "text": .string(command.text), "input": .string(hexadecimal(command.input)),
            "output": .string(hexadecimal(command.output)),
        ])
    }
}

extension RunResult.Tally {
    fileprivate var json: JSONValue { .object(["frames": .integer(frames), "bytes": .integer(bytes)]) }
}

extension RunResult.Latency {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "count": .integer(count), "min_ps": .integer(minimum.picoseconds), "max_ps": .integer(maximum.picoseconds),
        ]
        for (percentile, value) in zip(Self.percentiles, values) {
            members["p\(percentileText(percentile))_ps"] = .integer(value.picoseconds)
        }
        return .object(members)
    }
}
