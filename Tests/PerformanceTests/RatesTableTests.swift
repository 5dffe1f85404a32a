import Foundation
import Performance
import Testing

private let isRelease: Bool = {
    #if DEBUG
        false
    #else
        true
    #endif
}()

/// Some million frames: in release only.
@Suite(.enabled(if: isRelease, "skipped: a debug build takes minutes")) struct RatesTableTests {
    private static let root = #filePath.components(separatedBy: "Tests/")[0]

    /// 100 Gb/s carry 148.8 million frames of 64 bytes.
    @Test func eightQueuesFillThePortOfAConnectX6Dx() throws {
        let table = try RatesTable(model: "connectx-6dx", root: Self.root)
        for direction in RatesTable.Cell.Direction.allCases {
            let cell = try #require(
                table.cells.first { $0.direction == direction && $0.queues == 8 && $0.frameByteCount == 64 })
            #expect(abs(cell.rate - 148.81e6) < 0.3e6, "\(direction) \(cell.rate)")
            #expect(cell.limit == "port")
        }
        let one = try #require(table.cells.first { $0.direction == .send && $0.queues == 1 })
        #expect(one.rate < 148e6)
        #expect(one.limit == "latency")
    }

    @Test func theReceivePathIsWhereTheMeasurementsAre() throws {
        let comparison = try ReceiveComparison.run(root: Self.root)
        #expect(comparison.rows.count == 14)
        #expect(comparison.isWithinTargets, "\(comparison.text)")
    }

    /// C0753 to C0758: a third-generation slot of sixteen lanes takes 86 to 87 million frames of 64 bytes.
    @Test func aConnectX5IsLimitedByItsSlot() throws {
        let table = try RatesTable(model: "connectx-5", root: Self.root)
        let cell = try #require(
            table.cells.first { $0.direction == .receive && $0.queues == 4 && $0.frameByteCount == 64 })
        #expect(cell.limit == "pcie-upstream")
        #expect(abs(cell.rate - 86.6e6) < 0.05 * 86.6e6, "\(cell.rate)")
    }
}
