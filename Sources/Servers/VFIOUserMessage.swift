package import Wire

/// One vfio-user message with its body and the descriptors that came with it.
package struct VFIOUserMessage {
    package var header: VFIOUser.Header
    package var body: [UInt8]
    package var descriptors: [Descriptor]

    package init(header: VFIOUser.Header, body: [UInt8] = [], descriptors: [Descriptor] = []) {
        self.header = header
        self.body = body
        self.descriptors = descriptors
    }
}
