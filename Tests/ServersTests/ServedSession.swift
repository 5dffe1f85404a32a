import CSockets
import Foundation
import Scenario
import Servers

/// `serve` on a thread of its own, with sockets in a folder of its own.
final class ServedSession: @unchecked Sendable {
    let folder: String
    /// The sockets, in the order of the functions.
    let paths: [String]
    private let stop = Descriptor(martlet_event())
    private let ended = DispatchSemaphore(value: 0)
    private var outcome: Result<RunResult, ScenarioError>?

    convenience init(
        _ farEnds: [ServeRequest.FarEnd] = [.reflector], count: Int = 1, captures: [String: String] = [:],
        record: String? = nil
    ) {
        self.init(count: count, captures: captures, record: record) { _, sockets in
            ServeRequest(model: "connectx-6dx", sockets: sockets, farEnds: farEnds)
        }
    }

    /// Serves functions of a scenario, which is written to `served.yaml`; the console is `console` in the folder.
    convenience init(
        scenario text: String, _ functions: [String], captures: [String: String] = [:], record: String? = nil
    ) {
        self.init(count: functions.count, captures: captures, record: record) { folder, sockets in
            let path = "\(folder)/served.yaml"
            try? text.write(toFile: path, atomically: true, encoding: .utf8)
            var request = ServeRequest(.init(path: path, functions: functions), sockets: sockets)
            request.console = "\(folder)/console"
            return request
        }
    }

    private init(
        count: Int, captures: [String: String], record: String?, _ request: (String, [String]) -> ServeRequest
    ) {
        folder = NSTemporaryDirectory() + "martlet-" + UUID().uuidString.prefix(8)
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let folder = folder
        paths = (0..<count).map { "\(folder)/\($0).sock" }
        var request = request(folder, paths)
        request.outputs = captures.sorted { $0.key < $1.key }.map {
            RunOptions.Output(points: [$0.key], path: "\(folder)/\($0.value)")
        }
        request.record = record.map { "\(folder)/\($0)" }
        let asked = request
        let thread = Thread { [self] in
            do throws(ScenarioError) {
                outcome = .success(try serve(asked, until: StopSignal(stop)) { _ in })
            } catch {
                outcome = .failure(error)
            }
            ended.signal()
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// What our driver on a host answers to a command line at the console: status and output.
    func type(_ line: String) throws -> (status: Int, text: String) {
        var number = martlet_connect("\(folder)/console")
        for _ in 0..<200 where number < 0 {
            usleep(10_000)
            number = martlet_connect("\(folder)/console")
        }
        guard number >= 0 else { throw VFIOClient.Gone() }
        let console = Descriptor(number)
        let bytes = Array("\(line)\n".utf8)
        guard write(console.number, bytes, bytes.count) == bytes.count else { throw VFIOClient.Gone() }
        var answer: [UInt8] = []
        while true {
            if let end = answer.firstIndex(of: 10) {
                let head = String(decoding: answer[..<end], as: UTF8.self)
                let numbers = head.split(separator: " ").compactMap { Int($0) }
                guard numbers.count == 2 else { throw VFIOClient.Gone() }
                if answer.count >= end + 1 + numbers[1] {
                    return (numbers[0], String(decoding: answer[(end + 1)...], as: UTF8.self))
                }
            }
            var piece = [UInt8](repeating: 0, count: 4096)
            let count = read(console.number, &piece, piece.count)
            guard count > 0 else { throw VFIOClient.Gone() }
            answer += piece[..<count]
        }
    }

    /// Ends the session and returns its report.
    func end() throws -> RunResult {
        var one: UInt64 = 1
        _ = write(stop.number, &one, 8)
        ended.wait()
        guard let outcome else { preconditionFailure("a session that ended without a report") }
        return try outcome.get()
    }
}
