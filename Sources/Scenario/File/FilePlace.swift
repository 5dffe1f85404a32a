internal import Foundation

/// Where a scenario's files are looked for.
enum FilePlace {
    /// The folder that holds the scenario's folder, with a final slash; empty for the current folder.
    static func project(of scenario: String) -> String {
        let folder = (scenario as NSString).deletingLastPathComponent
        let name = (folder as NSString).lastPathComponent
        guard !folder.isEmpty, folder != "." else { return "../" }
        let parent = (folder as NSString).deletingLastPathComponent
        if name == ".." { return folder + "/../" }
        return parent.isEmpty ? "" : parent == "/" ? "/" : parent + "/"
    }

    /// Whether a file that is not a folder can be read at `path`.
    static func isFile(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        return exists && !isDirectory.boolValue && FileManager.default.isReadableFile(atPath: path)
    }

    /// The names in a folder, sorted; none when it cannot be read.
    static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }
}
