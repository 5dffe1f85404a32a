/// The valid name that a wrong one was most likely meant to be.
package enum NearestName {
    /// The candidate fewest edits away from `name`, the first of several; `nil` when none is near enough to be meant.
    ///
    /// An edit inserts, removes or replaces a character or exchanges two neighbours. Near enough is one edit for every
    /// three characters, and at least one.
    package static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
        let lowered = Array(name.lowercased().unicodeScalars)
        guard lowered.count <= 100 else { return nil }
        var best: (name: String, edits: Int)?
        for candidate in candidates where candidate != name {
            let edits = distance(lowered, Array(candidate.lowercased().unicodeScalars))
            if edits < best?.edits ?? .max { best = (candidate, edits) }
        }
        guard let best, best.edits <= max(1, (max(lowered.count, best.name.count) + 1) / 3) else { return nil }
        return best.name
    }

    /// Optimal string alignment distance.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
                var edits = min(replaced, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    edits = min(edits, beforePrevious[column - 1] + 1)
                }
                current.append(edits)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
