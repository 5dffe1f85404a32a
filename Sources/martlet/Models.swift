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
        if name == "pcie" { return try compare() }
        let listing = try ModelListing(root: root)
        if let name {
            let model = try listing.model(name)
            print(json ? model.json.text + "\n" : model.text, terminator: "")
        } else {
            print(json ? listing.json.text + "\n" : listing.text, terminator: "")
        }
    }

    private func compare() throws {
        let comparison = try pcieComparison(root: root)
        print(json ? try comparison.json() + "\n" : comparison.table(listsRows: rows), terminator: "")
        if !comparison.isWithinTargets { throw ExitCode(1) }
    }
}
