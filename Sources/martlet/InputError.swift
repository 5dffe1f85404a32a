/// Something that the user gave cannot be used.
struct InputError: Error {
    var text: String
}
