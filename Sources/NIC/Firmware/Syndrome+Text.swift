import Wire

extension Syndrome {
    /// The rule that was broken, in words.
    package var text: String {
        switch rawValue {
        case 0x0400..<0x0500: "No \(kind.name) has the number that the command names."
        case 0x0500..<0x0600: "The \(kind.name) to be destroyed is in use by another object."
        case 0x0600..<0x0700: "The function can have no more objects of the kind \(kind.name)."
        default: textOfRule
        }
    }

    private var kind: ObjectKind { ObjectKind.allCases[Int(rawValue & 0xff)] }

    private var textOfRule: String {
        switch rawValue >> 8 {
        case 1: textOfCommand
        case 2, 3: textOfLifeCycle
        case 7: textOfQueue
        case 8, 9: textOfTransport
        case 0xa: textOfFlow
        default: textOfPort
        }
    }

    private var textOfCommand: String {
        switch self {
        case .unknownOpcode: "The opcode is none of the native interface's."
        case .opcodeNotModelled: "The command exists, but no capability that this device has announces it."
        case .inputTooShort: "The input is shorter than the command's fields."
        case .inputTailNotZero: "The input is longer than the command and what follows the command is not zero."
        case .outputTooShort: "The output has no room for status and syndrome."
        case .badOperationModifier: "The command does not know this operation modifier."
        case .notEnabled: "ENABLE_HCA must come first."
        case .notInitialized: "INIT_HCA must come first."
        case .interfaceTooOld: "SET_ISSI must have chosen version 1 first."
        case .userContextUnknown: "The user context (uid) does not exist; only the kernel's, 0, does."
        case .otherFunction: "The command names another function, and this one does not manage it."
        default: "The command names another vport, and this function does not manage it."
        }
    }

    private var textOfLifeCycle: String {
        switch self {
        case .alreadyEnabled: "The function is enabled already."
        case .alreadyInitialized: "The function is initialized already."
        case .disableWhileInitialized: "TEARDOWN_HCA must come before DISABLE_HCA."
        case .bootPagesMissing: "The pages that QUERY_PAGES (boot) asked for have not all been given."
        case .initializationPagesMissing: "The pages that QUERY_PAGES (init) asked for have not all been given."
        case .interfaceVersionUnknown: "QUERY_ISSI does not offer this version."
        case .interfaceVersionTooLate: "SET_ISSI must come before INIT_HCA."
        case .capabilityTypeUnknown: "The device has no capabilities of this type."
        case .capabilityModeUnknown: "Capabilities of this type cannot be set."
        case .capabilityTooLarge: "A capability was set above its maximum."
        case .capabilityNotSettable: "A capability that the driver cannot choose differs from its current value."
        case .capabilityTooLate: "SET_HCA_CAP must come before INIT_HCA."
        case .teardownProfileUnknown: "The device does not offer this teardown profile."
        case .vectorCountOutside: "A virtual function cannot have so few or so many interrupt vectors."
        case .vectorsExhausted: "The other virtual functions have the interrupt vectors that were asked for."
        case .subfunctionState: "The subfunction is not in a state in which it can do this."
        case .pageMisaligned: "The address of a page is not a multiple of 4096, or is zero."
        case .pageUnreachable: "The function cannot read and write the page that it was given."
        case .pageGivenTwice: "The page has been given before."
        case .pageListTooShort: "The list has fewer addresses than the command says."
        case .pageAnswerTooShort: "The output has no room for the addresses that were asked for."
        default: "The driver has given too few pages for another object."
        }
    }

    private var textOfQueue: String {
        switch self {
        case .queueTooLarge: "The queue is larger than the capabilities permit."
        case .queueAddressesMissing: "The list of page addresses is shorter than the queue needs."
        case .queueAddressMisaligned: "A page address is not a multiple of the page size."
        case .queuePageOffset: "The offset into the first page leaves too little of the pages for the queue."
        case .vectorUnknown: "The function has no such interrupt vector."
        case .completionSizeUnknown: "The size of a completion is none of the known ones."
        case .completionFeature: "The completion queue asks for something that no capability announces."
        case .doorbellRecordMisaligned: "The address of the doorbell record is not a multiple of 8."
        case .queueNotReset: "A queue can only be created in the state RST."
        case .queueStateDiffers: "The queue is not in the state that the command says it is in."
        case .queueTransition: "A queue cannot go from its state to the one asked for."
        case .workQueueType: "The work queue's type does not go with this queue or is not announced."
        case .workQueueStride: "The work queue's stride is too small or too large."
        case .workQueueFeature: "The queue asks for something that no capability announces."
        case .userMemory: "The function has no user memory objects."
        case .transportSendCount: "An SQ has at most one TIS."
        case .inlineModeUnknown: "The inline mode is none of the known ones."
        case .modifyFieldUnknown: "The mask of fields to modify names one that cannot be modified."
        case .resizeNotModelled: "The queue cannot be resized."
        default: "The page size is larger than 2 GiB."
        }
    }

    private var textOfTransport: String {
        switch self {
        case .dispatchUnknown: "The dispatch type is neither direct nor indirect."
        case .hashFunctionUnknown: "The hash function is none of the known ones."
        case .transportFeature: "The transport interface asks for something that no capability announces."
        case .tableSize: "The RQT is empty, larger than its maximum, or larger than the capabilities permit."
        case .tableListTooShort: "The list has fewer entries than the RQT's size."
        case .tableListType: "The RQT can only hold RQs."
        case .accessModeNotModelled: "Memory keys of this access mode are not announced."
        case .translationsMissing: "The translation list is shorter than the command says."
        case .translationPageSize: "The translation's page size is below 4 KiB or above 2 GiB."
        case .translationTooShort: "The translation list does not cover the key's length."
        case .memoryKeyFeature: "The memory key asks for something that no capability announces."
        default: "A translation address is not a multiple of the page size."
        }
    }

    private var textOfFlow: String {
        switch self {
        case .tableTypeNotModelled: "Flow tables of this type are not announced."
        case .tableLevel: "The level is above the highest that the capabilities permit."
        case .flowTableSize: "The flow table is larger than the capabilities permit."
        case .missAction: "The miss action is not known, or the table it forwards to is missing."
        case .forwardDown: "A table can only forward to one of a higher level."
        case .tableTypeDiffers: "The flow table is of another type than the command says."
        case .groupRange: "The group's indices are not a range inside the table."
        case .groupCriteria: "The group compares header sets that the device cannot compare."
        case .flowIndexOutside: "The flow index lies outside the table or outside the group."
        case .entryGroup: "The entry cannot change its group."
        case .actionNotModelled: "The entry has actions that no capability announces."
        case .destinationType: "A destination is of a type that this table cannot forward to."
        case .destinationCount: "There are more destinations or counters than the capabilities permit."
        case .destinationListTooShort: "The list has fewer destinations and counters than the entry says."
        case .tableFeature: "The flow table asks for something that no capability announces."
        case .actionContradiction: "The actions contradict each other or their lists."
        case .counterBulk: "Flow counters can only be allocated one by one or in announced bulks."
        case .counterAnswerTooShort: "The output has no room for the counters that were asked for."
        default: textOfFlowRule
        }
    }

    private var textOfFlowRule: String {
        switch self {
        case .groupField: "The group masks a field that the device cannot compare."
        case .groupCriteriaEmpty: "The group enables a match set and masks nothing of it."
        case .valueOutsideMask: "The entry's value has bits that its group does not mask."
        case .entryDuplicate: "Another entry of the group has the same value."
        case .destinationTable: "A table can only lead to one of its own type and vport."
        case .tableVportDiffers: "The flow table belongs to another vport than the command says."
        case .eswitchManagerOnly: "Only the manager of the embedded switch may do that."
        case .foreignOwner: "The command names an owner that is not the function itself."
        case .eswVportField: "The vport's context has a field that no capability announces."
        case .schedulingElement: "The scheduling element is of a kind that no capability announces."
        case .schedulingMissing: "The embedded switch has no such scheduling element, or none that can hold others."
        case .schedulingBusy: "The scheduling element holds others, or the vport has one already."
        case .vportMissing: "The embedded switch has no such vport."
        default: "The group's indices overlap those of another group."
        }
    }

    private var textOfPort: String {
        switch self {
        case .vportListType: "The address list is neither unicast, multicast nor VLAN."
        case .vportListTooLong: "The address list is longer than the capabilities permit."
        case .vportMTU: "The MTU is outside what the port permits."
        case .vportListTooShort: "The input holds fewer addresses than it says."
        case .vportFieldReadOnly: "The field cannot be modified by this function."
        case .addressTableIndex: "The address table has no such index."
        case .vxlanPortUnknown: "The VXLAN port was not added before."
        case .vxlanPortLimit: "No more VXLAN ports can be added."
        case .vportAdminState: "The vport's administrative state is none of the known ones."
        case .vportAddress: "The permanent address is a multicast address."
        case .registerUnknown: "The device has no such register."
        case .registerPort: "The register names a port that the function does not have."
        case .registerReadOnly: "The register cannot be written."
        case .registerDataTooShort: "The input is shorter than the register."
        case .portAdminStatus: "The port's administrative status is neither up nor down."
        case .counterGroup: "The port has no such counter group."
        case .portProtocol: "The port cannot be set to these protocols."
        default: "The function may not set what belongs to its port."
        }
    }

    /// One Markdown document with all syndromes, as kept in `Documentation/Syndromes.md`.
    package static var document: String {
        var lines = [
            "# Syndromes", "",
            "The second word of a failed command's output says which rule of the device was broken. Written from",
            "`Syndrome` in `Sources/NIC/Firmware/Syndrome.swift`; a test compares the two.", "",
            "| syndrome | status | rule | name |", "|---|---|---|---|",
        ]
        for syndrome in allCases {
            let digits = String(syndrome.rawValue, radix: 16)
            let word = "0x" + String(repeating: "0", count: 4 - digits.count) + digits
            let status = "0x\(String(syndrome.status.rawValue, radix: 16)) \(syndrome.status)"
            lines.append("| \(word) | \(status) | \(syndrome.text) | `\(syndrome)` |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
