import GRDB
package import GatewayCore

/// Users in a SQLite database.
package struct SQLiteUserStore: UserStore {
    private let database: DatabaseQueue

    /// Takes a database whose tables are there.
    package init(_ database: GatewayDatabase) {
        self.database = database.queue
    }

    package func users() async throws -> [User] {
        try await database.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM users ORDER BY email").map(User.init)
        }
    }

    package func user(_ email: String) async throws -> User? {
        try await database.read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM users WHERE email = ?", arguments: [email]).map(User.init)
        }
    }

    package func insert(_ user: User) async throws {
        do {
            try await database.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO users (email, full_name, role, is_active, tenant_id, created_at, updated_at)
                        VALUES (:email, :full_name, :role, :is_active, :tenant_id, :created_at, :updated_at)
                        """,
                    arguments: user.columns
                )
            }
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_PRIMARYKEY {
            throw GatewayError.conflict("a user \(user.email) exists already")
        }
    }

    package func update(_ user: User) async throws -> Bool {
        try await database.write { database in
            try database.execute(
                sql: """
                    UPDATE users SET full_name = :full_name, role = :role, is_active = :is_active,
                        tenant_id = :tenant_id, created_at = :created_at, updated_at = :updated_at
                    WHERE email = :email
                    """,
                arguments: user.columns
            )
            return database.changesCount > 0
        }
    }

    package func delete(_ email: String) async throws -> Bool {
        try await database.write { database in
            try database.execute(sql: "DELETE FROM users WHERE email = ?", arguments: [email])
            return database.changesCount > 0
        }
    }
}

extension User {
    fileprivate init(_ row: Row) {
        self.init(
            email: row["email"],
            fullName: row["full_name"],
            // A role that only a newer version knows is nobody's here: the least.
            role: Role(rawValue: row["role"]) ?? .viewer,
            isActive: row["is_active"],
            tenantID: row["tenant_id"],
            createdAt: row["created_at"],
            updatedAt: row["updated_at"]
        )
    }

    fileprivate var columns: StatementArguments {
        [
            "email": email, "full_name": fullName, "role": role.rawValue, "is_active": isActive,
            "tenant_id": tenantID, "created_at": createdAt, "updated_at": updatedAt,
        ]
    }
}
