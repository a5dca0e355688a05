/// Why a plugin blocks a request, or what it reports without blocking.
public struct PluginViolation: Error, Sendable, Hashable {
    /// What happened, in a few words.
    public var reason: String
    /// What happened, in a sentence.
    public var description: String
    /// A short name for programs, such as `PII_DETECTED`.
    public var code: String
    /// More about it, for programs.
    public var details: JSONObject
    /// The code of the JSON-RPC error, if it is not the usual one.
    public var mcpErrorCode: Int?
    /// The status of the HTTP response, if it does not follow from the code.
    public var httpStatusCode: Int?
    /// Headers of the HTTP response, such as `Retry-After`.
    public var httpHeaders: [String: String]?
    /// The name of the plugin, which the runtime fills in.
    public var pluginName = ""

    /// Makes a violation.
    ///
    /// - Parameters:
    ///   - reason: What happened, in a few words.
    ///   - description: What happened, in a sentence.
    ///   - code: A short name for programs.
    ///   - details: More about it, for programs.
    ///   - mcpErrorCode: The code of the JSON-RPC error.
    ///   - httpStatusCode: The status of the HTTP response.
    ///   - httpHeaders: Headers of the HTTP response.
    public init(
        reason: String,
        description: String,
        code: String,
        details: JSONObject = [:],
        mcpErrorCode: Int? = nil,
        httpStatusCode: Int? = nil,
        httpHeaders: [String: String]? = nil
    ) {
        self.reason = reason
        self.description = description
        self.code = code
        self.details = details
        self.mcpErrorCode = mcpErrorCode
        self.httpStatusCode = httpStatusCode
        self.httpHeaders = httpHeaders
    }
}
