/// What `http_auth_resolve_user` is given, to find out who sends a request.
///
/// It answers the user.
public struct HTTPAuthResolveUserPayload: StandardPayload {
    /// What a plugin answers.
    public typealias Modified = ResolvedUser

    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - credentials: The credentials: `scheme` and `credentials`.
    ///   - headers: The headers of the request.
    ///   - clientHost: The address of the client.
    ///   - clientPort: The port of the client.
    public init(
        credentials: JSONObject? = nil,
        headers: HTTPHeaders,
        clientHost: String? = nil,
        clientPort: Int? = nil
    ) {
        fields = PayloadFields()
        self.credentials = credentials
        self.headers = headers
        self.clientHost = clientHost
        self.clientPort = clientPort
    }

    /// The credentials: `scheme` and `credentials`.
    public var credentials: JSONObject? {
        get { fields["credentials"] }
        set { fields["credentials"] = newValue }
    }

    /// The headers of the request.
    public var headers: HTTPHeaders {
        get { fields["headers"] ?? [:] }
        set { fields["headers"] = newValue }
    }

    /// The address of the client.
    public var clientHost: String? {
        get { fields["client_host"] }
        set { fields["client_host"] = newValue }
    }

    /// The port of the client.
    public var clientPort: Int? {
        get { fields["client_port"] }
        set { fields["client_port"] = newValue }
    }
}

/// What `http_auth_check_permission` is given, to decide whether a user may do something.
///
/// It answers the decision.
public struct HTTPAuthCheckPermissionPayload: StandardPayload {
    /// What a plugin answers.
    public typealias Modified = PermissionDecision

    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - userEmail: The user.
    ///   - permission: What the user wants to do, such as `tools.invoke`.
    ///   - resourceType: The type of what it is done to.
    ///   - teamID: The team that it belongs to.
    ///   - isAdmin: Whether the user is an administrator.
    ///   - authMethod: How the user was authenticated.
    ///   - clientHost: The address of the client.
    ///   - userAgent: The program of the client.
    public init(
        userEmail: String,
        permission: String,
        resourceType: String? = nil,
        teamID: String? = nil,
        isAdmin: Bool = false,
        authMethod: String? = nil,
        clientHost: String? = nil,
        userAgent: String? = nil
    ) {
        fields = PayloadFields()
        self.userEmail = userEmail
        self.permission = permission
        self.resourceType = resourceType
        self.teamID = teamID
        self.isAdmin = isAdmin
        self.authMethod = authMethod
        self.clientHost = clientHost
        self.userAgent = userAgent
    }

    /// The user.
    public var userEmail: String {
        get { fields["user_email"] ?? "" }
        set { fields["user_email"] = newValue }
    }

    /// What the user wants to do, such as `tools.invoke`.
    public var permission: String {
        get { fields["permission"] ?? "" }
        set { fields["permission"] = newValue }
    }

    /// The type of what it is done to.
    public var resourceType: String? {
        get { fields["resource_type"] }
        set { fields["resource_type"] = newValue }
    }

    /// The team that it belongs to.
    public var teamID: String? {
        get { fields["team_id"] }
        set { fields["team_id"] = newValue }
    }

    /// Whether the user is an administrator.
    public var isAdmin: Bool {
        get { fields["is_admin"] ?? false }
        set { fields["is_admin"] = newValue }
    }

    /// How the user was authenticated.
    public var authMethod: String? {
        get { fields["auth_method"] }
        set { fields["auth_method"] = newValue }
    }

    /// The address of the client.
    public var clientHost: String? {
        get { fields["client_host"] }
        set { fields["client_host"] = newValue }
    }

    /// The program of the client.
    public var userAgent: String? {
        get { fields["user_agent"] }
        set { fields["user_agent"] = newValue }
    }
}
