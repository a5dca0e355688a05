import PluginPayloads
import Synchronization

/// The users of the gateway.
///
/// A record that was read counts for a quarter of a second: what the command line changes is seen that soon, and a
/// request seldom has to ask the store.
package final class UserDirectory: Sendable {
    private struct Remembered {
        let user: User
        let end: ContinuousClock.Instant
    }

    private static let memory: Duration = .milliseconds(250)
    /// Records beyond this are forgotten all at once.
    private static let capacity = 10_000

    private let store: any UserStore
    private let remembered = Mutex<[String: Remembered]>([:])

    package init(_ store: any UserStore) {
        self.store = store
    }

    /// The user with an address.
    package func user(_ email: String) async throws -> User? {
        guard let email = EmailAddress.normal(email) else { return nil }
        let now = ContinuousClock.now
        // Texts are equal in Swift if they look alike; for the store they have to be the same bytes.
        if let known = remembered.withLock({ $0[email] }), now < known.end,
            known.user.email.utf8.elementsEqual(email.utf8)
        {
            return known.user
        }
        let user = try await store.user(email)
        remembered.withLock { remembered in
            if remembered.count >= Self.capacity { remembered.removeAll() }
            remembered[email] = user.map { Remembered(user: $0, end: now + Self.memory) }
        }
        return user
    }

    /// All users, by address.
    package func users() async throws -> [User] {
        try await store.users()
    }

    /// Makes a user.
    ///
    /// - Throws: That the form is not complete, or that the address is taken.
    package func create(_ form: UserForm) async throws -> User {
        guard let email = form.email, let role = form.role else {
            let missing = [form.email == nil ? "email" : nil, form.role == nil ? "role" : nil].compactMap(\.self)
            throw GatewayError.unprocessable("the user is not valid: missing " + missing.joined(separator: " and "))
        }
        guard let address = EmailAddress.normal(email) else {
            throw GatewayError.unprocessable(
                "the user is not valid: email: expected an address such as ada@example.com"
            )
        }
        let now = Timestamp.now.text
        let user = User(
            email: address,
            fullName: form.fullName?.string,
            role: role,
            isActive: form.isActive ?? true,
            tenantID: form.tenantID?.string,
            createdAt: now,
            updatedAt: now
        )
        try await store.insert(user)
        forget(address)
        return user
    }

    /// Changes what a form says of a user, and keeps the rest; the address stays.
    ///
    /// - Throws: That there is no such user, or that the form names another address.
    package func update(_ email: String, _ form: UserForm) async throws -> User {
        guard let address = EmailAddress.normal(email), var user = try await store.user(address) else {
            throw Self.notFound(email)
        }
        if let given = form.email, EmailAddress.normal(given) != address {
            throw GatewayError.unprocessable("the address of a user does not change; make another user")
        }
        if let name = form.fullName { user.fullName = name.string }
        if let role = form.role { user.role = role }
        if let isActive = form.isActive { user.isActive = isActive }
        if let tenant = form.tenantID { user.tenantID = tenant.string }
        user.updatedAt = Timestamp.now.text
        guard try await store.update(user) else { throw Self.notFound(email) }
        forget(address)
        return user
    }

    /// Removes a user.
    ///
    /// - Throws: That there is no such user.
    package func delete(_ email: String) async throws {
        guard let address = EmailAddress.normal(email), try await store.delete(address) else {
            throw Self.notFound(email)
        }
        forget(address)
    }

    private func forget(_ email: String) {
        remembered.withLock { $0[email] = nil }
    }

    package static func notFound(_ email: String) -> GatewayError {
        .notFound("user not found: \(email)")
    }
}
