internal import NIC

extension ModelKey {
    static var identity: [ModelKey] {
        [
            count("identity", "device", 1...0xfffe, \.nic.identity.deviceID),
            count("identity", "virtual-device", 1...0xfffe, \.nic.identity.virtualDeviceID),
            count("identity", "firmware", 1...999, \.nic.firmware.version.major),
        ]
    }

    static var functions: [ModelKey] {
        [
            count("functions", "host-links", 1...16, \.nic.capacity.hostLinkCount),
            ModelKey(section: "functions", key: "embedded-processors", kind: .flag) {
                $0.nic.capacity.hasEmbeddedProcessors = $1 != 0
            },
            count("functions", "virtual-functions", 0...1024, \.nic.capacity.virtualFunctionCount),
            count("functions", "interrupts", 2...256, \.nic.capacity.virtualFunctionVectorCount),
            count("functions", "dynamic-interrupts", 0...65_535, \.nic.capacity.dynamicVectorCount),
            count("functions", "most-interrupts", 2...256, \.nic.capacity.mostDynamicVectors),
            count("functions", "subfunctions", 0...16_384, \.nic.capacity.subfunctionCount),
            ModelKey(section: "functions", key: "subfunction-registers", kind: .powerOfTwoBytes(0x8000...(1 << 24))) {
                $0.nic.capacity.logSubfunctionByteCount = $1.trailingZeroBitCount
            },
            count("functions", "subfunction-event-queues", 2...256, \.nic.capacity.subfunctionEventQueueCount),
        ]
    }

    static var features: [ModelKey] {
        let names: [(String, CapabilityFeatures)] = [
            ("flow-counters", .flowCounters), ("table-chaining", .tableChaining), ("driver-version", .driverVersion),
            ("environment-counters", .environmentCounters), ("clock", .clock), ("register-masks", .registerMasks),
            ("vxlan-ports", .vxlanPorts), ("moderation-modes", .moderationModes), ("vport-rates", .vportRates),
            ("inner-headers", .innerHeaders),
        ]
        return names.map { name, feature in
            ModelKey(section: "features", key: name, kind: .flag) { model, value in
                if value == 0 {
                    model.nic.firmware.features.remove(feature)
                } else {
                    model.nic.firmware.features.insert(feature)
                }
            }
        }
    }
}
