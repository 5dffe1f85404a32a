import Foundation
import Scenario
import Testing

/// The JSON Schema for editors says what the parser says.
@Suite struct FileSchemaTests {
    static let project = FileMistakeTests.projectFolder
    static let path = project + "Documentation/scenario.schema.json"

    @Test func theSchemaNamesTheParsersKeys() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: Self.path))
        let root = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let definitions = try #require(root["$defs"] as? [String: Any])
        for (name, keys) in ScenarioFile.keysByDefinition {
            let definition = try #require(definitions[name] as? [String: Any], "the schema has no \(name)")
            let properties = try #require(definition["properties"] as? [String: Any])
            #expect(properties.keys.sorted() == keys.sorted(), "\(name)")
        }
    }

    static let paths =
        (try? FileManager.default.contentsOfDirectory(atPath: project + "Scenarios"))?
        .filter { $0.hasSuffix(".yaml") }.sorted().map { project + "Scenarios/" + $0 } ?? []

    @Test(arguments: paths) func everyScenarioOfTheProjectIsRead(path: String) throws {
        let document = try ScenarioFile.load(path: path)
        #expect(!document.expectations.isEmpty)
        #expect(path.hasSuffix("/\(document.name).yaml"))
    }

    /// Needs Python with `jsonschema` and `yaml`; says so where they are missing.
    @Test func everyScenarioPassesTheSchema() throws {
        let program = """
            import glob, json, sys
            try:
                import jsonschema, yaml
            except ImportError as error:
                print(error); sys.exit(77)
            validator = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
            for path in sys.argv[2:]:
                for error in validator.iter_errors(yaml.safe_load(open(path))):
                    print(path, list(error.absolute_path), error.message); sys.exitcode = 1
            sys.exit(getattr(sys, "exitcode", 0))
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program, Self.path] + Self.paths
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationStatus == 77 || process.terminationStatus == 127 {
            print("skipped: python3 with jsonschema and yaml is not there (\(text))")
        } else {
            #expect(process.terminationStatus == 0, "\(text)")
        }
    }
}
