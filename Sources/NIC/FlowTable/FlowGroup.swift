package import Wire

/// A flow group: entries of a table that compare the same fields (native interface, section 6.5).
package struct FlowGroup: Sendable {
    package let identifier: Int
    /// Flow indexes of its entries, first and last.
    package let first: Int
    package let last: Int
    package let criteria: MatchCriteria
    /// The 512 bytes of the mask.
    package let mask: [UInt8]

    /// Reads the input of `CREATE_FLOW_GROUP`.
    package init(decoding command: Record, identifier: Int) {
        self.identifier = identifier
        first = Int(command.get(CreateFlowGroup.startFlowIndex))
        last = Int(command.get(CreateFlowGroup.endFlowIndex))
        criteria = MatchCriteria(rawValue: UInt8(command.get(CreateFlowGroup.matchCriteriaEnable)))
        let start = CreateFlowGroup.matchCriteria
        mask = Array(command.bytes[start..<start + MatchParameters.byteCount])
    }
}
