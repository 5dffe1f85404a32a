/// Text that the tools print.
extension FunctionDriver {
    func report(_ kind: ReportKind) -> String {
        switch kind {
        case .none: ""
        case .statistics:
            counters.reduce("NIC statistics:\n") { $0 + "     \($1.name): \($1.value)\n" }
        default: ""
        }
    }
}
