import PluginPayloads
import Testing

@Suite("JSON objects")
struct JSONObjectTests {
    private func object(_ count: Int) -> JSONObject {
        JSONObject((0..<count).map { ("key\($0)", JSONValue.int(Int64($0))) })
    }

    @Test("an empty object has nothing")
    func empty() {
        let object = JSONObject()
        #expect(object.isEmpty)
        #expect(object["a"] == nil)
        #expect(object == [:])
        #expect(object.description == "{}")
    }

    @Test("entries keep their order and are found, few or many", arguments: [1, 2, 15, 16, 17, 18, 100])
    func order(count: Int) {
        let object = object(count)
        #expect(object.map(\.key) == (0..<count).map { "key\($0)" })
        #expect(object.map(\.value) == (0..<count).map { .int(Int64($0)) })
        for index in 0..<count { #expect(object["key\(index)"] == .int(Int64(index))) }
        #expect(object["key\(count)"] == nil)
        #expect(object["KEY0"] == nil)
    }

    @Test("assigning replaces in place, appends, or removes", arguments: [3, 16, 17, 18, 40])
    func assigning(count: Int) {
        var object = object(count)
        object["key1"] = "new"
        #expect(object.map(\.key) == (0..<count).map { "key\($0)" })
        #expect(object[1] == ("key1", "new"))
        object["last"] = nil
        #expect(object.count == count)
        object["last"] = true
        #expect(object[count] == ("last", true))
        object["key0"] = nil
        #expect(object.map(\.key) == (1..<count).map { "key\($0)" } + ["last"])
        #expect(object["key0"] == nil)
        #expect(object["key1"] == "new")
        #expect(object["key\(count - 1)"] == .int(Int64(count - 1)))
        #expect(object["last"] == true)
    }

    @Test("removing every second of many leaves the others")
    func removingMany() {
        var object = object(50)
        for index in stride(from: 0, to: 50, by: 2) { object["key\(index)"] = nil }
        #expect(object.map(\.key) == stride(from: 1, to: 50, by: 2).map { "key\($0)" })
        for index in 0..<50 { #expect(object["key\(index)"] == (index % 2 == 0 ? nil : .int(Int64(index)))) }
        for entry in object { object[entry.key] = nil }
        #expect(object == JSONObject())
    }

    @Test("null is a value, not a missing one")
    func null() {
        var object: JSONObject = ["a": nil]
        #expect(object.count == 1)
        #expect(object["a"] == .some(.null))
        object["a"] = JSONValue.null
        #expect(object.count == 1)
        object["a"] = nil
        #expect(object.isEmpty)
    }

    @Test("the last value of a repeated key counts, at the first one's place")
    func repeated() {
        #expect(JSONObject([("a", 1), ("b", 2), ("a", 3)]) == ["a": 3, "b": 2])
        #expect(JSONObject([("a", 1), ("b", 2), ("a", 3)]).description == #"{"a":3,"b":2}"#)
    }

    @Test("objects are equal if their entries are, in the same order")
    func equality() {
        #expect(JSONObject([("a", 1), ("b", 2)]) == JSONObject([("a", 1), ("b", 2)]))
        #expect(JSONObject([("a", 1), ("b", 2)]) != JSONObject([("b", 2), ("a", 1)]))
        #expect(JSONObject([("a", 1)]) != JSONObject([("a", 2)]))
        #expect(JSONObject([("a", 1)]) != JSONObject([("a", 1), ("b", 2)]))
        #expect(Set([object(20), object(20), object(21)]).count == 2)
        var removed = object(18)
        removed["key17"] = nil
        #expect(removed == object(17))
    }

    @Test("keys are compared by their bytes, few or many", arguments: [0, 20])
    func exactKeys(others: Int) {
        var object = object(others)
        object["é"] = 1
        #expect(object["e\u{301}"] == nil)
        object["e\u{301}"] = 2
        #expect(object.count == others + 2)
        #expect(object["é"] == 1)
        #expect(object["e\u{301}"] == 2)
        object["é"] = nil
        #expect(object["é"] == nil)
        #expect(object["e\u{301}"] == 2)
        #expect(JSONObject([("é", 1)]) != JSONObject([("e\u{301}", 1)]))
    }

    @Test("an object of texts is sorted by key")
    func texts() {
        #expect(JSONObject(["b": "2", "a": "1"]).description == #"{"a":"1","b":"2"}"#)
    }
}
