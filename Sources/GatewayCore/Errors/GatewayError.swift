package import PluginPayloads

/// Why a request is not answered as it was meant: a status and a body for the client, a name for the log.
package struct GatewayError: Error, Sendable, Equatable {
    /// The status of the HTTP response.
    package var status: Int
    /// What happened and, where there is one, the mend.
    package var message: String
    /// More about it, for programs.
    package var details: JSONValue?
    /// Headers of the response.
    package var headers: HTTPHeaders = [:]
    /// The plugin that blocked the request or failed.
    package var plugin: String?
    /// Why the plugin failed: for the log, and never for clients.
    package var reason: String?
    /// Whether the client is told who it is or what it may do, in the form that is usual for that: `{"detail": …}`.
    package var isAboutAccess = false
    /// What JSON-RPC says of it, where that does not follow from the status.
    package var rpc: RPCFault?
    /// What the client is told, where the route has a form of its own for it.
    private var answer: JSONObject?

    package init(
        status: Int,
        _ message: String,
        details: JSONValue? = nil,
        headers: HTTPHeaders = [:],
        plugin: String? = nil,
        reason: String? = nil
    ) {
        self.status = status
        self.message = message
        self.details = details
        self.headers = headers
        self.plugin = plugin
        self.reason = reason
    }

    /// What the client is told.
    package var body: JSONObject {
        if let answer { return answer }
        if isAboutAccess { return ["detail": .string(message)] }
        var body: JSONObject = ["message": .string(message)]
        body["details"] = details
        return body
    }
}

extension GatewayError {
    /// The same error, of which the client is told in the route's own form.
    package func answered(_ body: JSONObject) -> GatewayError {
        var error = self
        error.answer = body
        return error
    }

    package static func badRequest(_ message: String) -> GatewayError { GatewayError(status: 400, message) }
    package static func notFound(_ message: String) -> GatewayError { GatewayError(status: 404, message) }
    package static func conflict(_ message: String) -> GatewayError { GatewayError(status: 409, message) }
    package static func tooLarge(_ message: String) -> GatewayError { GatewayError(status: 413, message) }
    package static func unprocessable(_ message: String) -> GatewayError { GatewayError(status: 422, message) }
    package static func unavailable(_ message: String) -> GatewayError { GatewayError(status: 503, message) }
}
