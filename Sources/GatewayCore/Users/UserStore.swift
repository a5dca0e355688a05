/// Where users are kept; others may write to it at the same time.
///
/// What a method has returned from survives the end of the process.
package protocol UserStore: Sendable {
    /// All users, by address.
    func users() async throws -> [User]

    /// The user with an address.
    func user(_ email: String) async throws -> User?

    /// Adds a user.
    ///
    /// - Throws: ``GatewayError`` if the address is taken.
    func insert(_ user: User) async throws

    /// Replaces the record of a user.
    ///
    /// - Returns: Whether there is such a user.
    func update(_ user: User) async throws -> Bool

    /// Removes a user.
    ///
    /// - Returns: Whether there was one.
    func delete(_ email: String) async throws -> Bool
}
