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

    init(
        _ farEnds: [ServeRequest.FarEnd] = [.reflector], count: Int = 1, captures: [String: String] = [:],
        record: String? = nil
    ) {
        folder = NSTemporaryDirectory() + "martlet-" + UUID().uuidString.prefix(8)
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let folder = folder
        paths = (0..<count).map { "\(folder)/\($0).sock" }
        let outputs = captures.sorted { $0.key < $1.key }.map {
            RunOptions.Output(points: [$0.key], path: "\(folder)/\($0.value)")
        }
        var request = ServeRequest(model: "connectx-6dx", sockets: paths, farEnds: farEnds, outputs: outputs)
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

    /// Ends the session and returns its report.
    func end() throws -> RunResult {
        var one: UInt64 = 1
        _ = write(stop.number, &one, 8)
        ended.wait()
        guard let outcome else { preconditionFailure("a session that ended without a report") }
        return try outcome.get()
    }
}
