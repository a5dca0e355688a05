package import PluginPayloads

/// What the gateway answers, after all plugins have seen it.
package struct DispatchAnswer: Sendable {
    package let result: BlockValue
    /// Headers that plugins add to the response.
    package let headers: HTTPHeaders

    package init(result: BlockValue, headers: HTTPHeaders = [:]) {
        self.result = result
        self.headers = headers
    }

    /// The headers of two hooks' outcomes; the later ones win.
    static func headers(of before: HookOutcome?, _ after: HookOutcome?) -> HTTPHeaders {
        let (first, second) = (before?.httpHeaders ?? [:], after?.httpHeaders ?? [:])
        guard !first.isEmpty || !second.isEmpty else { return [:] }
        return ResponseHeaders.allowed(JSONObject(Array(first) + Array(second)))
    }
}
