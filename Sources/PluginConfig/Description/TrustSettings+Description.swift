import PluginPayloads

extension TrustSettings.Key: DescribedKey {
    var description: KeyDescription {
        switch self {
        case .checkOwner:
            KeyDescription(
                "Whether plugin files, and the directories above them, have to belong to root or to the gateway's user, "
                    + "and be closed to other writers.",
                .boolean,
                true
            )
        case .digests:
            KeyDescription(
                "The SHA-256 of each plugin file that is taken; all others are refused.",
                .list(.either(.textOrNumber, TrustedDigest.Key.section))
            )
        case .publicKeys:
            KeyDescription(
                "Ed25519 public keys, or their files; a plugin file that none has signed is refused.",
                .list(.text)
            )
        }
    }
}

extension TrustedDigest.Key: DescribedKey {
    var description: KeyDescription {
        switch self {
        case .sha256: KeyDescription("64 hexadecimal digits.", .textOrNumber, isRequired: true)
        case .name: KeyDescription("What a person calls the file.", .text)
        case .comment: KeyDescription("Why it is trusted, for instance.", .text)
        }
    }
}
