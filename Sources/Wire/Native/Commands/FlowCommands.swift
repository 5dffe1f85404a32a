// Commands: flow tables, groups, entries and what entries refer to (native interface, section 2.4).
//
// A caseless enumeration per command: the byte counts of its input and output, the fields after the common header
// (`CommandHeader`) as `BitField`s, and embedded structures as offsets. Fields after "Output" belong to the reply.

/// `CREATE_FLOW_TABLE` (0x930).
public enum CreateFlowTable {
    public static let inputByteCount = 0x40
    public static let outputByteCount = 0x10

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let tableType = BitField(0x10, 31, 24)
    /// Offset; 40 bytes: `FlowTableContext`.
    public static let context = 0x18

    // Output.
    public static let icmAddress63_40 = BitField(0x0, 23, 0)
    public static let icmAddress39_32 = BitField(0x8, 31, 24)
    public static let tableId = BitField(0x8, 23, 0)
    public static let icmAddress31_0 = BitField(word: 0xc)
}

/// `MODIFY_FLOW_TABLE` (0x93c).
public enum ModifyFlowTable {
    public static let inputByteCount = 0x40
    public static let outputByteCount = 0x10

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let modifyFieldSelect = BitField(0xc, 15, 0)
    public static let tableType = BitField(0x10, 31, 24)
    public static let tableId = BitField(0x14, 23, 0)
    /// Offset; 40 bytes: `FlowTableContext`.
    public static let context = 0x18
}

/// `DESTROY_FLOW_TABLE` (0x931).
public enum DestroyFlowTable {
    public static let inputByteCount = 0x40
    public static let outputByteCount = 0x10

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let tableType = BitField(0x10, 31, 24)
    public static let tableId = BitField(0x14, 23, 0)
}

/// `SET_FLOW_TABLE_ROOT` (0x92f).
public enum SetFlowTableRoot {
    public static let inputByteCount = 0x40
    public static let outputByteCount = 0x10

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let tableType = BitField(0x10, 31, 24)
    public static let tableOfOtherVport = BitField(0x10, bit: 16)
    public static let tableVportNumber = BitField(0x10, 15, 0)
    public static let tableId = BitField(0x14, 23, 0)
    public static let underlayQpn = BitField(0x18, 23, 0)
    public static let tableEswitchOwnerVhcaIdValid = BitField(0x1c, bit: 31)
    public static let tableEswitchOwnerVhcaId = BitField(0x1c, 15, 0)
}

/// `CREATE_FLOW_GROUP` (0x933).
public enum CreateFlowGroup {
    public static let inputByteCount = 0x400
    public static let outputByteCount = 0x10

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let tableType = BitField(0x10, 31, 24)
    public static let groupType = BitField(0x10, 19, 16)
    public static let tableId = BitField(0x14, 23, 0)
    public static let sourceEswitchOwnerVhcaIdValid = BitField(0x18, bit: 31)
    public static let startFlowIndex = BitField(word: 0x1c)
    public static let endFlowIndex = BitField(word: 0x24)
    public static let matchDefinerId = BitField(0x28, 15, 0)
    public static let matchCriteriaEnable = BitField(0x3c, 7, 0)
    /// Offset; 512 bytes: `MatchParameters`.
    public static let matchCriteria = 0x40

    // Output.
    public static let groupId = BitField(0x8, 23, 0)
}

/// `DESTROY_FLOW_GROUP` (0x934).
public enum DestroyFlowGroup {
    public static let inputByteCount = 0x40
    public static let outputByteCount = 0x10

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let tableType = BitField(0x10, 31, 24)
    public static let tableId = BitField(0x14, 23, 0)
    public static let groupId = BitField(word: 0x18)
}

/// `SET_FLOW_TABLE_ENTRY` (0x936).
public enum SetFlowTableEntry {
    public static let inputByteCount = 0x340
    public static let outputByteCount = 0x10

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let tableType = BitField(0x10, 31, 24)
    public static let tableId = BitField(0x14, 23, 0)
    public static let ignoreFlowLevel = BitField(0x18, bit: 31)
    public static let modifyEnableMask = BitField(0x18, 7, 0)
    public static let flowIndex = BitField(word: 0x20)
    /// Offset; 768 bytes: `FlowContext`.
    public static let context = 0x40
}

/// `DELETE_FLOW_TABLE_ENTRY` (0x938).
public enum DeleteFlowTableEntry {
    public static let inputByteCount = 0x40
    public static let outputByteCount = 0x10

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let tableType = BitField(0x10, 31, 24)
    public static let tableId = BitField(0x14, 23, 0)
    public static let flowIndex = BitField(word: 0x20)
}

/// `QUERY_FLOW_TABLE_ENTRY` (0x937).
public enum QueryFlowTableEntry {
    public static let inputByteCount = 0x40
    public static let outputByteCount = 0x340

    public static let tableType = BitField(0x10, 31, 24)
    public static let tableId = BitField(0x14, 23, 0)
    public static let flowIndex = BitField(word: 0x20)

    // Output.
    /// Offset; 768 bytes: `FlowContext`.
    public static let context = 0x40
}

/// `ALLOC_FLOW_COUNTER` (0x939).
public enum AllocFlowCounter {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let flowCounterBulkLogSize = BitField(0xc, 12, 8)
    public static let flowCounterBulk = BitField(0xc, 7, 0)

    // Output.
    public static let flowCounterId = BitField(word: 0x8)
}

/// `DEALLOC_FLOW_COUNTER` (0x93a).
public enum DeallocFlowCounter {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let flowCounterId = BitField(word: 0x8)
}

/// `QUERY_FLOW_COUNTER` (0x93b).
public enum QueryFlowCounter {
    public static let inputByteCount = 0x20
    public static let outputByteCount = 0x10

    public static let clear = BitField(0x18, bit: 31)
    public static let numOfCounters = BitField(0x18, 15, 0)
    public static let flowCounterId = BitField(word: 0x1c)

    // Output.
    /// Offset of the list that ends the output.
    public static let flowStatistics = 0x10
}

/// `ALLOC_PACKET_REFORMAT_CONTEXT` (0x93d).
public enum AllocPacketReformatContext {
    public static let inputByteCount = 0x24
    public static let outputByteCount = 0x10

    /// Offset; 8 bytes.
    public static let packetReformatContext = 0x1c

    // Output.
    public static let packetReformatId = BitField(word: 0x8)
}

/// `DEALLOC_PACKET_REFORMAT_CONTEXT` (0x93e).
public enum DeallocPacketReformatContext {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let packetReformatId = BitField(word: 0x8)
}

/// `ALLOC_MODIFY_HEADER_CONTEXT` (0x940).
public enum AllocModifyHeaderContext {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let tableType = BitField(0xc, 31, 24)
    public static let numOfActions = BitField(0xc, 7, 0)
    /// Offset of the list that ends the input.
    public static let actions = 0x10

    // Output.
    public static let modifyHeaderId = BitField(word: 0x8)
}

/// `DEALLOC_MODIFY_HEADER_CONTEXT` (0x941).
public enum DeallocModifyHeaderContext {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let modifyHeaderId = BitField(word: 0x8)
}
