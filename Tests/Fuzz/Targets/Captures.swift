import Capture
import Glibc

/// Reads `bytes` as a capture file in both readers; what they refuse, they refuse with an error.
func readCapture(_ bytes: [UInt8]) {
    let path = "/tmp/martlet-fuzz-\(getpid()).capture"
    guard let file = fopen(path, "wb") else { fatalError("cannot write \(path)") }
    _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    fclose(file)
    defer { unlink(path) }
    do throws(CaptureError) {
        var reader = try CaptureReader(path: path, acceptsAnyLinkType: true)
        while try reader.next() != nil {}
    } catch {}
    do throws(CaptureError) {
        var reader = try PcapngReader(path: path)
        while try reader.next() != nil {}
    } catch {}
}
