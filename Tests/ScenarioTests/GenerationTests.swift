import NIC
import Scenario
import Testing

/// Models of four generations: they differ in what they announce, and one scenario runs unchanged on each.
@Suite struct GenerationTests {
    static let generations = ["connectx-4lx-25g", "connectx-5", "connectx-6dx", "bluefield-2"]

    private func model(_ name: String) throws -> DeviceModel {
        try ScenarioFile.loadModel(path: FileMistakeTests.projectFolder + "Models/\(name).yaml")
    }

    @Test(arguments: generations) func oneScenarioRunsOnEveryGeneration(name: String) throws {
        let document = try ScenarioFile.load(
            path: FileMistakeTests.projectFolder + "Scenarios/generations.yaml",
            settings: [.init(name: "model", value: name), .init(name: "count", value: "50")])
        #expect(document.nics[0].model.name == name)
        let result = try runScenario(document)
        #expect(result.failure == nil)
        #expect(result.passed)
    }

    @Test func theGenerationsDiffer() throws {
        let models = try Self.generations.map(model)
        #expect(models.map(\.nic.identity.deviceID) == [0x1015, 0x1019, 0x101d, 0xa2d6])
        #expect(models.map(\.nic.identity.virtualDeviceID) == [0x1016, 0x101a, 0x101e, 0x101e])
        #expect(models.map(\.nic.firmware.version.major) == [14, 16, 22, 24])
        #expect(models.map(\.nic.capacity.virtualFunctionCount) == [62, 127, 127, 127])
        #expect(models.map(\.nic.capacity.subfunctionCount) == [0, 64, 252, 500])
        #expect(models.map(\.nic.capacity.hasEmbeddedProcessors) == [false, false, false, true])
        #expect(models.map { $0.nic.firmware.features.contains(.environmentCounters) } == [false, true, true, true])
    }

    @Test func aScenarioReplacesSingleCapabilitiesOfAModel() throws {
        let text = FileMachineTests.guests.replacing(
            "model: MODEL",
            with: """
                model:
                  base: MODEL
                  source: assumed
                  functions: { virtual-functions: 6, subfunction-registers: 64KiB }
                  features: { clock: false }
                """
        ).replacing("vfs: 4, ", with: "vfs: 6, ")
        let nic = try FileMachineTests.read(text).nics[0]
        #expect(nic.functions[0].virtualFunctionCount == 6)
        #expect(nic.model.nic.capacity.logSubfunctionByteCount == 16)
        #expect(!nic.model.nic.firmware.features.contains(.clock))
        #expect(nic.model.nic.firmware.features.contains(.registerMasks))
    }
}
