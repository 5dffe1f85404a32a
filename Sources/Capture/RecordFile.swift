/// A file of records, each a kind and some bytes: what a live session is kept in.
///
/// After eight bytes that say what it is: for each record its kind (1 byte), its length (4 bytes, little-endian) and
/// its bytes. Compressed with zstd when the name ends in `.zst`.
package enum RecordFile {
    /// The first bytes: a name and a version.
    static let magic = Array("MARTREC1".utf8)
    /// Longest record, in bytes.
    package static let longestRecord = 1 << 20
}
