import GRDB

/// The gateway's SQLite database.
package struct GatewayDatabase: Sendable {
    let queue: DatabaseQueue

    /// Opens a database, and makes the tables that it lacks.
    ///
    /// - Parameter path: The file, which is made if it is missing.
    /// - Throws: What SQLite says of it.
    package init(path: String) throws {
        var configuration = Configuration()
        configuration.label = "hookgate"
        // A command and a gateway may write at the same time.
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            // A write that has returned is on the disk, whether the process or the machine ends next.
            try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try Self.migrations.migrate(queue)
    }

    /// Closes the database.
    package func close() throws {
        try queue.close()
    }

    /// What turns a database of any earlier version into one of this; what is released never changes.
    private static var migrations: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("prompts") { database in
            try database.execute(
                sql: """
                    CREATE TABLE prompts (
                        id TEXT PRIMARY KEY NOT NULL,
                        name TEXT NOT NULL UNIQUE,
                        template TEXT NOT NULL,
                        description TEXT,
                        arguments TEXT NOT NULL,
                        created_at TEXT NOT NULL,
                        updated_at TEXT NOT NULL
                    ) STRICT
                    """
            )
        }
        migrator.registerMigration("users") { database in
            try database.execute(
                sql: """
                    CREATE TABLE users (
                        email TEXT PRIMARY KEY NOT NULL,
                        full_name TEXT,
                        role TEXT NOT NULL,
                        is_active INTEGER NOT NULL,
                        tenant_id TEXT,
                        created_at TEXT NOT NULL,
                        updated_at TEXT NOT NULL
                    ) STRICT
                    """
            )
        }
        migrator.registerMigration("records") { database in
            // One table for all kinds of records, into which the prompts move.
            try database.execute(
                sql: """
                    CREATE TABLE records (
                        id TEXT PRIMARY KEY NOT NULL,
                        kind TEXT NOT NULL,
                        key TEXT NOT NULL,
                        fields TEXT NOT NULL,
                        created_at TEXT NOT NULL,
                        updated_at TEXT NOT NULL,
                        UNIQUE (kind, key)
                    ) STRICT;
                    INSERT INTO records (id, kind, key, fields, created_at, updated_at)
                    SELECT id, 'prompt', name,
                        json_object(
                            'name', name, 'description', description, 'template', template,
                            'arguments', json(arguments)
                        ),
                        created_at, updated_at
                    FROM prompts ORDER BY rowid;
                    DROP TABLE prompts;
                    """
            )
        }
        return migrator
    }
}
