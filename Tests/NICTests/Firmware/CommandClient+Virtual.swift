import Host
import NIC
import Simulation

/// A client that drives a virtual function beside the physical one that manages it.
extension CommandClient {
    /// A client of physical function 0, which is up and has `count` virtual functions on the bus.
    static func manager(of count: Int, enabling enabled: Int, subfunctionCount: Int = 0) -> CommandClient {
        var parameters = NICParameters()
        parameters.functions[0].virtualFunctionCount = count
        parameters.functions[0].subfunctionCount = subfunctionCount
        var client = CommandClient(parameters)
        client.probe()
        client.enableVirtualFunctions(enabled)
        return client
    }

    /// Where the capability begins: the one behind ARI in the list from 0x100 on.
    private mutating func virtualization() -> Int { Int(configurationRead(0x102, 2) >> 4) }

    mutating func enableVirtualFunctions(_ count: Int) {
        let base = virtualization()
        configurationWrite(base + 0x10, 2, UInt32(count))
        // VF Enable, VF MSE, ARI.
        configurationWrite(base + 0x08, 2, 0x19)
        run(for: .milliseconds(100))
    }

    mutating func writeVirtualFunctionCount(_ count: Int) {
        let base = virtualization()
        configurationWrite(base + 0x10, 2, UInt32(count))
        run(for: .milliseconds(1))
    }

    mutating func disableVirtualFunctions() {
        let base = virtualization()
        configurationWrite(base + 0x08, 2, 0)
        run(for: .milliseconds(1))
    }

    /// From here on the client drives virtual function `number`, which is probed and has memory of its own.
    mutating func become(virtual number: Int) {
        function = nic.layout.virtual(number, of: 0)
        if platform.host(of: function) == nil {
            platform.attach(function, to: 0)
            try? host.map(function, 0, to: 0, byteCount: Self.memoryByteCount, [.read, .write])
        }
        probe()
    }

    /// From here on it drives the physical function again.
    mutating func becomeManager() {
        function = Self.function
        writeWord(0x10, 0)
        writeWord(0x14, UInt32(Self.queueAddress))
        run(for: .microseconds(2))
    }
}
