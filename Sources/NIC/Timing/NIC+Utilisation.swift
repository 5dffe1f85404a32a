/// A part of a NIC that serves one after another, and how long it has been busy.
package struct ResourceUse: Sendable, Equatable {
    /// What kinds of parts there are, by the names that reports give them.
    package enum Kind: String, Sendable, CaseIterable {
        case portTransmit = "port"
        case portReceive = "port-receive"
        case upstream = "pcie-upstream"
        case downstream = "pcie-downstream"
        case rootComplex = "root-complex"
        case readEngine = "read-engine"
        case writeEngine = "write-engine"
        case sendDecoder = "send-decoder"
        case sendPipeline = "send-pipeline"
        case receivePipeline = "receive-pipeline"
        case processor
    }

    package var kind: Kind
    /// Which of its kind: the number of the port, of the link or of the processor.
    package var number: Int
    /// Busy time since the start, in picoseconds.
    package var usedTime: UInt64

    package init(_ kind: Kind, _ number: Int, usedTime: UInt64) {
        self.kind = kind
        self.number = number
        self.usedTime = usedTime
    }
}

extension NIC {
    /// How long each shared part has been busy.
    package func resourceUse() -> [ResourceUse] {
        var list: [ResourceUse] = []
        for index in ports.indices {
            let counters = ports[index].counters
            func time(_ octets: UInt64, _ frames: UInt64) -> UInt64 {
                (octets + frames * UInt64(Port.preambleByteCount + Port.gapByteCount)) * ports[index].byteTime
            }
            list.append(
                ResourceUse(
                    .portTransmit, index, usedTime: time(counters.transmittedOctets, counters.transmittedFrames)))
            list.append(
                ResourceUse(.portReceive, index, usedTime: time(counters.receivedOctets, counters.receivedFrames)))
        }
        for index in links.indices {
            list.append(ResourceUse(.upstream, index, usedTime: links[index].upstream.usedTime))
            list.append(ResourceUse(.downstream, index, usedTime: links[index].downstream.usedTime))
            list.append(ResourceUse(.rootComplex, index, usedTime: links[index].rootComplex.usedTime))
            list.append(ResourceUse(.readEngine, index, usedTime: links[index].readEngine.usedTime))
            list.append(ResourceUse(.writeEngine, index, usedTime: links[index].writeEngine.usedTime))
        }
        list.append(ResourceUse(.sendDecoder, 0, usedTime: sendDecoder.usedTime))
        list.append(ResourceUse(.sendPipeline, 0, usedTime: sendPipeline.usedTime))
        list.append(ResourceUse(.receivePipeline, 0, usedTime: receivePipeline.usedTime))
        return list
    }
}
