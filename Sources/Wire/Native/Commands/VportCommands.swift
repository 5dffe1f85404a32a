// Commands: vports, their contexts and the address table (native interface, section 2.4).
//
// A caseless enumeration per command: the byte counts of its input and output, the fields after the common header
// (`CommandHeader`) as `BitField`s, and embedded structures as offsets. Fields after "Output" belong to the reply.

/// `QUERY_NIC_VPORT_CONTEXT` (0x754).
public enum QueryNICVportContext {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x110

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let allowedListType = BitField(0xc, 26, 24)

    // Output.
    /// Offset; 256 bytes: `NICVportContext`.
    public static let context = 0x10
}

/// `MODIFY_NIC_VPORT_CONTEXT` (0x755).
public enum ModifyNICVportContext {
    public static let inputByteCount = 0x200
    public static let outputByteCount = 0x10

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let fieldSelectAffiliation = BitField(0xc, bit: 13)
    public static let fieldSelectDisableUcLocalLb = BitField(0xc, bit: 11)
    public static let fieldSelectDisableMcLocalLb = BitField(0xc, bit: 10)
    public static let fieldSelectNodeGuid = BitField(0xc, bit: 9)
    public static let fieldSelectPortGuid = BitField(0xc, bit: 8)
    public static let fieldSelectMinInline = BitField(0xc, bit: 7)
    public static let fieldSelectMtu = BitField(0xc, bit: 6)
    public static let fieldSelectChangeEvent = BitField(0xc, bit: 5)
    public static let fieldSelectPromisc = BitField(0xc, bit: 4)
    public static let fieldSelectPermanentAddress = BitField(0xc, bit: 3)
    public static let fieldSelectAddressesList = BitField(0xc, bit: 2)
    public static let fieldSelectRoceEn = BitField(0xc, bit: 1)
    /// Offset; 256 bytes: `NICVportContext`.
    public static let context = 0x100
}

/// `QUERY_ESW_VPORT_CONTEXT` (0x752).
public enum QueryEswVportContext {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x110

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)

    // Output.
    /// Offset; 256 bytes: `EswVportContext`.
    public static let context = 0x10
}

/// `MODIFY_ESW_VPORT_CONTEXT` (0x753).
public enum ModifyEswVportContext {
    public static let inputByteCount = 0x110
    public static let outputByteCount = 0x10

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let fieldSelectFdbToVportRegCId = BitField(0xc, bit: 4)
    public static let fieldSelectVportCvlanInsert = BitField(0xc, bit: 3)
    public static let fieldSelectVportSvlanInsert = BitField(0xc, bit: 2)
    public static let fieldSelectVportCvlanStrip = BitField(0xc, bit: 1)
    public static let fieldSelectVportSvlanStrip = BitField(0xc, bit: 0)
    /// Offset; 256 bytes: `EswVportContext`.
    public static let context = 0x10
}

/// `QUERY_VPORT_STATE` (0x750).
public enum QueryVportState {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)

    // Output.
    public static let adminState = BitField(0xc, 7, 4)
    public static let state = BitField(0xc, 3, 0)
}

/// `MODIFY_VPORT_STATE` (0x751).
public enum ModifyVportState {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let otherVport = BitField(0x8, bit: 31)
    public static let vportNumber = BitField(0x8, 15, 0)
    public static let adminState = BitField(0xc, 7, 4)
}

/// `SET_L2_TABLE_ENTRY` (0x829).
public enum SetL2TableEntry {
    public static let inputByteCount = 0x40
    public static let outputByteCount = 0x10

    public static let tableIndex = BitField(0x14, 23, 0)
    public static let silentModeValid = BitField(0x1c, bit: 15)
    public static let silentMode = BitField(0x1c, bit: 14)
    public static let vlanValid = BitField(0x1c, bit: 12)
    public static let vlan = BitField(0x1c, 11, 0)
    /// Offset; 8 bytes.
    public static let macAddress = 0x20
}

/// `DELETE_L2_TABLE_ENTRY` (0x82b).
public enum DeleteL2TableEntry {
    public static let inputByteCount = 0x40
    public static let outputByteCount = 0x10

    public static let tableIndex = BitField(0x14, 23, 0)
}

/// `ADD_VXLAN_UDP_DPORT` (0x827).
public enum AddVXLANUDPDPort {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let vxlanUdpPort = BitField(0xc, 15, 0)
}

/// `DELETE_VXLAN_UDP_DPORT` (0x828).
public enum DeleteVXLANUDPDPort {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x10

    public static let vxlanUdpPort = BitField(0xc, 15, 0)
}

/// `QUERY_ESW_FUNCTIONS` (0x740).
public enum QueryEswFunctions {
    public static let inputByteCount = 0x10
    public static let outputByteCount = 0x80

    // Output.
    /// Offset; 64 bytes.
    public static let context = 0x10
    /// Offset of the list that ends the output.
    public static let hostSfEnable = 0x80
}

/// `CREATE_SCHEDULING_ELEMENT` (0x782).
public enum CreateSchedulingElement {
    public static let inputByteCount = 0x80
    public static let outputByteCount = 0x40

    public static let schedulingHierarchy = BitField(0x8, 31, 24)
    /// Offset; 64 bytes.
    public static let context = 0x20

    // Output.
    public static let schedulingElementId = BitField(word: 0x10)
}

/// `DESTROY_SCHEDULING_ELEMENT` (0x783).
public enum DestroySchedulingElement {
    public static let inputByteCount = 0x40
    public static let outputByteCount = 0x40

    public static let schedulingHierarchy = BitField(0x8, 31, 24)
    public static let schedulingElementId = BitField(word: 0xc)
}

/// `QUERY_SCHEDULING_ELEMENT` (0x784).
public enum QuerySchedulingElement {
    public static let inputByteCount = 0x40
    public static let outputByteCount = 0x80

    public static let schedulingHierarchy = BitField(0x8, 31, 24)
    public static let schedulingElementId = BitField(word: 0xc)

    // Output.
    /// Offset; 64 bytes: `SchedulingContext`.
    public static let context = 0x20
}

/// `MODIFY_SCHEDULING_ELEMENT` (0x785).
public enum ModifySchedulingElement {
    public static let inputByteCount = 0x80
    public static let outputByteCount = 0x10

    public static let schedulingHierarchy = BitField(0x8, 31, 24)
    public static let schedulingElementId = BitField(word: 0xc)
    public static let bitmaskMaxAverageBw = BitField(0x14, bit: 1)
    public static let bitmaskBwShare = BitField(0x14, bit: 0)
    /// Offset; 64 bytes: `SchedulingContext`.
    public static let context = 0x20
}
