import GatewayTemplates
import PluginPayloads

/// Resources: the pre hook, the content, the post hook.
extension GatewayDispatch {
    /// Reads a resource.
    ///
    /// - Parameters:
    ///   - uri: The resource's, or one that fits a template's.
    ///   - hooks: The request's hooks.
    /// - Returns: The content, after all plugins have seen it: `{type, id, uri, mime_type, text or blob}`.
    /// - Throws: What the client is told instead.
    package func readResource(_ uri: String, _ hooks: any RequestHooks) async throws(GatewayError) -> DispatchAnswer {
        var before: HookOutcome?
        if uri.contains("://") {
            before = try await hooks.run(.resourcePreFetch) { () throws(GatewayError) in
                try Self.resourcePayload(uri, "metadata", PayloadBlock.emptyObject.root)
            }
        }
        let target = before?.modifiedPayload?.root["uri"]?.string ?? uri
        let content = try await content(of: target, hooks)
        let after = try await hooks.run(.resourcePostFetch) { () throws(GatewayError) in
            try Self.resourcePayload(uri, "content", content)
        }
        return DispatchAnswer(
            result: try Self.rebuilt(content, after?.modifiedPayload?.root["content"]),
            headers: DispatchAnswer.headers(of: before, after)
        )
    }

    private func content(of uri: String, _ hooks: any RequestHooks) async throws(GatewayError) -> BlockValue {
        guard
            let (found, parameters) = resources.first({ resource in
                resource.parameters(of: uri).map { (resource, $0) }
            })
        else {
            throw GatewayError.notFound("resource not found: \(uri); GET /resources lists all")
                .with(rpcCode: RPCFault.resourceNotFound)
        }
        let resource = found.resource
        switch found.content {
        case .text(let text): return try Self.content(resource, uri, "text", text)
        case .blob(let text): return try Self.content(resource, uri, "blob", text)
        case .template(let template):
            let text = try Self.rendered(template, parameters, uri, hooks.promptPolicy)
            return try Self.content(resource, uri, "text", text)
        case .url(let url):
            let arguments = try PayloadBlock.payload { $0.add(parameters) }
            let response = try await fetched(try url.filled(arguments.root), uri)
            let type = resource.mimeType ?? response.mediaType
            if let text = response.text { return try Self.content(resource, uri, "text", text, type) }
            return try Self.content(resource, uri, "blob", Base64.encoded(response.body), type)
        }
    }

    private static func rendered(
        _ template: PromptTemplate,
        _ parameters: JSONObject,
        _ uri: String,
        _ policy: PromptPolicy
    ) throws(GatewayError) -> String {
        let arguments = try PayloadBlock.payload { $0.add(parameters) }
        do throws(RenderError) {
            return try template.render(arguments.root, autoescape: policy.autoescapes, limits: policy.limits)
        } catch {
            throw .unprocessable("resource \"\(uri)\" cannot be rendered: \(error)")
        }
    }

    private func fetched(_ url: String, _ uri: String) async throws(GatewayError) -> UpstreamResponse {
        let name = "resource \"\(uri)\""
        let response: UpstreamResponse
        do throws(UpstreamError) {
            response = try await upstream.send(UpstreamRequest(method: "GET", url: url))
        } catch {
            throw error.gatewayError(name)
        }
        guard response.isSuccess else {
            throw GatewayError(status: 502, "\(name): the upstream answered with status \(response.status)")
        }
        return response
    }

    private static func content(
        _ resource: Resource,
        _ uri: String,
        _ key: String,
        _ value: String,
        _ type: String? = nil
    ) throws(GatewayError) -> BlockValue {
        try PayloadBlock.payload { writer in
            writer.beginObject()
            writer.add("type", "resource")
            writer.add("id", resource.id)
            writer.add("uri", uri)
            writer.add("mime_type", type ?? resource.mimeType)
            writer.add(key, value)
            writer.end()
        }.root
    }

    /// The content that plugins have made: an object is one, a text is its text, and of anything else the JSON is.
    ///
    /// Whose it is stays, unless they say that as well.
    private static func rebuilt(_ content: BlockValue, _ changed: BlockValue?) throws(GatewayError) -> BlockValue {
        guard let changed else { return content }
        return try PayloadBlock.payload { writer in
            writer.beginObject()
            for index in 0..<(changed.isObject ? changed.count : 0) {
                changed[index].map { writer.add(changed.key(at: index), $0) }
            }
            for key in ["type", "id", "uri", "mime_type"] where changed[key] == nil {
                content[key].map { writer.add(key, $0) }
            }
            if !changed.isObject { writer.add("text", changed.string ?? changed.value.description) }
            writer.end()
        }.root
    }

    private static func resourcePayload(
        _ uri: String,
        _ field: String,
        _ value: BlockValue
    ) throws(GatewayError) -> PayloadBlock {
        try PayloadBlock.payload { writer in
            writer.beginObject()
            writer.add("uri", uri)
            writer.add(field, value)
            writer.end()
        }
    }
}
