internal import NIC

extension ModelKey {
    /// Speeds that the port registers can report, in bits per second.
    private static let speeds: [UInt64] = [1, 10, 25, 40, 50, 100, 200, 400].map { $0 * 1_000_000_000 }

    static var ports: [ModelKey] {
        [
            count("ports", "count", 1...4, \.portCount),
            ModelKey(section: "ports", key: "speed", kind: .rate(speeds)) { $0.portBitsPerSecond = $1 },
            bytes("ports", "longest-frame", 1522...16_384, \.nic.maximumMTU),
            bytes("ports", "default-longest-frame", 68...16_384, \.nic.defaultMTU),
            bytes("ports", "receive-buffer", 2048...(1 << 30), \.nic.receiveBufferByteCount),
            bytes("ports", "send-buffer", 2048...(1 << 30), \.nic.sendBufferByteCount),
            time("ports", "receive-latency", \.nic.portReceiveLatency),
            time("ports", "transmit-latency", \.nic.portTransmitLatency),
        ]
    }

    static var limits: [ModelKey] {
        [
            powerOfTwo("limits", "send-entry", 64...1024, \.nic.longestSendEntry),
            powerOfTwo("limits", "receive-entry", 16...512, \.nic.longestReceiveEntry),
            count("limits", "log-segmentation", 10...31, \.nic.logLongestSegmentation),
            count("limits", "steering-depth", 1...64, \.nic.deepestSteering),
            count("limits", "interrupts", 2...256, \.nic.identity.vectorCount),
            count("limits", "send-fetch-entries", 1...256, \.nic.sendFetchEntryCount),
            bytes("limits", "send-window", 2048...(1 << 30), \.nic.sendWindowByteCount),
            count("limits", "receive-fetch-entries", 1...256, \.nic.receiveFetchEntryCount),
            count("limits", "receive-fetch-threshold", 1...1024, \.nic.receiveFetchThreshold),
            count("limits", "receive-fetches", 1...16, \.nic.receiveFetchLimitOfQueue),
        ]
    }

    static var pipeline: [ModelKey] {
        [
            time("pipeline", "doorbell-latency", \.nic.doorbellLatency),
            time("pipeline", "send-decode-latency", \.nic.sendDecodeLatency),
            time("pipeline", "send-decode-interval", \.nic.sendDecodeInterval),
            time("pipeline", "send-latency", \.nic.sendPipelineLatency),
            time("pipeline", "send-interval", \.nic.sendPipelineInterval),
            time("pipeline", "switch-latency", \.nic.switchLatency),
            time("pipeline", "receive-latency", \.nic.receivePipelineLatency),
            time("pipeline", "receive-interval", \.nic.receivePipelineInterval),
            time("pipeline", "flow-table-latency", \.nic.flowTableLatency),
            time("pipeline", "completion-latency", \.nic.completionLatency),
            time("pipeline", "interrupt-latency", \.nic.interruptLatency),
        ]
    }

    static var firmware: [ModelKey] {
        [
            time("firmware", "boot-time", upTo: second, \.nic.firmware.bootTime),
            time("firmware", "doorbell-time", upTo: second, \.nic.firmware.doorbellTime),
            time("firmware", "command-time", upTo: second, \.nic.firmware.commandTime),
            time("firmware", "object-time", upTo: second, \.nic.firmware.objectTime),
            time("firmware", "address-time", upTo: second, \.nic.firmware.addressTime),
            time("firmware", "life-cycle-time", upTo: second, \.nic.firmware.lifeCycleTime),
            count("firmware", "boot-pages", 0...4096, \.nic.firmware.bootPageCount),
            count("firmware", "initialization-pages", 0...4096, \.nic.firmware.initializationPageCount),
            count("firmware", "objects-per-page", 1...4096, \.nic.firmware.objectsPerPage),
        ]
    }
}
