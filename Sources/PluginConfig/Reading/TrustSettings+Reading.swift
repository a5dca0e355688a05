import YAMLTree

extension TrustSettings {
    enum Key: String, CaseIterable {
        case checkOwner = "check_owner"
        case digests
        case publicKeys = "public_keys"
    }

    init(_ section: Section<Key>?) {
        guard let section else { return }
        section[.checkOwner]?.boolean().assign(to: &checkOwner)
        // A list that cannot be read must not count as none.
        digests = section[.digests].map { field in
            field.elements(of: "SHA-256 digests")?.compactMap(TrustedDigest.init) ?? []
        }
        publicKeys = section[.publicKeys]?.names(of: "public keys")
    }
}

extension TrustedDigest {
    enum Key: String, CaseIterable {
        case sha256
        case name
        case comment
    }

    /// Reads a digest: its digits alone, or a mapping that also says whose they are.
    fileprivate init?(_ field: Field) {
        if field.scalar != nil {
            guard let digits = field.sha256() else { return nil }
            self.init(sha256: digits)
            return
        }
        guard let section = Section<Key>(field) else { return nil }
        let (name, comment) = (section[.name]?.text(), section[.comment]?.text())
        guard let digest = section[.sha256] else {
            section.reportMissing(.sha256)
            return nil
        }
        guard let digits = digest.sha256() else { return nil }
        self.init(sha256: digits, name: name, comment: comment)
    }
}

extension Field {
    /// 64 hexadecimal digits, as they are written: YAML may take some for a number.
    fileprivate func sha256() -> String? {
        let digits = scalar?.text.lowercased() ?? ""
        guard digits.utf8.count == 64, digits.utf8.allSatisfy(Self.isDigit) else {
            error(expected: "the 64 hexadecimal digits of a SHA-256", hint: "hookgate plugin inspect FILE shows them")
            return nil
        }
        return digits
    }

    private static func isDigit(_ letter: UInt8) -> Bool {
        (0x30...0x39).contains(letter) || (0x61...0x66).contains(letter)
    }
}
