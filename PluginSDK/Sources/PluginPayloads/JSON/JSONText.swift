/// Helps messages that show text from elsewhere.
enum JSONText {
    /// Bytes of a text that a message shows.
    static let excerptLength = 100

    /// The beginning of a text as a JSON string: in quotes, and without control characters.
    static func excerpt(of text: some Collection<UInt8>) -> String {
        let start = String(decoding: text.prefix(excerptLength), as: UTF8.self)
        return JSONValue.string(text.count > excerptLength ? start + "…" : start).description
    }
}
