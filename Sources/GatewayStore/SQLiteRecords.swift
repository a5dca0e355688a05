import GRDB
package import GatewayCore
import PluginPayloads

/// The records of one kind in a SQLite database.
package struct SQLiteRecords<Record: GatewayRecord>: RecordStore {
    private let database: DatabaseQueue

    /// Takes a database whose tables are there.
    package init(_ database: GatewayDatabase) {
        self.database = database.queue
    }

    package func records() async throws -> [Record] {
        try await database.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT * FROM records WHERE kind = ? ORDER BY rowid",
                arguments: [Record.kind]
            )
            return try rows.map(Record.init)
        }
    }

    package func insert(_ record: Record) async throws {
        try await write(
            record,
            """
            INSERT INTO records (id, kind, key, fields, created_at, updated_at)
            VALUES (:id, :kind, :key, :fields, :created_at, :updated_at)
            """
        )
    }

    package func update(_ record: Record) async throws {
        try await write(
            record,
            """
            UPDATE records SET key = :key, fields = :fields, created_at = :created_at, updated_at = :updated_at
            WHERE id = :id AND kind = :kind
            """
        )
    }

    package func delete(id: String) async throws {
        try await database.write { database in
            try database.execute(
                sql: "DELETE FROM records WHERE id = ? AND kind = ?",
                arguments: [id, Record.kind]
            )
        }
    }

    private func write(_ record: Record, _ sql: String) async throws {
        do {
            try await database.write { database in
                try database.execute(sql: sql, arguments: record.columns)
            }
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            throw GatewayError.conflict("a \(Record.kind) \(Record.keyDescription) \"\(record.key)\" exists already")
        }
    }
}

extension GatewayDatabase: RecordStores {
    package func store<Record: GatewayRecord>(of kind: Record.Type) -> any RecordStore<Record> {
        SQLiteRecords<Record>(self)
    }
}

/// A record that nobody can read: the database was changed by other hands.
struct UnreadableRecord: Error, CustomStringConvertible {
    let description: String
}

extension GatewayRecord {
    fileprivate init(_ row: Row) throws {
        let stamp = RecordStamp(id: row["id"], createdAt: row["created_at"], updatedAt: row["updated_at"])
        do {
            let fields = try JSONValue(json: row["fields"])
            try self.init(stored: fields.object ?? [:], stamp)
        } catch {
            let reason = (error as? GatewayError)?.message ?? "\(error)"
            throw UnreadableRecord(
                description: "the \(Self.kind) \(stamp.id) of the database is not readable: \(reason)"
            )
        }
    }

    fileprivate var columns: StatementArguments {
        [
            "id": id, "kind": Self.kind, "key": key, "fields": JSONValue.object(fields).description,
            "created_at": createdAt, "updated_at": updatedAt,
        ]
    }
}
