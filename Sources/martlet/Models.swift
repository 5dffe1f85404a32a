import ArgumentParser
import Performance
import Scenario

/// `martlet models`.
struct Models: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the device models, or where one model's numbers come from.",
        discussion: """
            Without a name: the models. With one: every number of that model with its source. With "pcie": how the PCIe
            model compares with published measurements, exit code 1 when a section misses its target.

            Examples:
              martlet models
              martlet models connectx-6dx
              martlet models pcie --rows
            """)

    @Argument(help: "A model's name, or pcie.")
    var name: String?
    @Option(help: "The folder that holds the folder Models.")
    var root = "."
    @Flag(help: "With pcie: also every row.")
    var rows = false
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        guard let name else { return try list() }
        guard name == "pcie" else { return try show(name) }
        let comparison = try pcieComparison(root: root)
        print(json ? try comparison.json() : comparison.table(listsRows: rows), terminator: json ? "\n" : "")
        if !comparison.isWithinTargets { throw ExitCode(1) }
    }

    private func list() throws {
        let models = try ModelListing.all(root: root)
        print(json ? ModelListing.json(models).text : ModelListing.text(models), terminator: json ? "\n" : "")
    }

    private func show(_ name: String) throws {
        let model = try ModelListing.find(name, root: root)
        print(json ? ModelListing.json(model).text : ModelListing.text(model), terminator: json ? "\n" : "")
    }
}
