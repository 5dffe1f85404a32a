import NIC

/// libFuzzer's own entry point, called with the function to try inputs on.
@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ argumentCount: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>, Int) -> Int32
) -> Int32

/// The input's bytes decide what the driver does to a function that has one object of each kind.
func tryInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    var client = CommandClient()
    client.keepsInputs = true
    _ = client.makeObjects()
    client.keepsInputs = false
    var position = 0
    var fuzz = CommandFuzz(corpus: client.inputs) {
        var value: UInt64 = 0
        for _ in 0..<2 where position < count {
            value = value << 8 | UInt64(bytes[position])
            position += 1
        }
        // Spread over the word, so that what takes high bits and what takes a remainder both see them.
        return value &* 0x9e37_79b9_7f4a_7c15
    }
    while position < count {
        precondition(fuzz.step(&client), "a command was not answered")
    }
    return 0
}

var argumentCount = CommandLine.argc
var arguments = CommandLine.unsafeArgv
let status = runDriver(&argumentCount, &arguments, tryInput)
precondition(status == 0, "the fuzzer failed")
