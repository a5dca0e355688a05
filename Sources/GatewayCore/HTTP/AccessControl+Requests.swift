import Logging
package import PluginPayloads

extension AccessControl {
    /// What `http_pre_request` makes of a request.
    package struct Entry: Sendable, Equatable {
        /// Headers of the request that are other than the client has sent them.
        package var changes: [(name: String, value: String)] = []
        /// Headers of the response.
        package var responseHeaders: HTTPHeaders = [:]

        package static func == (left: Entry, right: Entry) -> Bool {
            left.responseHeaders == right.responseHeaders && left.changes.elementsEqual(right.changes, by: ==)
        }
    }

    /// Shows a request to `http_pre_request`, before anything is done about it.
    ///
    /// - Returns: What plugins change.
    /// - Throws: That a plugin blocks the request, or fails.
    package func enter(_ head: RequestHead, _ hooks: any RequestHooks) async throws(GatewayError) -> Entry {
        let hook = HookName.httpPreRequest
        let outcome = try await hooks.run(hook) { () throws(GatewayError) in
            try GatewayError.fitting { () throws(BlockError) in
                try HTTPPreRequestPayload(
                    path: head.path,
                    method: head.method,
                    clientHost: head.clientHost,
                    clientPort: head.clientPort,
                    headers: head.headers
                ).block
            }
        }
        guard let outcome else { return Entry() }
        var entry = Entry(responseHeaders: ResponseHeaders.allowed(outcome.httpHeaders))
        guard let wanted = outcome.modifiedPayload.flatMap(Self.headers) else { return entry }
        let headers = RequestHeaders(
            wanted: wanted,
            given: head.headers,
            mayReplaceCredentials: powers().replacesCredentials
        )
        entry.changes = headers.changes
        if !headers.refused.isEmpty {
            note(
                .warning,
                "headers stay as the client has sent them; plugins may not change them",
                hooks,
                "\(hook): " + headers.refused.joined(separator: ", ")
            )
        }
        return entry
    }

    /// Shows a response to `http_post_request`; nothing that a plugin does here stops it.
    ///
    /// - Parameters:
    ///   - status: The response's status.
    ///   - headers: The response's headers.
    ///   - head: The request.
    ///   - hooks: The request's hooks.
    /// - Returns: Headers to set in the response.
    package func leave(
        _ status: Int,
        _ headers: HTTPHeaders,
        _ head: RequestHead,
        _ hooks: any RequestHooks
    ) async -> HTTPHeaders {
        let hook = HookName.httpPostRequest
        do throws(GatewayError) {
            let outcome = try await hooks.run(hook) { () throws(GatewayError) in
                try GatewayError.fitting { () throws(BlockError) in
                    try HTTPPostRequestPayload(
                        path: head.path,
                        method: head.method,
                        clientHost: head.clientHost,
                        clientPort: head.clientPort,
                        headers: head.headers,
                        responseHeaders: headers,
                        statusCode: status
                    ).block
                }
            }
            let set = outcome?.modifiedPayload?.root.object ?? [:]
            return ResponseHeaders.allowed(JSONObject(Array(outcome?.httpHeaders ?? [:]) + Array(set)))
        } catch {
            note(.warning, "the response is sent all the same", hooks, error.reason ?? error.message, error.plugin)
            return [:]
        }
    }

    private static func headers(_ block: PayloadBlock) -> HTTPHeaders? {
        try? HTTPHeaders(block: block.root)
    }
}
