package import NIC

extension PCIeParameters {
    /// Sets the parameter that a model file calls `name`; says whether there is one.
    package mutating func set(_ name: String, to value: UInt64) -> Bool {
        setLink(name, Int(value)) || setEngine(name, value) || setRootComplex(name, value)
            || setTranslation(name, value)
    }

    private mutating func setLink(_ name: String, _ value: Int) -> Bool {
        switch name {
        case "generation": generation = value
        case "laneCount": laneCount = value
        case "maxPayloadByteCount": maxPayloadByteCount = value
        case "maxReadRequestByteCount": maxReadRequestByteCount = value
        case "readCompletionBoundary": readCompletionBoundary = value
        case "readCompletionByteCount": readCompletionByteCount = value
        case "addressBitCount": addressBitCount = value
        case "dataLinkOverhead": dataLinkOverhead = UInt64(value)
        case "tagCount": tagCount = value
        case "postedHeaderCredits": postedCredits.header = value
        case "postedDataCredits": postedCredits.data = value
        case "nonPostedHeaderCredits": nonPostedCredits.header = value
        case "completionHeaderCredits": completionCredits.header = value
        case "completionDataCredits": completionCredits.data = value
        case "creditReturnLatency": creditReturnLatency = UInt64(value)
        default: return false
        }
        return true
    }

    private mutating func setEngine(_ name: String, _ value: UInt64) -> Bool {
        switch name {
        case "readEngineLatency": readEngineLatency = value
        case "writeEngineLatency": writeEngineLatency = value
        case "readIssueInterval": readIssueInterval = value
        case "writeIssueInterval": writeIssueInterval = value
        case "writeUnitByteCount": writeUnitByteCount = Int(value)
        case "writeUnitInterval": writeUnitInterval = value
        case "writeGap": writeGap = value
        case "readMoveTime": readMoveTime = value
        case "writeMoveTime": writeMoveTime = value
        default: return false
        }
        return true
    }

    private mutating func setRootComplex(_ name: String, _ value: UInt64) -> Bool {
        switch name {
        case "readLatency": readLatency = value
        case "coldPenalty": coldPenalty = value
        case "readRequestInterval": readRequestInterval = value
        case "readLineInterval": readLineInterval = value
        case "writeInterval": writeInterval = value
        case "writeVisibilityLatency": writeVisibilityLatency = value
        case "registerWriteLatency": registerWriteLatency = value
        case "registerReadLatency": registerReadLatency = value
        case "registerAccessTime": registerAccessTime = value
        case "messageLatency": messageLatency = value
        default: return false
        }
        return true
    }

    private mutating func setTranslation(_ name: String, _ value: UInt64) -> Bool {
        switch name {
        case "translationEntryCount": translationEntryCount = Int(value)
        case "translationWayCount": translationWayCount = Int(value)
        case "translationPageByteCount": translationPageByteCount = Int(value)
        case "translationMissLatency": translationMissLatency = value
        case "translationWalkCount": translationWalkCount = Int(value)
        case "translationReadHold": translationReadHold = value
        default: return false
        }
        return true
    }
}
