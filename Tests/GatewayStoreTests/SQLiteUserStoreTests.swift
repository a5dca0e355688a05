import GatewayCore
import GatewayStore
import TestSupport
import Testing

@Suite("Users in SQLite")
struct SQLiteUserStoreTests {
    private static let ada = User(
        email: "ada@example.com",
        fullName: "Ada 🙂 'Lovelace'",
        role: .admin,
        isActive: false,
        tenantID: "acme",
        createdAt: "1",
        updatedAt: "2"
    )
    private static let bob = User(email: "bob@example.com", role: .viewer, createdAt: "1", updatedAt: "1")

    @Test("come back as they were stored, by their addresses, also when another process has written them")
    func roundTrip() async throws {
        let directory = try TemporaryDirectory()
        let first = try GatewayDatabase(path: directory("db"))
        let second = try GatewayDatabase(path: directory("db"))
        let (store, other) = (SQLiteUserStore(first), SQLiteUserStore(second))
        try await store.insert(Self.bob)
        try await store.insert(Self.ada)
        #expect(try await other.users() == [Self.ada, Self.bob])
        #expect(try await other.user("ada@example.com") == Self.ada)
        #expect(try await other.user("eve@example.com") == nil)
        let taken = await #expect(throws: GatewayError.self) { try await other.insert(Self.bob) }
        #expect(taken == .conflict("a user bob@example.com exists already"))
        var changed = Self.bob
        changed.role = .developer
        changed.fullName = "Bob"
        #expect(try await other.update(changed))
        #expect(try await store.user("bob@example.com") == changed)
        #expect(try await store.delete("bob@example.com"))
        #expect(try await other.delete("bob@example.com") == false)
        #expect(try await other.update(changed) == false)
        #expect(try await other.users() == [Self.ada])
        try first.close()
        try second.close()
    }

    @Test("can be written by many at the same time")
    func contention() async throws {
        let directory = try TemporaryDirectory()
        let databases = try (0..<4).map { _ in try GatewayDatabase(path: directory("db")) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, database) in databases.enumerated() {
                group.addTask {
                    for count in 0..<10 {
                        let email = "\(number)-\(count)@example.com"
                        try await SQLiteUserStore(database)
                            .insert(User(email: email, role: .viewer, createdAt: "", updatedAt: ""))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await SQLiteUserStore(databases[0]).users().count == 40)
        for database in databases { try database.close() }
    }
}
