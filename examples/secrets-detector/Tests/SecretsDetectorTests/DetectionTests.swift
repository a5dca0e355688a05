import PluginPayloads
import PluginTestKit
import SecretsDetector
import Testing

/// What is found in one text, as the detector writes it into a tool's result.
@Suite("Detecting secrets in a text")
struct DetectionTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let redacted: String
        let kind: String

        init(_ kind: String, _ text: String, _ redacted: String) {
            self.kind = kind
            self.text = text
            self.redacted = redacted
        }

        var testDescription: String { "\(kind): \(text.prefix(40))" }
    }

    // The tokens are put together, so that no scanner takes this file for a leak.
    static let letters36 = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5"
    static let github = "gh" + "p_" + letters36
    static let aws = "AKI" + "A2E0A8F3B244C9986"
    static let awsSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzK3mP8qLr2"
    static let jwt =
        "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
    static let pem =
        "-----BEGIN RSA PRIVATE"
        + " KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIEow-IBAAKCAQ/EA0+ab==\n-----END RSA PRIVATE KEY-----"

    static let cases = [
        Case("aws_access_key_id", "id \(aws), region", "id [REDACTED], region"),
        Case("aws_access_key_id", "ASIA2E0A8F3B244C9986", "[REDACTED]"),
        Case("aws_secret_access_key", "aws_secret_access_key = \(awsSecret)", "aws_secret_access_key = [REDACTED]"),
        Case("aws_secret_access_key", #"{"SecretKey": "\#(awsSecret)"}"#, #"{"SecretKey": "[REDACTED]"}"#),
        Case("github_token", "see \(github).", "see [REDACTED]."),
        Case("github_token", "github_pat_11ABCDEFG0abcdefghij_klmnop", "[REDACTED]"),
        Case("gitlab_token", "(" + "glpat-" + "aB3dE5gH7jK9mN1pQ3sT)", "([REDACTED])"),
        Case("slack_token", "xox" + "b-123456789012-abcdefGHIJ", "[REDACTED]"),
        Case(
            "slack_token",
            "post to https://hooks.slack." + "com/services/T00000000/B00000000/XXXXXXXXXXXX now",
            "post to https://[REDACTED] now"
        ),
        Case("google_key", "?k=" + "AIza" + "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY&x", "?k=[REDACTED]&x"),
        Case("google_key", "GOCSPX-" + "abcdefghijklmnopqrstuvwxyz12", "[REDACTED]"),
        Case("stripe_key", "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc", "[REDACTED]"),
        Case("stripe_key", "whsec_" + "abcdefghijklmnopqrstuvwxyz", "[REDACTED]"),
        Case("jwt", "got \(jwt) today", "got [REDACTED] today"),
        Case("private_key", "key:\n\(pem)\nend", "key:\n[REDACTED]\nend"),
        Case("private_key", pem.replacing("\n", with: #"\n"#), "[REDACTED]"),
        Case("private_key", "-----BEGIN PRIVATE" + " KEY-----\nMIIEow\nIBAA (cut)", "[REDACTED](cut)"),
        Case("labelled_secret", "password: Tr0ub4dor&3", "password: [REDACTED]"),
        Case("labelled_secret", "DB_PASSWORD='c0rrect-horse'", "DB_PASSWORD='[REDACTED]'"),
        Case("labelled_secret", #"{\"api_key\": \"9f8e7d6c5b4a\"}"#, #"{\"api_key\": \"[REDACTED]\"}"#),
        Case("labelled_secret", "Authorization: Bearer opaque-0123-abcdef", "Authorization: Bearer [REDACTED]"),
        Case(
            "labelled_secret",
            "https://x.org/?api-key=0a1b2c3d4e&user=ada",
            "https://x.org/?api-key=[REDACTED]&user=ada"
        ),
        Case("labelled_secret", "Password=pa55,wo:rd;User Id=ada", "Password=[REDACTED];User Id=ada"),
        Case("labelled_secret", "token => grüße-1234-漢字, then", "token => [REDACTED], then"),
        Case("labelled_secret", "secret: AbCdEfGhIjKlMnOpQrStUv", "secret: [REDACTED]"),
    ]

    @Test("takes the secret out and keeps the label", arguments: cases)
    func redacts(_ example: Case) async throws {
        let result = try await Self.inspect(["text": .string(example.text)])
        #expect(result.modified == ["result": ["text": .string(example.redacted)]])
        let metadata: JSONValue = ["findings": 1, "kinds": .object([example.kind: 1]), "redacted": true]
        #expect(result.metadata == ["secrets_detector": metadata])
    }

    @Test("does not touch its own work", arguments: cases)
    func isIdempotent(_ example: Case) async throws {
        let result = try await Self.inspect(["text": .string(example.redacted)])
        #expect(result == HarnessResult())
    }

    @Test(
        "lets pass what is none",
        arguments: [
            "the password is required", "password: required", "Password: not-yet-defined", "token: documentation",
            "the api key is in the vault", "api_key=${API_KEY_2}", "password={{ vault.pass2word }}",
            "password=$DB_PASSWORD1", "token: https://example.com/t0ken?x=12", "secret: /run/secrets/database.key",
            "password: short1!", "password: aaaaaaaa1", "max_tokens: 4096000000", "password_hash: 5f4dcc3b5aa765d6",
            "AKIA123", "xAKIA2E0A8F3B244C9986", "ghp_tooshort", "AIza", "eyJhbGciOiJIUzI1NiJ9", "sk_live_x",
            "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----",
            "550e8400-e29b-41d4-a716-446655440000", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "",
        ]
    )
    func passes(_ text: String) async throws {
        #expect(try await Self.inspect(["text": .string(text)]) == HarnessResult())
    }

    @Test(
        "takes the key of an entry for a label",
        arguments: [
            (["password": "Tr0ub4dor&3"], ["password": "[REDACTED]"], "labelled_secret"),
            (["dbPassword": "Tr0ub4dor&3"], ["dbPassword": "[REDACTED]"], "labelled_secret"),
            (["Authorization": "Bearer ab12cd34ef"], ["Authorization": "Bearer [REDACTED]"], "labelled_secret"),
            (
                ["SecretKey": .string(awsSecret)], ["SecretKey": "[REDACTED]"],
                "aws_secret_access_key"
            ),
            (["password": "two words 12"], nil, ""), (["password": "required"], nil, ""),
            (["password_hint": "Tr0ub4dor&3"], nil, ""), (["passwords": ["Tr0ub4dor&3"]], nil, ""),
            (["password": "[REDACTED]"], nil, ""),
        ] as [(JSONValue, JSONValue?, String)]
    )
    func keysAreLabels(_ value: JSONValue, _ expected: JSONValue?, _ kind: String) async throws {
        let result = try await Self.inspect(["list": [value]])
        #expect(result.modified == expected.map { ["result": ["list": [$0]]] })
        let kinds = result.metadata["secrets_detector"]?["kinds"]?.object
        #expect(kinds == (expected == nil ? nil : [kind: 1]))
    }

    @Test("overlapping findings are taken out whole, as one")
    func overlap() async throws {
        let result = try await Self.inspect([
            "text": .string("token=x-\(Self.github)-y1 password=a1c3e5-\(Self.pem) end")
        ])
        #expect(result.modified == ["result": ["text": "token=[REDACTED] password=[REDACTED] end"]])
        #expect(result.metadata["secrets_detector"]?["kinds"] == ["labelled_secret": 2])
    }

    @Test("a secret that another one hides is taken out as well")
    func hiddenSecret() async throws {
        let result = try await Self.inspect(["text": .string("secret: AbCdEfGhIjKlMnOpQrStUv\(Self.pem)")])
        #expect(result.modified == ["result": ["text": "secret: [REDACTED]"]])
        #expect(result.metadata["secrets_detector"]?["kinds"] == ["labelled_secret": 1, "private_key": 1])
    }

    @Test("what an earlier run has put in does not hide what stands beside it")
    func redactionHidesNothing() async throws {
        let result = try await Self.inspect(["text": "password=[REDACTED]0a1b2c3d4e"])
        #expect(result.modified == ["result": ["text": "password=[REDACTED]"]])
    }

    @Test("random texts are the same after a second run", arguments: 0..<4)
    func randomTextsAreStable(_ seed: UInt64) async throws {
        let pieces =
            Self.cases.map(\.text) + [
                "password", "=", ": ", "\"", " ", "\n", "-", ".", "a1!b2?c3", "-----BEGIN ", "&x=", "é",
            ]
        let harness = try PluginHarness(SecretsDetector.self)
        var generator = SplitMix(state: seed)
        var found = 0
        for _ in 0..<500 {
            let count = Int.random(in: 1...6, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let first = try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": .string(text)])
            guard let once = first.modified?["result"] else { continue }
            found += 1
            let second = try await harness.invoke("tool_post_invoke", payload: ["name": "t", "result": once])
            #expect(second == HarnessResult(), "\(text.debugDescription) became \(once)")
        }
        #expect(found > 300)
    }

    @Test(
        "hostile texts of a million bytes are done soon",
        arguments: [
            "-", "-----BEGIN PRIVATE KEY-----", "password=", "eyJ", "a", "token: \"", "&a", "xoxb-", "-----BEGIN A ",
            "pwd=[REDACTED]a1b2c3d4 ",
        ]
    )
    func hostileTexts(_ piece: String) async throws {
        let text = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
        let start = ContinuousClock.now
        let result = try await Self.inspect(["password": .string(text), "text": .string(text)])
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(result.error == nil)
    }

    private static func inspect(_ value: JSONValue) async throws -> HarnessResult {
        try await PluginHarness(SecretsDetector.self)
            .invoke("tool_post_invoke", payload: ["name": "t", "result": value])
    }
}
