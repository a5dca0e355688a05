package import GatewayCore
import GatewayStore

/// The users of a data directory, for the command line; a gateway may run on it.
package struct UserDesk {
    private let users: UserDirectory
    private let database: GatewayDatabase

    /// Opens the database of a data directory, which is made if it is missing.
    ///
    /// - Throws: ``GatewayFailure`` if that cannot be.
    package init(_ dataDirectory: String) throws(GatewayFailure) {
        database = try GatewayDatabase.open(in: DataDirectory(dataDirectory))
        users = UserDirectory(SQLiteUserStore(database))
    }

    /// Does something with the users, and closes the database.
    ///
    /// - Throws: ``GatewayFailure`` with what went wrong.
    package func run<Value: Sendable>(
        _ body: (UserDirectory) async throws -> Value
    ) async throws(GatewayFailure) -> Value {
        do {
            let value = try await body(users)
            try database.close()
            return value
        } catch let error as GatewayError {
            throw GatewayFailure(error.message)
        } catch {
            throw GatewayFailure("the database: \(error)")
        }
    }
}

extension GatewayDatabase {
    /// Opens the database of a data directory.
    static func open(in directory: DataDirectory) throws(GatewayFailure) -> GatewayDatabase {
        do { return try GatewayDatabase(path: directory.database) } catch {
            throw GatewayFailure(
                "cannot open the database \(directory.database): \(error); restore it, move it away to begin without "
                    + "prompts and users, or name another folder with --data-dir"
            )
        }
    }
}
