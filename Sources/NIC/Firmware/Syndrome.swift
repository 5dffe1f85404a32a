package import Wire

/// Why a command failed: the second word of its output, free-form in the native interface (section 2.3).
///
/// Every place that refuses a command throws one of these and no other place throws the same for another reason, so
/// that the word alone finds the rule. The command status is `status`, the rule in words `text`;
/// `Documentation/Syndromes.md` lists them all.
package enum Syndrome: UInt32, CaseIterable, Error, Sendable {
    // Any command.
    case unknownOpcode = 0x0101
    case opcodeNotModelled = 0x0102
    case inputTooShort = 0x0103
    case inputTailNotZero = 0x0104
    case outputTooShort = 0x0105
    case badOperationModifier = 0x0106
    case notEnabled = 0x0107
    case notInitialized = 0x0108
    case interfaceTooOld = 0x0109
    case userContextUnknown = 0x010a
    case otherFunction = 0x010b
    case otherVport = 0x010c

    // Life cycle and capabilities.
    case alreadyEnabled = 0x0201
    case alreadyInitialized = 0x0202
    case disableWhileInitialized = 0x0203
    case bootPagesMissing = 0x0204
    case initializationPagesMissing = 0x0205
    case interfaceVersionUnknown = 0x0206
    case interfaceVersionTooLate = 0x0207
    case capabilityTypeUnknown = 0x0208
    case capabilityModeUnknown = 0x0209
    case capabilityTooLarge = 0x020a
    case capabilityNotSettable = 0x020b
    case capabilityTooLate = 0x020c
    case teardownProfileUnknown = 0x020d
    case vectorCountOutside = 0x020e
    case vectorsExhausted = 0x020f
    case subfunctionState = 0x0210

    // Pages.
    case pageMisaligned = 0x0301
    case pageUnreachable = 0x0302
    case pageGivenTwice = 0x0303
    case pageListTooShort = 0x0304
    case outOfPages = 0x0305
    case pageAnswerTooShort = 0x0306

    // An object that is named does not exist; the last digit is its kind.
    case missingUAR = 0x0400
    case missingProtectionDomain = 0x0401
    case missingTransportDomain = 0x0402
    case missingMemoryKey = 0x0403
    case missingEventQueue = 0x0404
    case missingCompletionQueue = 0x0405
    case missingSendQueue = 0x0406
    case missingReceiveQueue = 0x0407
    case missingTransportSend = 0x0408
    case missingTransportReceive = 0x0409
    case missingQueueTable = 0x040a
    case missingQueueCounter = 0x040b
    case missingFlowTable = 0x040c
    case missingFlowGroup = 0x040d
    case missingFlowEntry = 0x040e
    case missingFlowCounter = 0x040f

    // An object to be destroyed is in use; the last digit is its kind.
    case busyUAR = 0x0500
    case busyProtectionDomain = 0x0501
    case busyTransportDomain = 0x0502
    case busyMemoryKey = 0x0503
    case busyEventQueue = 0x0504
    case busyCompletionQueue = 0x0505
    case busySendQueue = 0x0506
    case busyReceiveQueue = 0x0507
    case busyTransportSend = 0x0508
    case busyTransportReceive = 0x0509
    case busyQueueTable = 0x050a
    case busyQueueCounter = 0x050b
    case busyFlowTable = 0x050c
    case busyFlowGroup = 0x050d
    case busyFlowEntry = 0x050e
    case busyFlowCounter = 0x050f

    // There can be no more objects; the last digit is their kind.
    case limitUAR = 0x0600
    case limitProtectionDomain = 0x0601
    case limitTransportDomain = 0x0602
    case limitMemoryKey = 0x0603
    case limitEventQueue = 0x0604
    case limitCompletionQueue = 0x0605
    case limitSendQueue = 0x0606
    case limitReceiveQueue = 0x0607
    case limitTransportSend = 0x0608
    case limitTransportReceive = 0x0609
    case limitQueueTable = 0x060a
    case limitQueueCounter = 0x060b
    case limitFlowTable = 0x060c
    case limitFlowGroup = 0x060d
    case limitFlowEntry = 0x060e
    case limitFlowCounter = 0x060f

    // Queues.
    case queueTooLarge = 0x0701
    case queueAddressesMissing = 0x0702
    case queueAddressMisaligned = 0x0703
    case queuePageOffset = 0x0704
    case vectorUnknown = 0x0705
    case completionSizeUnknown = 0x0706
    case completionFeature = 0x0707
    case doorbellRecordMisaligned = 0x0708
    case queueNotReset = 0x0709
    case queueStateDiffers = 0x070a
    case queueTransition = 0x070b
    case workQueueType = 0x070c
    case workQueueStride = 0x070d
    case workQueueFeature = 0x070e
    case userMemory = 0x070f
    case transportSendCount = 0x0710
    case inlineModeUnknown = 0x0711
    case modifyFieldUnknown = 0x0712
    case resizeNotModelled = 0x0713
    case queuePageSize = 0x0714

    // Transport interfaces and receive queue tables.
    case dispatchUnknown = 0x0801
    case hashFunctionUnknown = 0x0802
    case transportFeature = 0x0803
    case tableSize = 0x0811
    case tableListTooShort = 0x0812
    case tableListType = 0x0813

    // Memory keys.
    case accessModeNotModelled = 0x0901
    case translationsMissing = 0x0902
    case translationPageSize = 0x0903
    case translationTooShort = 0x0904
    case memoryKeyFeature = 0x0905
    case translationMisaligned = 0x0906

    // Flow tables.
    case tableTypeNotModelled = 0x0a01
    case tableLevel = 0x0a02
    case flowTableSize = 0x0a03
    case missAction = 0x0a04
    case forwardDown = 0x0a05
    case tableTypeDiffers = 0x0a06
    case groupRange = 0x0a07
    case groupCriteria = 0x0a08
    case flowIndexOutside = 0x0a09
    case entryGroup = 0x0a0a
    case actionNotModelled = 0x0a0b
    case destinationType = 0x0a0c
    case destinationCount = 0x0a0d
    case destinationListTooShort = 0x0a0e
    case tableFeature = 0x0a0f
    case actionContradiction = 0x0a11
    case counterBulk = 0x0a12
    case counterAnswerTooShort = 0x0a13
    case groupOverlap = 0x0a14
    case groupField = 0x0a15
    case groupCriteriaEmpty = 0x0a16
    case valueOutsideMask = 0x0a17
    case entryDuplicate = 0x0a18
    case destinationTable = 0x0a19
    case tableVportDiffers = 0x0a1a
    case eswitchManagerOnly = 0x0a1b
    case foreignOwner = 0x0a1c
    case vportMissing = 0x0a1d
    case eswVportField = 0x0a1e
    case schedulingElement = 0x0a1f
    case schedulingMissing = 0x0a20
    case schedulingBusy = 0x0a21

    // Vports and address tables.
    case vportListType = 0x0b01
    case vportListTooLong = 0x0b02
    case vportMTU = 0x0b03
    case vportListTooShort = 0x0b04
    case vportFieldReadOnly = 0x0b05
    case addressTableIndex = 0x0b06
    case vxlanPortUnknown = 0x0b07
    case vxlanPortLimit = 0x0b08
    case vportAdminState = 0x0b09
    case vportAddress = 0x0b0a

    // Registers.
    case registerUnknown = 0x0c01
    case registerPort = 0x0c02
    case registerReadOnly = 0x0c03
    case registerDataTooShort = 0x0c04
    case portAdminStatus = 0x0c05
    case counterGroup = 0x0c06
    case portProtocol = 0x0c08
    case registerNotPermitted = 0x0c09

    /// No object of `kind` has the number that the command names.
    package static func missing(_ kind: ObjectKind) -> Syndrome { of(kind, 0x0400) }
    /// The object of `kind` to be destroyed is in use.
    package static func busy(_ kind: ObjectKind) -> Syndrome { of(kind, 0x0500) }
    /// There can be no more objects of `kind`.
    package static func limit(_ kind: ObjectKind) -> Syndrome { of(kind, 0x0600) }

    private static func of(_ kind: ObjectKind, _ base: UInt32) -> Syndrome {
        guard let syndrome = Syndrome(rawValue: base + kind.rawValue) else {
            preconditionFailure("a kind of object without its syndromes")
        }
        return syndrome
    }

    /// The command status that goes with it.
    package var status: CommandStatus {
        switch rawValue {
        case 0x0400..<0x0500: .badResource
        case 0x0500..<0x0600: .resourceBusy
        case 0x0600..<0x0700: .limitsExceeded
        default: statusOfRule
        }
    }

    private var statusOfRule: CommandStatus {
        switch self {
        case .unknownOpcode, .opcodeNotModelled: .badOpcode
        case .inputTooShort, .inputTailNotZero, .pageListTooShort, .tableListTooShort, .destinationListTooShort,
            .vportListTooShort, .registerDataTooShort, .queueAddressesMissing, .translationsMissing:
            .badInputLength
        case .outputTooShort, .pageAnswerTooShort, .counterAnswerTooShort: .badOutputLength
        case .notEnabled, .notInitialized, .interfaceTooOld, .alreadyEnabled, .alreadyInitialized,
            .disableWhileInitialized, .bootPagesMissing, .initializationPagesMissing, .interfaceVersionTooLate,
            .capabilityTooLate:
            .badSystemState
        case .outOfPages, .vectorsExhausted: .noResources
        case .schedulingMissing: .badResource
        case .schedulingBusy: .resourceBusy
        case .queueStateDiffers, .queueTransition, .subfunctionState: .badResourceState
        case .otherFunction, .otherVport, .vportMissing, .flowIndexOutside, .addressTableIndex, .registerPort: .badIndex
        case .vxlanPortLimit, .vportListTooLong: .limitsExceeded
        default: .badParameter
        }
    }
}
