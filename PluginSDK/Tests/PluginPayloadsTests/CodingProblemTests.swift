import PluginPayloads
import Testing

@Suite("Problems of coding in words")
struct CodingProblemTests {
    struct Rules: Codable {
        struct Word: Codable {
            var search: String
            var replace: String
        }

        enum Mode: String, Codable {
            case fast
        }

        var threshold: Double
        var words: [Word]
        var mode: Mode?
        var limits: [String: Int]?
        var byID: [Int: Int]?
    }

    private func problem(_ json: JSONValue) throws -> CodingProblem {
        let block = try PayloadBlock(json)
        return CodingProblem(try #require(throws: (any Error).self) { try block.decode(Rules.self) })
    }

    @Test(
        "a problem has a place, a JSON pointer and a text",
        arguments: [
            ([1], "", "expected an object, found an array"), ([:], "/threshold", "threshold: missing"),
            (["threshold": "high"], "/threshold", "threshold: expected a number, found a string"),
            (["threshold": nil], "/threshold", "threshold: expected a number, found null"),
            (["threshold": 1, "words": 1], "/words", "words: expected an array, found a number"),
            (["threshold": 1, "words": [1]], "/words/0", "words[0]: expected an object, found a number"),
            (
                ["threshold": 1, "words": [["search": "a", "replace": "b"], ["replace": "c"]]], "/words/1/search",
                "words[1].search: missing"
            ),
            (
                ["threshold": 1, "words": [["search": "a", "replace": false]]], "/words/0/replace",
                "words[0].replace: expected a string, found a boolean"
            ),
            (
                ["threshold": 1, "words": [], "limits": ["a/b~c": "x"]], "/limits/a~1b~0c",
                "limits[\"a/b~c\"]: expected a whole number, found a string"
            ),
            (
                ["threshold": 1, "words": [], "limits": ["": 1.5]], "/limits/",
                "limits[\"\"]: expected a whole number, found 1.5"
            ),
            (
                ["threshold": 1, "words": [], "limits": ["x-größe_1": []]], "/limits/x-größe_1",
                "limits.x-größe_1: expected a whole number, found an array"
            ),
            (
                ["threshold": 1, "words": [], "byID": ["7": "x"]], "/byID/7",
                "byID[7]: expected a whole number, found a string"
            ),
            (
                ["threshold": 1, "words": [], "mode": 1], "/mode", "mode: expected a string, found a number"
            ),
        ] as [(JSONValue, String, String)]
    )
    func problemsInWords(_ json: JSONValue, _ pointer: String, _ text: String) throws {
        let problem = try problem(json)
        #expect(problem.pointer == pointer)
        #expect(problem.description == text)
    }

    @Test("a value that an enum lacks is named")
    func unknownCase() throws {
        let problem = try problem(["threshold": 1, "words": [], "mode": "medium"])
        #expect(problem.place == "mode")
        #expect(problem.pointer == "/mode")
        #expect(problem.message.contains("medium"))
    }

    @Test("an error that is not of Codable says its own text")
    func otherErrors() {
        let problem = CodingProblem(BlockError("no memory"))
        #expect(problem.place == "" && problem.pointer == "")
        #expect(problem.description == "no memory")
    }
}
