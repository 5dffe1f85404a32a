import CPcap

/// A filter expression of libpcap (`man pcap-filter`), compiled for Ethernet frames.
package struct CaptureFilter: ~Copyable {
    /// The expression as written.
    package let expression: String
    private var program: bpf_program

    /// Compiles `expression`; the empty one matches every frame.
    ///
    /// - Throws: `CaptureError` with libpcap's own explanation.
    package init(_ expression: String) throws(CaptureError) {
        guard let handle = pcap_open_dead(CaptureReader.ethernet, Int32(PcapngWriter.longestSnapshot)) else {
            preconditionFailure("no memory for a filter")
        }
        var program = bpf_program()
        let result = pcap_compile(handle, &program, expression, 1, UInt32(0xffff_ffff))
        let text = String(cString: pcap_geterr(handle))
        pcap_close(handle)
        guard result == 0 else {
            throw CaptureError(
                file: "filter \"\(expression)\"", found: text, expected: "a filter expression, as in man pcap-filter")
        }
        self.expression = expression
        self.program = program
    }

    deinit {
        var program = program
        pcap_freecode(&program)
    }

    /// True when the frame whose first bytes are `bytes` and whose length is `originalByteCount` passes the filter.
    package func matches(_ bytes: UnsafeRawBufferPointer, originalByteCount: Int) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        var header = pcap_pkthdr()
        header.caplen = UInt32(clamping: bytes.count)
        header.len = UInt32(clamping: originalByteCount)
        return withUnsafePointer(to: program) { program in
            pcap_offline_filter(program, &header, base.assumingMemoryBound(to: UInt8.self)) != 0
        }
    }
}
