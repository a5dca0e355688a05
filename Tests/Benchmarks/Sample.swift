import PluginPayloads

/// Payloads of realistic shape.
enum Sample {
    /// A tool call of about 200 bytes as JSON.
    static let call = """
        {"name":"search_documents","args":{"query":"quarterly report","limit":10,"offset":0,"filters":\
        {"author":"ada@example.com","year":2026,"tags":["finance","draft"]},"highlight":true},\
        "headers":{"accept":"json"}}
        """

    /// A tool call whose nested arguments are about 1 KB as JSON.
    static let arguments: String = {
        let items = (1...7).map { number in
            """
            {"id":\(1000 + number),"title":"Item number \(number)","note":"A line of ordinary text about it.",\
            "price":\(number).50,"tags":["one","two","three"],"active":true}
            """
        }
        return #"{"name":"store_items","args":{"items":[\#(items.joined(separator: ","))]}}"#
    }()

    /// About 1 KB of ordinary text, with some digits, and nothing that a filter looks for.
    static let prose = prose(bytes: 1_000)

    /// The same with something for each filter at its beginning.
    static let proseWithHits = hits + prose(bytes: 1_000 - hits.utf8.count)

    /// What the chain of five filters makes of the beginning.
    static let filteredHits = "Mail j***n@example.com about ***-**-6789 and E*******6: yikes and bar. "

    private static let hits = "Mail john@example.com about 123-45-6789 and EMP123456: crap and foo. "

    /// Text of a length.
    private static func prose(bytes: Int) -> String {
        let sentences = [
            "The meeting was moved to half past three because the train from Leeds was late again.",
            "Nobody had expected 24 people in a room that was built for a dozen at most.",
            "She opened the window and read the letter twice before she said a word.",
            "In 2019 the same question had been asked, and the answer took 6 weeks.",
            "There is no reason to hurry; the report can wait until everyone has slept.",
        ]
        var text = ""
        var next = 0
        while text.utf8.count < bytes {
            text += sentences[next % sentences.count] + " "
            next += 1
        }
        return String(text.prefix(bytes))
    }

    /// The body of a request to render a prompt with one argument, `text`, of a length.
    static func body(_ kind: String, bytes: Int) -> String {
        let start = kind == "hits" ? hits : ""
        return JSONValue(dictionaryLiteral: ("text", .string(start + prose(bytes: bytes - start.utf8.count))))
            .description
    }
}
