import Scenario
import Simulation
import Testing

/// When steps happen: `at` counts from the start of the run, `after` from the end of the step before.
@Suite struct StepTimeTests {
    /// The outputs of a scenario whose steps are `steps`.
    private func outputs(_ steps: String) throws -> [RunResult.CommandOutput] {
        let text = FileMistakeTests.right.replacing("MODEL", with: FileMistakeTests.model)
        let start = try #require(text.firstRange(of: "steps:")).lowerBound
        let result = try runScenario(ScenarioFile.parse(text[..<start] + "steps:\n" + steps, name: "example.yaml"))
        #expect(result.failure == nil)
        return result.outputs
    }

    @Test func aStepIsNotBeforeItsTime() throws {
        let times = try outputs(
            """
              - { at: 50ms, run: ethtool -k eth0 }
              - { at: 40ms, run: ethtool -k eth0 }
              - { at: 70ms, run: ethtool -k eth0 }
            """
        ).map(\.time)
        // Reading features asks nothing of the device.
        #expect(times == [50, 50, 70].map { .zero + .milliseconds($0) })
    }

    @Test func aDelayCountsFromTheStepBefore() throws {
        let times = try outputs(
            """
              - { at: 50ms, run: ethtool -k eth0 }
              - { after: 3us, run: ethtool -k eth0 }
              - wait: 1.5us
              - { after: 2ns, run: ethtool -k eth0 }
              - { at: 49ms, after: 5ns, run: ethtool -k eth0 }
            """
        ).map(\.time)
        let start = SimTime.zero + .milliseconds(50)
        #expect(
            times == [start, start + .microseconds(3), start + .nanoseconds(4502), start + .nanoseconds(4507)])
    }
}
