import ArgumentParser
import Performance
import Scenario

/// `martlet models`.
struct Models: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the device models, or where one model's numbers come from.",
        discussion: """
            Without a name: the models. With one: every number of that model with its source. With "pcie": how the PCIe
            model compares with published measurements, with "receive": how the receive path does, exit code 1 when a
            target is missed. With "rates": what each model sends and receives by queues, processors and frame size, and
            what limits it.

            Examples:
              martlet models
              martlet models connectx-6dx
              martlet models pcie --rows
              martlet models rates --model connectx-6dx
            """)

    @Argument(help: "A model's name, pcie, receive or rates.")
    var name: String?
    @Option(help: "With rates: only this model.")
    var model: String?
    @Option(help: "The folder that holds the folder Models.")
    var root = "."
    @Flag(help: "With pcie: also every row.")
    var rows = false
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        if name == "pcie" { return try compare() }
        if name == "receive" { return try compareReceiving() }
        if name == "rates" { return try measureRates() }
        let listing = try ModelListing(root: root)
        if let name {
            let model = try listing.model(name)
            print(json ? model.json.text + "\n" : model.text, terminator: "")
        } else {
            print(json ? listing.json.text + "\n" : listing.text, terminator: "")
        }
    }

    private func compareReceiving() throws {
        let comparison = try ReceiveComparison.run(root: root)
        print(json ? comparison.json.text + "\n" : comparison.text, terminator: "")
        if !comparison.isWithinTargets { throw ExitCode(1) }
    }

    private func measureRates() throws {
        if let model, !RatesTable.models.contains(model) {
            let names = RatesTable.models.joined(separator: ", ")
            throw InputError(text: "found the model \(model), expected one with ports: \(names)")
        }
        var tables: [(String, JSONValue)] = []
        for name in model.map({ [$0] }) ?? RatesTable.models {
            let table = try RatesTable(model: name, root: root)
            if json { tables.append((name, table.json)) } else { print(table.text) }
        }
        if json { print(JSONValue.object(Dictionary(tables, uniquingKeysWith: { $1 })).text) }
    }

    private func compare() throws {
        let comparison = try pcieComparison(root: root)
        print(json ? try comparison.json() + "\n" : comparison.table(listsRows: rows), terminator: "")
        if !comparison.isWithinTargets { throw ExitCode(1) }
    }
}
