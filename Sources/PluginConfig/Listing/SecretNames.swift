/// Rule: what a key with such a name holds is shown to nobody, unless it is a public key.
enum SecretNames {
    private static let parts = ["secret", "password", "passwd", "passphrase", "credential", "token"]
    private static let lastWords: Set = ["key", "keys", "pwd", "apikey", "apikeys"]

    static func contains(_ key: String) -> Bool {
        let name = key.lowercased()
        if name == "public_key" || name == "public_keys" { return false }
        return parts.contains { name.contains($0) } || lastWords.contains(lastWord(of: key).lowercased())
    }

    /// `key` of `api_key`, `api-key` and `apiKey`.
    private static func lastWord(of key: String) -> String {
        var word = ""
        for character in key.reversed() {
            guard character.isLetter || character.isNumber else { break }
            word = String(character) + word
            if character.isUppercase && word.contains(where: \.isLowercase) { break }
        }
        return word
    }
}
