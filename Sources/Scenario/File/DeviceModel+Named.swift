extension DeviceModel {
    /// The model of that name in `Models`, or in the file of that path; `option` is where the user named it.
    ///
    /// - Throws: `ScenarioError` when there is none, or with every mistake in it.
    package static func named(_ name: String, option: String) throws(ScenarioError) -> DeviceModel {
        let isPath = name.contains("/") || name.hasSuffix(".yaml")
        let path = isPath ? name : "Models/\(name).yaml"
        if FilePlace.isFile(path) { return try ScenarioFile.loadModel(path: path) }
        let valid = FilePlace.names(in: "Models").filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
        throw ScenarioError([
            Mistake(
                SourceLocation(file: option), found: "the unknown device model \"\(name)\"",
                expected: valid.isEmpty ? "a file in Models/ of the current folder" : DocumentReader.list(valid),
                suggestion: NearestName.of(name, among: valid))
        ])
    }
}
