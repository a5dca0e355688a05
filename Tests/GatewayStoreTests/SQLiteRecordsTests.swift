import GRDB
import GatewayCore
import GatewayStore
import PluginPayloads
import TestSupport
import Testing

@Suite("Prompts in SQLite")
struct SQLiteRecordsTests {
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
        _ body: (SQLiteRecords<Prompt>) async throws -> Value
    ) async throws -> Value {
        let database = try GatewayDatabase(path: path)
        let value = try await body(SQLiteRecords<Prompt>(database))
        try database.close()
        return value
    }

    @Test("come back as they were stored, in the order of their making, also after the database was opened again")
    func roundTrip() async throws {
        let directory = try TemporaryDirectory()
        try await Self.open(directory("db")) { store in
            #expect(try await store.records() == [])
            try await store.insert(Self.strange)
            try await store.insert(Self.plain)
            #expect(try await store.records() == [Self.strange, Self.plain])
        }
        #expect(try await Self.open(directory("db")) { try await $0.records() } == [Self.strange, Self.plain])
    }

    @Test("are changed and removed by their identifiers")
    func changes() async throws {
        let directory = try TemporaryDirectory()
        let expected = Prompt(
            id: Self.plain.id,
            name: "renamed",
            template: Self.plain.template,
            description: nil,
            arguments: [],
            createdAt: Self.plain.createdAt,
            updatedAt: "2026-01-03T00:00:00.000Z"
        )
        try await Self.open(directory("db")) { store in
            try await store.insert(Self.plain)
            try await store.insert(Self.strange)
            try await store.update(expected)
            #expect(try await store.records() == [expected, Self.strange])
            try await store.delete(id: "2")
            try await store.delete(id: "none")
        }
        #expect(try await Self.open(directory("db")) { try await $0.records() } == [expected])
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
            #expect(try await store.records() == [Self.plain, Self.strange])
        }
    }

    @Test("are found in the database of the first version")
    func firstVersion() async throws {
        let directory = try TemporaryDirectory()
        let old = try DatabaseQueue(path: directory("db"))
        let arguments = Self.strange.arguments.map { JSONValue.object($0.object) }
        try await old.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
                    INSERT INTO grdb_migrations VALUES ('prompts');
                    CREATE TABLE prompts (
                        id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE, template TEXT NOT NULL,
                        description TEXT, arguments TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL
                    ) STRICT;
                    INSERT INTO prompts VALUES ('9', 'last by name, first made', '', NULL, '[]', 'then', 'now');
                    """
            )
            try database.execute(
                sql: "INSERT INTO prompts VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    Self.strange.id, Self.strange.name, Self.strange.template, nil,
                    JSONValue.array(arguments).description, Self.strange.createdAt, Self.strange.updatedAt,
                ]
            )
        }
        try old.close()
        let first = Prompt(
            id: "9",
            name: "last by name, first made",
            template: "",
            description: nil,
            arguments: [],
            createdAt: "then",
            updatedAt: "now"
        )
        #expect(try await Self.open(directory("db")) { try await $0.records() } == [first, Self.strange])
    }

    @Test("find an empty file made into a database")
    func emptyFile() async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("", to: "db")
        try await Self.open(path) { try await $0.insert(Self.plain) }
        #expect(try await Self.open(path) { try await $0.records() } == [Self.plain])
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
