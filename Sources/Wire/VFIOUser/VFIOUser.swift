/// The vfio-user protocol, version 0.0 (QEMU's `docs/interop/vfio-user`): a PCI function on a Unix stream socket.
///
/// The host is the client, the function the server. All integers have the byte order of the machine both run on, which
/// here is little-endian. Offsets in message bodies count from the end of the 16-byte header.
public enum VFIOUser {
    /// Most descriptors that one message to this end may carry: what `max_msg_fds` says.
    public static let mostDescriptors = 16
    /// Most bytes that one access to a region may have: what `max_data_xfer_size` says.
    ///
    /// It is enough for all of configuration space.
    public static let mostDataByteCount = 4096
    /// Most DMA windows a client may have at a time: what `max_dma_maps` says.
    public static let mostWindows = 4096

    /// Region and interrupt indices of a PCI function (`linux/vfio.h`).
    public enum Region {
        public static let configuration: UInt32 = 7
        /// Six BARs, expansion ROM, configuration space, VGA.
        public static let count: UInt32 = 9
    }
    /// Interrupt indices of a PCI function (`linux/vfio.h`).
    public enum Interrupt {
        public static let pin: UInt32 = 0
        public static let message: UInt32 = 1
        public static let extendedMessage: UInt32 = 2
        public static let error: UInt32 = 3
        public static let request: UInt32 = 4
        public static let count: UInt32 = 5
    }

    /// The `errno` values that a reply's error field takes.
    public enum Failure: UInt32, Error, Sendable {
        case noEntry = 2
        case inputOutput = 5
        case badDescriptor = 9
        case noMemory = 12
        case exists = 17
        case invalid = 22
        case noSpace = 28
        case notSupported = 95
    }
}
