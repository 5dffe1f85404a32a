extension VFIOUser {
    /// What a message asks for.
    public enum Command: UInt16, CaseIterable, Sendable {
        case version = 1
        case dmaMap = 2
        case dmaUnmap = 3
        case deviceInfo = 4
        case regionInfo = 5
        case regionDescriptors = 6
        case interruptInfo = 7
        case setInterrupts = 8
        case regionRead = 9
        case regionWrite = 10
        /// Sent by the function.
        case dmaRead = 11
        /// Sent by the function.
        case dmaWrite = 12
        case reset = 13
        case regionWriteMultiple = 15
        case feature = 16
        case migrationRead = 17
        case migrationWrite = 18
    }
}
