import PluginPayloads
public import PluginSDK

/// Gives each request a correlation identifier, and adds headers to requests, responses and calls of tools.
public struct HeaderInjector: HTTPPreRequestHook, HTTPPostRequestHook, ToolPreInvokeHook {
    /// The name in the manifest.
    public static let name = "header_injector"
    /// The version in the manifest.
    public static let version = "1.0.0"

    private static let stateKey = "correlation_id"

    private let configuration: Configuration

    /// Takes the headers.
    public init(configuration: Configuration, host: PluginHost) {
        self.configuration = configuration
    }

    /// Chooses the correlation identifier, and adds the headers of requests.
    public func httpPreRequest(_ payload: HTTPPreRequestPayload, _ context: HookContext) -> HTTPPreRequestResult {
        var headers = payload.headers
        if let name = configuration.correlationHeader {
            let given = headers[name].flatMap { HeaderText.isCorrelationID($0) ? $0 : nil }
            let identifier = given ?? context.globalContext.requestID
            context.state[Self.stateKey] = .string(identifier)
            headers[name] = identifier
        }
        configuration.requestHeaders.apply(to: &headers)
        return headers == payload.headers ? .proceed : .modified(headers)
    }

    /// Adds the headers of responses, and leaves out what is configured as `null`.
    public func httpPostRequest(_ payload: HTTPPostRequestPayload, _ context: HookContext) -> HTTPPostRequestResult {
        let given = payload.responseHeaders ?? [:]
        var headers = given
        addCorrelationID(to: &headers, context)
        configuration.responseHeaders.apply(to: &headers)
        return headers == given ? .proceed : .modified(headers)
    }

    /// Adds the headers of calls of tools.
    public func toolPreInvoke(_ payload: ToolPreInvokePayload, _ context: HookContext) -> ToolPreInvokeResult {
        let given = payload.headers ?? [:]
        var headers = given
        addCorrelationID(to: &headers, context)
        configuration.toolHeaders.apply(to: &headers)
        guard headers != given else { return .proceed }
        var payload = payload
        payload.headers = headers
        return .modified(payload)
    }

    /// A request that did not come over HTTP, and so never had `http_pre_request`, is known by its own identifier.
    private func addCorrelationID(to headers: inout HTTPHeaders, _ context: HookContext) {
        guard let name = configuration.correlationHeader else { return }
        headers[name] = context.state[Self.stateKey]?.string ?? context.globalContext.requestID
    }
}
