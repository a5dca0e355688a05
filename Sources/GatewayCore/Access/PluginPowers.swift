/// What the operator allows plugins beyond looking on and refusing.
package struct PluginPowers: Sendable, Equatable {
    /// Whether `http_pre_request` may replace credentials that the client has sent.
    package var replacesCredentials = false
    /// Whether `http_auth_check_permission` may grant what the role does not.
    package var grantsBeyondRole = false
    /// Whether plugins see the user's record and not only the address.
    package var seesUserRecord = false
    /// Whether every error of a plugin reaches the client, where the gateway could do without the plugin.
    package var failsOnError = false

    package init(
        replacesCredentials: Bool = false,
        grantsBeyondRole: Bool = false,
        seesUserRecord: Bool = false,
        failsOnError: Bool = false
    ) {
        self.replacesCredentials = replacesCredentials
        self.grantsBeyondRole = grantsBeyondRole
        self.seesUserRecord = seesUserRecord
        self.failsOnError = failsOnError
    }
}
