import PluginPayloads

/// What a tool answers: `{content: […], structuredContent?, isError}`.
enum ToolResult {
    /// The result of what the tool's server has answered.
    static func of(_ response: UpstreamResponse, limits: JSONLimits = JSONLimits()) throws(GatewayError) -> BlockValue {
        guard response.isSuccess else { return try refused(response) }
        let text = response.text
        let structured = text.flatMap { text -> BlockValue? in
            guard text.utf8.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return nil }
            return try? PayloadBlock(json: text, limits: limits).root
        }
        return try PayloadBlock.payload { writer in
            writer.beginObject()
            writer.key("content")
            writer.beginArray()
            if let text { if !text.isEmpty { writer.addText(text) } } else { writer.addBinary(response) }
            writer.end()
            if let structured { writer.add("structuredContent", structured) }
            writer.key("isError")
            writer.add(false)
            writer.end()
        }.root
    }

    /// The result of a call that has none: a text that says why.
    static func failure(_ text: String) throws(GatewayError) -> BlockValue { try texts([text], isError: true) }

    /// The result of a call without an answer.
    static func failure(_ error: UpstreamError) throws(GatewayError) -> BlockValue {
        if case .timeout(let limit) = error {
            return try failure("Tool invocation timed out after \(UpstreamError.seconds(limit))s")
        }
        return try failure("Tool invocation failed: \(error.clientText)")
    }

    /// The result that plugins have made: an object with a list `content` is one, and of anything else the text is.
    static func rebuilt(_ value: BlockValue) throws(GatewayError) -> BlockValue {
        guard value["content"]?.isArray != true else { return value }
        return try texts([value.value.description], isError: false)
    }

    /// What is wrong with the arguments helps the client; what is wrong with the server does not concern it.
    private static func refused(_ response: UpstreamResponse) throws(GatewayError) -> BlockValue {
        var lines = ["Tool invocation failed: the upstream answered with status \(response.status)"]
        if (400...499).contains(response.status), let text = response.text, !text.isEmpty { lines.append(text) }
        return try texts(lines, isError: true)
    }

    private static func texts(_ texts: [String], isError: Bool) throws(GatewayError) -> BlockValue {
        try PayloadBlock.payload { writer in
            writer.beginObject()
            writer.key("content")
            writer.beginArray()
            for text in texts { writer.addText(text) }
            writer.end()
            writer.key("isError")
            writer.add(isError)
            writer.end()
        }.root
    }
}

extension BlockWriter {
    /// A part of a content that is text.
    fileprivate mutating func addText(_ text: String) {
        beginObject()
        add("type", "text")
        add("text", text)
        end()
    }

    /// A part of a content that is no text: an image, a sound, or any other bytes.
    fileprivate mutating func addBinary(_ response: UpstreamResponse) {
        let type = response.mediaType ?? "application/octet-stream"
        let data = Base64.encoded(response.body)
        let word = ["image", "audio"].first { type.hasPrefix($0 + "/") }
        beginObject()
        add("type", word ?? "resource")
        if word != nil {
            add("data", data)
            add("mimeType", type)
        } else {
            key("resource")
            beginObject()
            add("uri", "data:\(type)")
            add("mimeType", type)
            add("blob", data)
            end()
        }
        end()
    }
}
