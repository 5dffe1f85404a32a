/// The virtual functions of a physical function, from its SR-IOV capability.
struct VirtualFunctions {
    /// Offset of the capability in configuration space; zero before it was looked for.
    var capability = 0
    /// Virtual functions that the device offers at most.
    var total = 0
    /// From the physical function to its first virtual function, and from one to the next.
    var firstOffset = 0
    var stride = 0
    /// How many are enabled.
    var count = 0
    /// How many are being enabled: what was done for them is undone when it fails.
    var enablingCount = 0
}
