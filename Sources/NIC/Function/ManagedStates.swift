import Wire

/// What the firmware knows of the subfunctions of one physical function, those that do not exist included: their
/// drivers' states are reported to whoever armed a change (native interface, section 3.8).
struct ManagedStates: Sendable {
    /// Who is told of changes.
    struct Listeners: OptionSet, Sendable {
        let rawValue: UInt8
        /// The function that manages the e-switch.
        static let manager = Listeners(rawValue: 1)
        /// The physical function that the subfunction belongs to, where another one manages it.
        static let owner = Listeners(rawValue: 2)
    }

    /// One subfunction.
    struct Entry: Sendable {
        var state = VHCAState.invalid
        /// Who has asked to be told of the next change, and who has missed one since.
        var armed: Listeners = []
        var missed: Listeners = []
        /// `sw_function_id`: the number the user gave.
        var userNumber: UInt32 = 0
    }

    private var entries: [Entry] = []

    /// The entry of slice `slice`.
    subscript(slice: Int) -> Entry {
        get { slice < entries.count ? entries[slice] : Entry() }
        set {
            while entries.count <= slice { entries.append(Entry()) }
            entries[slice] = newValue
        }
    }
}
