import Host
import NIC
import Simulation
import Testing

/// Events in the words that explanations print: they are part of what a user compares, and must not change by accident.
struct EventTextTests {
    @Test(arguments: [
        (
            BusEvent.configurationRead(FunctionID(1), offset: 0x10, byteCount: 4, tag: 7),
            "function 1: read 7 of 4 bytes at configuration space 0x10"
        ),
        (
            .configurationWrite(FunctionID(0), offset: 0x68, byteCount: 2, value: 0x8000),
            "function 0: write of 2 bytes at configuration space 0x68, 0x8000"
        ),
        (
            .memoryRead(FunctionID(0), bar: 4, byteCount: 8, offset: 0x1ff8, tag: 9),
            "function 0: read 9 of 8 bytes at BAR4 0x1ff8"
        ),
        (
            .memoryWrite(FunctionID(0), bar: 0, byteCount: 4, offset: 0x18, value: 0x1000000),
            "function 0: write of 4 bytes at BAR0 0x18, 0x1000000"
        ),
        (.completion(FunctionID(2), tag: 9, value: 0xff), "function 2: answer to read 9, 0xff"),
        (.interrupt(FunctionID(0), vector: 3), "function 0: interrupt, vector 3"),
        (.fault(FunctionID(0)), "function 0: the IOMMU refuses an access"),
    ]) func theBusSpeaks(event: BusEvent, text: String) {
        #expect(event.description == text)
    }

    @Test func queuesAndFirmwareSpeak() {
        func text(_ event: QueueEvent) -> String {
            NIC.Event.queue(FunctionID(0), generation: 3, event).description
        }
        #expect(text(.sendEntries(queue: 5, epoch: 1, count: 4)) == "function 0: send queue 5, 4 entries arrive")
        #expect(text(.received(job: 6)) == "function 0: receive job 6, frame and completion are in host memory")
        #expect(
            text(.moderationTimer(queue: 5, generation: 1))
                == "function 0: completion queue 5, the moderation period is over")
        #expect(text(.sendFlush(queue: 2, epoch: 0)) == "function 0: send queue 2, what is left is flushed")
        #expect(
            NIC.Event.firmware(FunctionID(1), .executed(slot: 31, life: 0)).description
                == "function 1: command slot 31, the command takes effect")
        #expect(
            NIC.Event.departed(PortID(1), FrameID(slot: 4)).description
                == "port 1: the last bit of frame slot 4 has left")
    }
}
