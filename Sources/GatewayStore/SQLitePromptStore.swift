import GRDB
package import GatewayCore
import PluginPayloads

/// Prompts in a SQLite database.
package struct SQLitePromptStore: PromptStore {
    private let database: DatabaseQueue

    /// Takes a database whose tables are there.
    package init(_ database: GatewayDatabase) {
        self.database = database.queue
    }

    package func prompts() async throws -> [Prompt] {
        try await database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM prompts ORDER BY rowid").map(Prompt.init)
        }
    }

    package func insert(_ prompt: Prompt) async throws {
        try await write(
            prompt,
            """
            INSERT INTO prompts (id, name, template, description, arguments, created_at, updated_at)
            VALUES (:id, :name, :template, :description, :arguments, :created_at, :updated_at)
            """
        )
    }

    package func update(_ prompt: Prompt) async throws {
        try await write(
            prompt,
            """
            UPDATE prompts SET name = :name, template = :template, description = :description,
                arguments = :arguments, created_at = :created_at, updated_at = :updated_at
            WHERE id = :id
            """
        )
    }

    package func delete(id: String) async throws {
        try await database.write { database in
            try database.execute(sql: "DELETE FROM prompts WHERE id = ?", arguments: [id])
        }
    }

    private func write(_ prompt: Prompt, _ sql: String) async throws {
        do {
            try await database.write { database in
                try database.execute(sql: sql, arguments: prompt.columns)
            }
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            throw GatewayError.conflict("a prompt named \"\(prompt.name)\" exists already")
        }
    }
}

extension Prompt {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: row["id"],
            name: row["name"],
            template: row["template"],
            description: row["description"],
            arguments: try Self.arguments(row["arguments"]),
            createdAt: row["created_at"],
            updatedAt: row["updated_at"]
        )
    }

    private static func arguments(_ text: String) throws -> [Argument] {
        (try JSONValue(json: text).array ?? []).map { argument in
            Argument(
                name: argument["name"]?.string ?? "",
                description: argument["description"]?.string,
                isRequired: argument["required"]?.bool ?? false
            )
        }
    }

    fileprivate var columns: StatementArguments {
        [
            "id": id, "name": name, "template": template, "description": description,
            "arguments": JSONValue.array(arguments.map { .object($0.object) }).description,
            "created_at": createdAt, "updated_at": updatedAt,
        ]
    }
}
