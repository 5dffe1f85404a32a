/// The name of an auxiliary device taken apart: `mlx5_core.eth.2`.
struct AuxiliaryName {
    var kind: AuxiliaryKind
    var number: Int

    /// Understands `text`; `nil` when it is not such a name.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "mlx5_core", let kind = AuxiliaryKind(rawValue: String(parts[1])),
            let number = Int(parts[2]), number >= 0
        else { return nil }
        self.kind = kind
        self.number = number
    }
}
