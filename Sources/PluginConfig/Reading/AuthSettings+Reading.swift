import YAMLTree

extension AuthSettings {
    enum Key: String, CaseIterable {
        case required
        case jwtSecret = "jwt_secret"
        case jwksFile = "jwks_file"
        case audience
        case issuer
        case leeway
    }

    init(_ section: Section<Key>?) {
        guard let section else { return }
        required = section[.required]?.boolean()
        jwtSecret = section[.jwtSecret]?.secret()
        jwksFile = section[.jwksFile]?.name()
        audience = section[.audience]?.name()?.value
        issuer = section[.issuer]?.name()?.value
        section[.leeway]?.leeway().assign(to: &leeway)
    }
}

extension Field {
    /// A text that must not be shown; whatever stands there is one, because a message would show the line.
    fileprivate func secret() -> Secret? {
        guard let scalar else {
            error("expected a text")
            return nil
        }
        guard !scalar.text.isEmpty else {
            error("must not be empty")
            return nil
        }
        return Secret(scalar.text)
    }

    /// Some seconds; with more of them tokens would hardly expire.
    fileprivate func leeway() -> Duration? {
        integer(in: 0...600).map { .seconds($0) }
    }
}
