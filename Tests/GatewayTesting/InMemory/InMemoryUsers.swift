package import GatewayCore
import Synchronization

/// Users that are kept as long as the test runs.
package final class InMemoryUsers: UserStore {
    private let kept: Mutex<[String: User]>
    private let asked = Mutex(0)

    /// - Parameter users: Those who are there from the beginning.
    package init(_ users: [User] = []) {
        kept = Mutex(Dictionary(users.map { ($0.email, $0) }) { $1 })
    }

    /// A user of each role: `viewer@example.com` and so on.
    package static var ofEachRole: InMemoryUsers {
        InMemoryUsers(Role.allCases.map { User(email: "\($0)@example.com", role: $0, createdAt: "", updatedAt: "") })
    }

    /// How often a user was looked up.
    package var lookUps: Int { asked.withLock { $0 } }

    package func users() async throws -> [User] { kept.withLock { $0.values.sorted { $0.email < $1.email } } }

    package func user(_ email: String) async throws -> User? {
        asked.withLock { $0 += 1 }
        // As in SQL, what counts are the bytes.
        return kept.withLock { $0[email] }.flatMap { $0.email.utf8.elementsEqual(email.utf8) ? $0 : nil }
    }

    package func insert(_ user: User) async throws {
        try kept.withLock { kept in
            guard kept[user.email] == nil else { throw GatewayError.conflict("a user \(user.email) exists already") }
            kept[user.email] = user
        }
    }

    package func update(_ user: User) async throws -> Bool {
        kept.withLock { $0.updateValue(user, forKey: user.email) != nil }
    }

    package func delete(_ email: String) async throws -> Bool {
        kept.withLock { $0.removeValue(forKey: email) != nil }
    }
}

/// Tokens that a test has made up: the text of each is the address of its user.
package struct PlainTokens: TokenVerifying {
    package init() {}

    package func verify(_ token: String) throws(TokenRefusal) -> VerifiedToken {
        guard token.contains("@") else { throw .invalid }
        return VerifiedToken(email: token)
    }
}
