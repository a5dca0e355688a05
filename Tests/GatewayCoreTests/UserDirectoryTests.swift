import GatewayCore
import GatewayTesting
import PluginPayloads
import Testing

@Suite("The users")
struct UserDirectoryTests {
    private static func user(_ email: String, _ role: Role = .viewer) -> User {
        User(email: email, role: role, createdAt: "", updatedAt: "")
    }

    @Test("are looked up once for many requests, and again when they change")
    func remembered() async throws {
        let store = InMemoryUsers([Self.user("ada@example.com")])
        let users = UserDirectory(store)
        for email in ["ada@example.com", "ADA@example.com", "ada@EXAMPLE.com"] {
            #expect(try await users.user(email)?.role == .viewer)
        }
        #expect(store.lookUps == 1)
        _ = try await users.update("Ada@example.com", UserForm(role: .admin))
        let before = store.lookUps
        #expect(try await users.user("ada@example.com")?.role == .admin)
        #expect(store.lookUps == before + 1)
        try await users.delete("ada@example.com")
        #expect(try await users.user("ada@example.com") == nil)
        _ = try await users.create(UserForm(email: "ada@example.com", role: .developer))
        #expect(try await users.user("ada@example.com")?.role == .developer)
    }

    @Test("are told apart by their bytes, however alike they look")
    func lookAlikes() async throws {
        let users = UserDirectory(
            InMemoryUsers([Self.user("kim@example.com"), Self.user("\u{E9}@example.com", .admin)])
        )
        #expect(try await users.user("KIM@example.com") != nil)
        #expect(try await users.user("\u{212A}im@example.com") == nil)
        #expect(try await users.user("\u{E9}@example.com")?.role == .admin)
        #expect(try await users.user("e\u{301}@example.com") == nil)
    }

    @Test("whom others change are seen as they are within a quarter of a second")
    func forgotten() async throws {
        let store = InMemoryUsers([Self.user("ada@example.com")])
        let users = UserDirectory(store)
        #expect(try await users.user("ada@example.com") != nil)
        _ = try await store.delete("ada@example.com")
        let start = ContinuousClock.now
        while try await users.user("ada@example.com") != nil {}
        let duration = ContinuousClock.now - start
        #expect(duration < .seconds(2))
        #expect(store.lookUps == 2)
    }

    @Test(
        "have addresses in one form",
        arguments: [
            ("ada@example.com", "ada@example.com"), ("Ada.L+x@Example.COM", "ada.l+x@example.com"), ("é@ü", "é@ü"),
            ("\u{212A}im@b", "\u{212A}im@b"), ("İ@b", "İ@b"),
            ("", nil), ("ada", nil), ("@b", nil), ("a@", nil), ("a@b@c", nil), ("a b@c", nil), ("a/b@c", nil),
            ("a\n@b", nil), ("a@\u{0}b", nil), (String(repeating: "a", count: 253) + "@b", nil),
        ] as [(String, String?)]
    )
    func addresses(text: String, normal: String?) {
        #expect(EmailAddress.normal(text) == normal)
    }

    @Test(
        "may do what their roles allow",
        arguments: [
            (Role.viewer, Permission.promptsRead, true), (.viewer, .promptsCreate, false), (.viewer, .toolsRead, true),
            (.viewer, .toolsExecute, false), (.viewer, .hooksInvoke, false), (.viewer, .usersManage, false),
            (.developer, .promptsDelete, true), (.developer, .toolsExecute, true), (.developer, .usersManage, false),
            (.developer, .pluginsManage, false), (.admin, .usersManage, true), (.admin, .pluginsManage, true),
        ]
    )
    func roles(role: Role, permission: Permission, isAllowed: Bool) {
        #expect(role.allows(permission) == isAllowed)
    }
}
