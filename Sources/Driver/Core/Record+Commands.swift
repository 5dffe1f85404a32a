import Wire

extension Record {
    /// The input of `opcode` with `listByteCount` bytes of list behind it.
    init(_ opcode: Opcode, opMod: UInt16 = 0, listByteCount: Int = 0) {
        self.init(byteCount: opcode.inputByteCount + listByteCount)
        set(CommandHeader.opcode, UInt32(opcode.rawValue))
        set(CommandHeader.opMod, UInt32(opMod))
    }

    /// An access to register `id`.
    init(register id: AccessRegisterID, _ operation: RegisterOperation, byteCount: Int) {
        self.init(.accessRegister, opMod: operation.rawValue, listByteCount: byteCount)
        set(AccessRegister.registerId, UInt32(id.rawValue))
    }

    /// Writes the addresses of the 4 KiB pages of `allocation` from `offset` on.
    mutating func setPages(of address: UInt64, count: Int, at offset: Int) {
        for page in 0..<count { set64(offset + 8 * page, address + UInt64(page) * 4096) }
    }
}
