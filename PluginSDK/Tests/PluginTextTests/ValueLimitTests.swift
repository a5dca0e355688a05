import PluginPayloads
import PluginText
import Testing

@Suite("Limits of values")
struct ValueLimitTests {
    static let value: JSONValue = ["list": [1, 2, ["text": "漢字"]], "none": nil]

    @Test(
        "a value within the limits passes, and the first one beyond them is named",
        arguments: [
            (ValueLimits(depth: 3, items: 3, textBytes: 6), nil),
            (ValueLimits(depth: 2, items: 3, textBytes: 6), .depth(limit: 2)),
            (ValueLimits(depth: 0, items: 3, textBytes: 6), .depth(limit: 0)),
            (ValueLimits(depth: 3, items: 2, textBytes: 6), .items(3, limit: 2)),
            (ValueLimits(depth: 3, items: 1, textBytes: 6), .items(2, limit: 1)),
            (ValueLimits(depth: 3, items: 3, textBytes: 5), .textBytes(6, limit: 5)),
        ] as [(ValueLimits, ValueLimitError?)]
    )
    func check(_ limits: ValueLimits, _ expected: ValueLimitError?) throws {
        let root = try PayloadBlock(Self.value).root
        var found: ValueLimitError?
        do throws(ValueLimitError) { try root.check(limits) } catch { found = error }
        #expect(found == expected)
    }

    @Test("a text alone has no depth")
    func text() throws {
        try PayloadBlock("abc" as JSONValue).root.check(ValueLimits(depth: 0, items: 0, textBytes: 3))
    }

    @Test("the message says by how much")
    func messages() {
        #expect(ValueLimitError.depth(limit: 2).description == "a value nests deeper than 2 containers")
        #expect(ValueLimitError.items(3, limit: 2).description == "a container has 3 values, more than 2")
        #expect(ValueLimitError.textBytes(6, limit: 5).description == "a text has 6 bytes, more than 5")
    }
}
