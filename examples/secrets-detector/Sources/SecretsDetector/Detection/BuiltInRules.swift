/// How one kind of secret is written.
struct RuleForm: Sendable {
    let kind: SecretKind
    /// Texts without any of these words hold no such secret; in lower case.
    let markers: [String]
    /// What the secret looks like, or the value behind a label.
    let secret: String
    /// The label before it, such as `password`, which is kept.
    ///
    /// It may also be the key of an entry.
    var label: String?

    /// The rule as a pattern; its first group, if it has one, is the secret.
    var pattern: String {
        guard let label else { return secret }
        return "\(label)\(Self.separator)\(Self.scheme)(\(secret))"
    }

    /// A whole text that is the value of an entry whose key is the label.
    static func wholeText(_ secret: String) -> String { "\\A\(scheme)(\(secret))\\z" }

    /// Perhaps the end of a quotation, a colon or an equals sign, and perhaps quotes, also escaped ones.
    private static let separator = #"(?:\\?["'`])?\s{0,4}(?:=>|:=|[:=])\s{0,4}(?:\\?["'`])?"#

    /// What stands before the credentials of HTTP.
    private static let scheme = #"(?:(?i:bearer|basic)\s{1,4})?"#
}

/// The secrets that are known without configuration.
///
/// Patterns have few ways to match a text, so that hostile texts cost no more than others.
enum BuiltInRules {
    static let forms: [RuleForm] = [
        RuleForm(
            kind: .awsAccessKeyID,
            markers: ["akia", "asia"],
            secret: #"(?<![A-Za-z0-9])A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])"#
        ),
        RuleForm(
            kind: .awsSecretAccessKey,
            markers: ["secret"],
            secret: #"[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])"#,
            label: #"(?i:secret[_ -]?(?:access[_ -]?)?key)"#
        ),
        RuleForm(
            kind: .githubToken,
            markers: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
            secret: #"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,}+|github_pat_\w{22,}+)"#
        ),
        RuleForm(
            kind: .gitlabToken,
            markers: ["glpat-", "gldt-", "glrt-", "glptt-", "glft-", "glsoat-", "glcbt-", "glagent-"],
            secret: #"(?<![A-Za-z0-9])gl(?:pat|dt|rt|ptt|ft|soat|cbt|agent)-[\w.-]{19,}\w"#
        ),
        RuleForm(
            kind: .slackToken,
            markers: ["xox", "xapp-", "hooks.slack.com/"],
            secret: #"(?<![A-Za-z0-9])(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}+"#
                + #"|hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}+"#
        ),
        RuleForm(
            kind: .googleKey,
            markers: ["aiza", "gocspx-", "ya29."],
            secret: #"(?<![\w-])(?:AIza[\w-]{35}(?![\w-])|GOCSPX-[\w-]{28}(?![\w-])|ya29\.[\w.-]{20,}+)"#
        ),
        RuleForm(
            kind: .stripeKey,
            markers: ["sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_"],
            secret: #"(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_[A-Za-z0-9]{16,}+|whsec_[A-Za-z0-9+/=]{24,}+)"#
        ),
        RuleForm(
            kind: .jwt,
            markers: ["eyj"],
            secret: #"(?<![\w-])eyJ[\w-]{8,}+\.eyJ[\w-]{8,}+\.[\w-]{16,}+"#
        ),
        RuleForm(kind: .privateKey, markers: ["private key"], secret: privateKey),
        RuleForm(
            kind: .labelledSecret,
            markers: ["password", "passwd", "passphrase", "pwd", "secret", "token", "authorization"]
                + keyOwners.flatMap { owner in ["", "_", "-"].map { "\(owner)\($0)key" } },
            secret: value,
            label: #"(?i:pass(?:word|wd|phrase)|pwd|secret|token|authorization|"#
                + "(?:\(keyOwners.joined(separator: "|")))[_-]?key)"
        ),
    ]

    private static let keyOwners = ["api", "access", "auth", "secret", "private", "encryption", "signing", "account"]

    /// From the first line to the last; if the last is missing, what looks like a part of a key.
    ///
    /// Another first line ends the search for the last one, so that many of them cost no more than one.
    private static let privateKey =
        #"-----BEGIN (?:[A-Z0-9]+ ){0,4}PRIVATE KEY(?: BLOCK)?-----"#
        + #"(?:[^-]*+(?:-(?!----(?:BEGIN|END) )[^-]*+)*+-----END [A-Z0-9 ]{0,60}-----"#
        + #"|(?:[A-Za-z0-9+/=\s]|\\[nrt])*+)"#

    /// Up to a space, a quote, or what begins the next parameter; no reference to a variable, and no address.
    private static let value =
        #"(?!\$[({]|\$[A-Za-z_]\w*+(?![^\s"'])|\{\{|%[({]|(?i:[a-z][a-z0-9+.-]{1,20}:)//)"#
        + #"(?:[^\s"'`<>&,;]|[&,;](?![\w. -]{1,40}=))++"#
}
