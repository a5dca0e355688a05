/// What `auth` says about who may send requests to a gateway, with the defaults for what it leaves out.
package struct AuthSettings: Sendable, Equatable {
    /// Whether callers have to say who they are; `nil` if they have to as soon as there is a key.
    package var required: Bool?
    /// The secret that tokens are signed with (HS256).
    package var jwtSecret: Secret?
    /// A file of public keys that tokens may be signed with, a JSON Web Key Set.
    package var jwksFile: Located<String>?
    /// What tokens have to name as their audience; `nil` for anything.
    package var audience: String?
    /// What tokens have to name as their issuer; `nil` for anything.
    package var issuer: String?
    /// How far the clocks of others may be from ours.
    package var leeway: Duration = .seconds(30)

    package init() {}
}

/// A text that no log and no message shows.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package var description: String { "***" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
