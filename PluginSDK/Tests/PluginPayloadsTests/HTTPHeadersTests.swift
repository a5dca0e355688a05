import PluginPayloads
import Testing

@Suite("HTTP headers")
struct HTTPHeadersTests {
    @Test("a header is found in any case, and keeps its place and spelling")
    func namesAreFoundInAnyCase() {
        var headers: HTTPHeaders = ["Host": "a", "X-Key": "1", "Accept": "*"]
        #expect(headers["x-KEY"] == "1")
        #expect(headers["absent"] == nil)
        headers["x-key"] = "2"
        headers["New"] = "3"
        headers["HOST"] = nil
        #expect(headers.map { "\($0.name): \($0.value)" } == ["X-Key: 2", "Accept: *", "New: 3"])
        #expect(headers.count == 3)
    }

    @Test("removing answers the value")
    func removingAnswersTheValue() {
        var headers: HTTPHeaders = ["A": "1"]
        #expect(headers.remove("a") == "1")
        #expect(headers.remove("a") == nil)
        #expect(headers.isEmpty)
    }

    @Test("the last value of a repeated name counts")
    func lastValueCounts() throws {
        #expect(HTTPHeaders([("a", "1"), ("b", "2"), ("A", "3")]) == ["a": "3", "b": "2"])
        let block = try PayloadBlock(["a": "1", "A": "2"] as JSONObject)
        #expect(try HTTPHeaders(block: block.root) == ["a": "2"])
        #expect(HTTPHeaders(["b": "2", "a": "1"] as [String: String]) == HTTPHeaders([("a", "1"), ("b", "2")]))
    }

    @Test("many headers are found, changed and removed")
    func manyHeaders() {
        var headers = HTTPHeaders((0..<100).map { ("H\($0)", "\($0)") })
        headers["h50"] = "x"
        headers["h0"] = nil
        #expect(headers["H99"] == "99")
        #expect(headers["H50"] == "x")
        #expect(headers["H0"] == nil)
        for index in 1..<99 { headers.remove("h\(index)") }
        #expect(headers == ["H99": "99"])
    }

    @Test(
        "headers are an object of texts",
        arguments: [
            (["a": "1", "b": "2"], nil), ([:], nil),
            (["a": 1], "headers.a: expected a string, found a number"),
            (["a", "b"], "headers: expected an object, found an array"),
        ] as [(JSONValue, String?)]
    )
    func headersAreAnObjectOfTexts(_ json: JSONValue, _ problem: String?) throws {
        let root = try PayloadBlock(json).root
        guard let problem else {
            #expect(try reply(of: HTTPHeaders(block: root)) == json)
            return
        }
        let error = #expect(throws: BlockError.self) { try HTTPHeaders(block: root) }
        #expect(error?.description == problem)
    }
}
