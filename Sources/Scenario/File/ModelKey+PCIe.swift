internal import NIC

extension ModelKey {
    static var link: [ModelKey] {
        [
            oneOf("pcie", "generation", [1, 2, 3, 4, 5], \.nic.pcie.generation),
            oneOf("pcie", "lanes", [1, 2, 4, 8, 16, 32], \.nic.pcie.laneCount),
            powerOfTwo("pcie", "max-payload", 128...4096, \.nic.pcie.maxPayloadByteCount),
            powerOfTwo("pcie", "max-read-request", 128...4096, \.nic.pcie.maxReadRequestByteCount),
            oneOf("pcie", "read-completion-boundary", [64, 128], \.nic.pcie.readCompletionBoundary),
            powerOfTwo("pcie", "read-completion-size", 64...4096, \.nic.pcie.readCompletionByteCount),
            oneOf("pcie", "address-bits", [32, 64], \.nic.pcie.addressBitCount),
            ModelKey(section: "pcie", key: "end-to-end-crc", kind: .flag) { $0.nic.pcie.hasEndToEndCRC = $1 != 0 },
            ModelKey(section: "pcie", key: "data-link-overhead", kind: .percentage(0...5000)) {
                $0.nic.pcie.dataLinkOverhead = $1
            },
            count("pcie", "tags", 1...1024, \.nic.pcie.tagCount),
        ]
    }

    static var credits: [ModelKey] {
        [
            count("pcie", "posted-header-credits", 0...2048, \.nic.pcie.postedCredits.header),
            count("pcie", "posted-data-credits", 0...32_768, \.nic.pcie.postedCredits.data),
            count("pcie", "non-posted-header-credits", 0...2048, \.nic.pcie.nonPostedCredits.header),
            count("pcie", "completion-header-credits", 0...2048, \.nic.pcie.completionCredits.header),
            count("pcie", "completion-data-credits", 0...32_768, \.nic.pcie.completionCredits.data),
            time("pcie", "credit-return-latency", \.nic.pcie.creditReturnLatency),
        ]
    }

    static var engine: [ModelKey] {
        [
            time("pcie", "read-engine-latency", \.nic.pcie.readEngineLatency),
            time("pcie", "write-engine-latency", \.nic.pcie.writeEngineLatency),
            time("pcie", "read-issue-interval", \.nic.pcie.readIssueInterval),
            time("pcie", "write-issue-interval", \.nic.pcie.writeIssueInterval),
            bytes("pcie", "write-unit", 1...4096, \.nic.pcie.writeUnitByteCount),
            time("pcie", "write-unit-interval", \.nic.pcie.writeUnitInterval),
            time("pcie", "write-gap", \.nic.pcie.writeGap),
            time("pcie", "read-move-time", \.nic.pcie.readMoveTime),
            time("pcie", "write-move-time", \.nic.pcie.writeMoveTime),
        ]
    }

    static var rootComplex: [ModelKey] {
        [
            time("pcie", "read-latency", \.nic.pcie.readLatency),
            time("pcie", "cold-penalty", \.nic.pcie.coldPenalty),
            time("pcie", "read-request-interval", \.nic.pcie.readRequestInterval),
            time("pcie", "read-line-interval", \.nic.pcie.readLineInterval),
            time("pcie", "write-interval", \.nic.pcie.writeInterval),
            time("pcie", "write-visibility-latency", \.nic.pcie.writeVisibilityLatency),
        ]
    }

    static var translation: [ModelKey] {
        [
            count("pcie", "translation-entries", 0...65_536, \.nic.pcie.translationEntryCount),
            count("pcie", "translation-ways", 1...64, \.nic.pcie.translationWayCount),
            powerOfTwo("pcie", "translation-page", 4096...(1 << 30), \.nic.pcie.translationPageByteCount),
            time("pcie", "translation-miss-latency", \.nic.pcie.translationMissLatency),
            count("pcie", "translation-walks", 1...64, \.nic.pcie.translationWalkCount),
        ]
    }

    static var registers: [ModelKey] {
        [
            time("pcie", "register-write-latency", \.nic.pcie.registerWriteLatency),
            time("pcie", "register-read-latency", \.nic.pcie.registerReadLatency),
            time("pcie", "register-access-time", \.nic.pcie.registerAccessTime),
            time("pcie", "message-latency", \.nic.pcie.messageLatency),
        ]
    }
}
