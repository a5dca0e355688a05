/// What `http_pre_request` is given, before a request is authenticated.
///
/// It answers the changed headers.
public struct HTTPPreRequestPayload: StandardPayload {
    /// What a plugin answers.
    public typealias Modified = HTTPHeaders

    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - path: The path of the request.
    ///   - method: The method of the request.
    ///   - clientHost: The address of the client.
    ///   - clientPort: The port of the client.
    ///   - headers: The headers of the request.
    public init(
        path: String,
        method: String,
        clientHost: String? = nil,
        clientPort: Int? = nil,
        headers: HTTPHeaders
    ) {
        fields = PayloadFields()
        self.path = path
        self.method = method
        self.clientHost = clientHost
        self.clientPort = clientPort
        self.headers = headers
    }

    /// The path of the request.
    public var path: String {
        get { fields["path"] ?? "" }
        set { fields["path"] = newValue }
    }

    /// The method of the request.
    public var method: String {
        get { fields["method"] ?? "" }
        set { fields["method"] = newValue }
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

    /// The headers of the request.
    public var headers: HTTPHeaders {
        get { fields["headers"] ?? [:] }
        set { fields["headers"] = newValue }
    }
}

/// What `http_post_request` is given, after a response was made.
///
/// It answers the changed response headers.
public struct HTTPPostRequestPayload: StandardPayload {
    /// What a plugin answers.
    public typealias Modified = HTTPHeaders

    /// The fields.
    public var fields: PayloadFields

    /// Makes a payload of its fields.
    public init(fields: PayloadFields) {
        self.fields = fields
    }

    /// Makes a payload.
    ///
    /// - Parameters:
    ///   - path: The path of the request.
    ///   - method: The method of the request.
    ///   - clientHost: The address of the client.
    ///   - clientPort: The port of the client.
    ///   - headers: The headers of the request.
    ///   - responseHeaders: The headers of the response.
    ///   - statusCode: The status of the response.
    public init(
        path: String,
        method: String,
        clientHost: String? = nil,
        clientPort: Int? = nil,
        headers: HTTPHeaders,
        responseHeaders: HTTPHeaders? = nil,
        statusCode: Int? = nil
    ) {
        fields = PayloadFields()
        self.path = path
        self.method = method
        self.clientHost = clientHost
        self.clientPort = clientPort
        self.headers = headers
        self.responseHeaders = responseHeaders
        self.statusCode = statusCode
    }

    /// The path of the request.
    public var path: String {
        get { fields["path"] ?? "" }
        set { fields["path"] = newValue }
    }

    /// The method of the request.
    public var method: String {
        get { fields["method"] ?? "" }
        set { fields["method"] = newValue }
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

    /// The headers of the request.
    public var headers: HTTPHeaders {
        get { fields["headers"] ?? [:] }
        set { fields["headers"] = newValue }
    }

    /// The headers of the response.
    public var responseHeaders: HTTPHeaders? {
        get { fields["response_headers"] }
        set { fields["response_headers"] = newValue }
    }

    /// The status of the response.
    public var statusCode: Int? {
        get { fields["status_code"] }
        set { fields["status_code"] = newValue }
    }
}
