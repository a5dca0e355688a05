import PluginPayloads

/// A tool that is ready to be called.
package struct CallableTool: Sendable {
    let tool: Tool
    private let url: URLTemplate
    private let places: Set<String>

    init(_ tool: Tool) throws(GatewayError) {
        self.tool = tool
        do throws(URLTemplate.Problem) { url = try URLTemplate(tool.url) } catch {
            throw .unprocessable("the tool is not valid: url: \(error.text)")
        }
        places = url.names
    }

    /// The request to the tool's server.
    ///
    /// - Throws: That the arguments do not make one.
    func request(_ arguments: BlockValue, _ headers: HTTPHeaders) throws(GatewayError) -> UpstreamRequest {
        var request = UpstreamRequest(
            method: tool.method.rawValue,
            url: try url.filled(arguments),
            headers: OutgoingHeaders.allowed(headers)
        )
        if tool.method.sendsQuery {
            let query = query(arguments)
            if !query.isEmpty { request.url = Self.appending(query, to: request.url) }
        } else {
            request.body = Array(try body(arguments).value.description.utf8)
            if request.headers["Content-Type"] == nil { request.headers["Content-Type"] = "application/json" }
        }
        return request
    }

    /// Arguments that have no place in the URL: name and value, encoded.
    private func query(_ arguments: BlockValue) -> [String] {
        (0..<arguments.count).flatMap { index -> [String] in
            let name = arguments.key(at: index)
            guard !places.contains(name), let value = arguments[index], !value.isNull else { return [] }
            let values = value.isArray ? (0..<value.count).compactMap { value[$0] } : [value]
            return values.map { value in
                let text = URLTemplate.text(value) ?? value.value.description
                return "\(PercentEncoding.component(name))=\(PercentEncoding.component(text))"
            }
        }
    }

    private static func appending(_ query: [String], to url: String) -> String {
        let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        return parts[0] + (parts[0].contains("?") ? "&" : "?") + query.joined(separator: "&")
    }

    /// An object of the arguments that have no place in the URL.
    private func body(_ arguments: BlockValue) throws(GatewayError) -> BlockValue {
        guard !places.isEmpty else { return arguments }
        return try PayloadBlock.payload { writer in
            writer.beginObject()
            for index in 0..<arguments.count where !places.contains(arguments.key(at: index)) {
                if let value = arguments[index] { writer.add(arguments.key(at: index), value) }
            }
            writer.end()
        }.root
    }
}
