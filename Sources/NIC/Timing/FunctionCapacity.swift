/// How many functions a device has room for, and what each is given.
package struct FunctionCapacity: Sendable, Equatable, Hashable {
    /// Virtual functions that each physical function offers (TotalVFs of the SR-IOV capability).
    package var totalVFs = 0
    /// Subfunctions that each physical function offers (capability `max_num_sf`).
    package var maximumSFs = 0
    /// Slice of BAR2 that a subfunction has, as a power of two of 4 KiB (capability `log_min_sf_size`).
    package var logSliceByteCount = 8
    /// MSI-X vectors of a virtual function.
    package var vectorsPerVF = 12

    package init() {}

    /// Functions that a NIC with `physicalCount` physical functions can have at most.
    package func functionCount(physicalCount: Int) -> Int { physicalCount * (1 + totalVFs + maximumSFs) }
}
