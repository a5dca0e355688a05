import GatewayCore
import GatewayTesting
import PluginPayloads
import Testing

@Suite("The library of prompts")
struct PromptLibraryTests {
    private struct DiskIsFull: Error {}

    /// The records, as clients see them, with ID and TIME.
    private static func records(_ library: RecordLibrary<Prompt>) -> [String] {
        library.records.map { JSONValue.object($0.object).stable.description }
    }

    @Test("makes a prompt, with an identifier and times, and stores it")
    func creates() async throws {
        let (library, store) = try await library()
        let made = try await library.create(
            form(
                #"{"name": "a", "template": "t", "description": "d", "arguments": [{"name": "x", "required": true}]}"#
            ),
            nobody
        )
        #expect(
            Self.records(library) == [
                #"{"id":"ID","name":"a","description":"d","template":"t","arguments":[{"name":"x","description":null,"#
                    + #""required":true}],"created_at":"TIME","updated_at":"TIME"}"#
            ]
        )
        #expect(library.records == [made])
        #expect(store.all == [made])
        #expect(made.createdAt == made.updatedAt)
    }

    @Test(
        "needs a name and a template",
        arguments: [
            ("{}", "422 the prompt is not valid: missing name and template"),
            (#"{"template": ""}"#, "422 the prompt is not valid: missing name"),
            (#"{"name": "a"}"#, "422 the prompt is not valid: missing template"),
        ]
    )
    func needs(json: String, text: String) async throws {
        let (library, store) = try await library()
        #expect(try await refusal { _ = try await library.create(form(json), nobody) } == text)
        #expect(store.all == [])
    }

    @Test("changes what is said, and keeps the rest and the place")
    func updates() async throws {
        let (library, store) = try await library([Prompt("a", description: "d", required: ["user"]), Prompt("b")])
        let changed = try await library.update("a", form(#"{"template": "new"}"#), nobody)
        #expect(changed.template == "new")
        #expect(changed.description == "d")
        #expect(changed.arguments == [Prompt.Argument(name: "user", isRequired: true)])
        #expect(changed.createdAt == "2026-01-01T00:00:00.000Z")
        #expect(changed.updatedAt > changed.createdAt)
        #expect(library.records.map(\.name) == ["a", "b"])
        #expect(store.all == library.records)
        let cleared = try await library.update("id-of-a", form(#"{"description": null, "arguments": []}"#), nobody)
        #expect(cleared.description == nil)
        #expect(cleared.arguments == [])
        #expect(cleared.template == "new")
    }

    @Test("gives a prompt another name; the old one is free then, and the identifier stays")
    func renames() async throws {
        let (library, store) = try await library([Prompt("a"), Prompt("b")])
        _ = try await library.update("a", form(#"{"name": "c"}"#), nobody)
        #expect(library.records.map(\.name) == ["c", "b"])
        #expect(
            try await refusal { _ = try await library.update("a", form("{}"), nobody) }
                == "404 prompt not found: a; GET /prompts lists all"
        )
        _ = try await library.update("id-of-a", form(#"{"name": "c"}"#), nobody)
        _ = try await library.create(form(#"{"name": "a", "template": ""}"#), nobody)
        #expect(library.records.map(\.name) == ["c", "b", "a"])
        #expect(store.all == library.records)
    }

    @Test("has one prompt of a name")
    func conflicts() async throws {
        let (library, store) = try await library([Prompt("a"), Prompt("b")])
        let text = "409 a prompt named \"b\" exists already; change it with PUT /prompts/b"
        #expect(
            try await refusal { _ = try await library.create(form(#"{"name": "b", "template": ""}"#), nobody) } == text
        )
        #expect(try await refusal { _ = try await library.update("a", form(#"{"name": "b"}"#), nobody) } == text)
        #expect(library.records == [Prompt("a"), Prompt("b")])
        #expect(store.all == library.records)
    }

    @Test("removes a prompt, by name or identifier")
    func deletes() async throws {
        let (library, store) = try await library([Prompt("a"), Prompt("b"), Prompt("c")])
        try await library.delete("a")
        try await library.delete("id-of-c")
        #expect(library.records.map(\.name) == ["b"])
        #expect(store.all.map(\.name) == ["b"])
        #expect(
            try await refusal { try await library.delete("a") } == "404 prompt not found: a; GET /prompts lists all"
        )
    }

    @Test("makes one of a hundred prompts of one name that are asked for at once, and all of different names")
    func createsConcurrently() async throws {
        let (library, store) = try await library()
        let made = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    _ = try? await library.create(form("{\"name\": \"other \(number)\", \"template\": \"\"}"), nobody)
                    return (try? await library.create(form(#"{"name": "same", "template": ""}"#), nobody)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(made == 1)
        #expect(Set(library.records.map(\.name)) == Set((0..<100).map { "other \($0)" } + ["same"]))
        #expect(library.records.count == 101)
        #expect(store.all == library.records)
    }

    @Test("shows nothing that the store has not taken")
    func failingStore() async throws {
        let (library, store) = try await library([Prompt("a")])
        store.fail(DiskIsFull())
        await #expect(throws: DiskIsFull.self) {
            try await library.create(form(#"{"name": "b", "template": ""}"#), nobody)
        }
        await #expect(throws: DiskIsFull.self) { try await library.update("a", form(#"{"template": ""}"#), nobody) }
        await #expect(throws: DiskIsFull.self) { try await library.delete("a") }
        #expect(library.records == [Prompt("a")])
    }

    @Test("finishes a write whose client has gone away")
    func cancelled() async throws {
        let (library, store) = try await library()
        let made = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await library.create(form(#"{"name": "a", "template": ""}"#), nobody)
        }
        made.cancel()
        _ = await made.result
        #expect(library.records.map(\.name) == ["a"])
        #expect(store.all == library.records)
    }
}
