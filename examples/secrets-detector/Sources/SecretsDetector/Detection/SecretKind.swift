/// What kind of secret a detector finds, by the name that configuration and results use.
struct SecretKind: Hashable, Sendable {
    let name: String

    init(_ name: String) {
        self.name = name
    }

    static let awsAccessKeyID = SecretKind("aws_access_key_id")
    static let awsSecretAccessKey = SecretKind("aws_secret_access_key")
    static let githubToken = SecretKind("github_token")
    static let gitlabToken = SecretKind("gitlab_token")
    static let slackToken = SecretKind("slack_token")
    static let googleKey = SecretKind("google_key")
    static let stripeKey = SecretKind("stripe_key")
    static let jwt = SecretKind("jwt")
    static let privateKey = SecretKind("private_key")
    static let labelledSecret = SecretKind("labelled_secret")
}
