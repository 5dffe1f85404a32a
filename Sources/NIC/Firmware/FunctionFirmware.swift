/// The state of one function's firmware: everything of a function that is not per packet.
package struct FunctionFirmware: Sendable {
    package var doorbells = DoorbellDecoder()

    package init() {}
}
