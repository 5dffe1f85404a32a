/// How many functions a NIC can have, and what each of them gets.
package struct FunctionCapacity: Equatable, Sendable {
    // MARK: Host links

    /// Most links to hosts, besides that to processors of its own.
    package var hostLinkCount = 1
    /// Whether it has processors of its own, whose functions are embedded-CPU functions.
    package var hasEmbeddedProcessors = false

    // MARK: Virtual functions

    /// Virtual functions that each physical function offers (TotalVFs); 0: there is no SR-IOV capability.
    package var virtualFunctionCount = 0
    /// First VF Offset of the first physical function when the NIC has one, and VF Stride.
    ///
    /// With several physical functions the offsets follow from the numbers: the virtual functions of one come behind
    /// those of the one before it.
    package var firstVirtualFunctionOffset = 1
    package var virtualFunctionStride = 1
    /// MSI-X vectors of each virtual function until somebody moves some.
    package var virtualFunctionVectorCount = 8
    /// Vectors that virtual functions can share out among them (capability `num_total_dynamic_vf_msix`); 0: none.
    package var dynamicVectorCount = 0
    /// Most vectors that one virtual function can be given, and fewest.
    package var mostDynamicVectors = 64
    package var fewestDynamicVectors = 2

    // MARK: Subfunctions

    /// Subfunctions that each physical function can have at one time (capability `max_num_sf`); 0: there are none.
    package var subfunctionCount = 0
    /// Bytes of one subfunction's slice of BAR2, as a power of two (capability `log_min_sf_size` plus 12).
    package var logSubfunctionByteCount = 17
    /// Event queues that a subfunction can have (capability `max_num_eqs_24b` of the subfunction).
    package var subfunctionEventQueueCount = 8

    package init() {}
}
