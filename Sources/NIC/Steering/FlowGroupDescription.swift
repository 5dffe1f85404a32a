package import Wire

/// What `CREATE_FLOW_GROUP` says about a group.
package struct FlowGroupDescription: Sendable {
    /// What is wrong with a mask.
    package enum MaskError: Error {
        /// A match set is enabled that the device does not have.
        case setUnknown
        /// A match set is enabled and nothing of it masked.
        case setEmpty
        /// A bit is masked that the device cannot compare.
        case fieldUnknown
    }

    let first: UInt32
    let last: UInt32
    let criteria: MatchCriteria
    let masks: [FlowGroup.MaskWord]

    /// Reads the input of the command.
    package init(decoding command: Record) throws(MaskError) {
        first = command.get(CreateFlowGroup.startFlowIndex)
        last = command.get(CreateFlowGroup.endFlowIndex)
        criteria = MatchCriteria(rawValue: UInt8(command.get(CreateFlowGroup.matchCriteriaEnable)))
        guard criteria.subtracting([.outer, .misc, .inner, .misc2, .misc3]).isEmpty else { throw .setUnknown }
        var masks: [FlowGroup.MaskWord] = []
        for set in 0..<FlowKey.wordCount / FlowKey.setWordCount where criteria.rawValue >> UInt8(set) & 1 != 0 {
            let count = masks.count
            for word in set * FlowKey.setWordCount..<(set + 1) * FlowKey.setWordCount {
                let bits = command.get64(CreateFlowGroup.matchCriteria + word * 8)
                guard bits & ~MatchFields.comparable(word) == 0 else { throw .fieldUnknown }
                if bits != 0 { masks.append(FlowGroup.MaskWord(word: word, bits: bits)) }
            }
            if masks.count == count { throw .setEmpty }
        }
        self.masks = masks
    }
}
