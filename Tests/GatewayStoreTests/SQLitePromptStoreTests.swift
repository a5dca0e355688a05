import GatewayCore
import GatewayStore
import PluginPayloads
import TestSupport
import Testing

@Suite("Prompts in SQLite")
struct SQLitePromptStoreTests {
    private static let plain = Prompt(
        id: "1",
        name: "greeting",
        template: "Hello {{ user }}",
        description: "A greeting",
        arguments: [
            Prompt.Argument(name: "user", description: "Who", isRequired: true), Prompt.Argument(name: "tone"),
        ],
        createdAt: "2026-01-01T00:00:00.000Z",
        updatedAt: "2026-01-02T00:00:00.000Z"
    )

    /// All that could be lost between Swift and SQL.
    private static let strange = Prompt(
        id: "2",
        name: "it's \"déjà vu\" 🙂; DROP TABLE prompts",
        template: "line 1\nline 2\r\n\t{% raw %}\u{1}\u{10FFFF}'",
        description: nil,
        arguments: [Prompt.Argument(name: "ключ'\"\\", description: "")],
        createdAt: "2026-01-01T00:00:00.000Z",
        updatedAt: "2026-01-01T00:00:00.000Z"
    )

    /// Does something with a store, and closes it.
    private static func open<Value>(
        _ path: String,
        _ body: (SQLitePromptStore) async throws -> Value
    ) async throws -> Value {
        let database = try GatewayDatabase(path: path)
        let value = try await body(SQLitePromptStore(database))
        try database.close()
        return value
    }

    @Test("come back as they were stored, in the order of their making, also after the database was opened again")
    func roundTrip() async throws {
        let directory = try TemporaryDirectory()
        try await Self.open(directory("db")) { store in
            #expect(try await store.prompts() == [])
            try await store.insert(Self.strange)
            try await store.insert(Self.plain)
            #expect(try await store.prompts() == [Self.strange, Self.plain])
        }
        #expect(try await Self.open(directory("db")) { try await $0.prompts() } == [Self.strange, Self.plain])
    }

    @Test("are changed and removed by their identifiers")
    func changes() async throws {
        let directory = try TemporaryDirectory()
        var changed = Self.plain
        changed.name = "renamed"
        changed.description = nil
        changed.arguments = []
        changed.updatedAt = "2026-01-03T00:00:00.000Z"
        let expected = changed
        try await Self.open(directory("db")) { store in
            try await store.insert(Self.plain)
            try await store.insert(Self.strange)
            try await store.update(expected)
            #expect(try await store.prompts() == [expected, Self.strange])
            try await store.delete(id: "2")
            try await store.delete(id: "none")
        }
        #expect(try await Self.open(directory("db")) { try await $0.prompts() } == [expected])
    }

    @Test("have names of their own, whatever the library above believes")
    func uniqueNames() async throws {
        let directory = try TemporaryDirectory()
        try await Self.open(directory("db")) { store in
            try await store.insert(Self.plain)
            try await store.insert(Self.strange)
            let third = Prompt(
                id: "3",
                name: "greeting",
                template: "",
                description: nil,
                arguments: [],
                createdAt: "",
                updatedAt: ""
            )
            let conflict = GatewayError.conflict("a prompt named \"greeting\" exists already")
            await #expect(throws: conflict) { try await store.insert(third) }
            var renamed = Self.strange
            renamed.name = "greeting"
            let taken = renamed
            await #expect(throws: conflict) { try await store.update(taken) }
            #expect(try await store.prompts() == [Self.plain, Self.strange])
        }
    }

    @Test("find an empty file made into a database")
    func emptyFile() async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("", to: "db")
        try await Self.open(path) { try await $0.insert(Self.plain) }
        #expect(try await Self.open(path) { try await $0.prompts() } == [Self.plain])
    }

    @Test("are not looked for in a file that is no database")
    func noDatabase() async throws {
        let directory = try TemporaryDirectory()
        let text = String(repeating: "no database\n", count: 100)
        let path = try directory.write(text, to: "db")
        #expect(throws: (any Error).self) { try GatewayDatabase(path: path) }
        #expect(try Files.readText(path) == text)
    }
}
