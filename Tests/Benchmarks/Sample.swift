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
}
