import GatewayCore
import PluginPayloads

/// The content of a resource as MCP has it: `{contents: [{uri, mimeType, text or blob}]}`.
enum ResourceContents {
    private static let names = [("uri", "uri"), ("mime_type", "mimeType"), ("text", "text"), ("blob", "blob")]

    static func of(_ answer: DispatchAnswer) throws(GatewayError) -> DispatchAnswer {
        let block = try PayloadBlock.payload { writer in
            writer.beginObject()
            writer.key("contents")
            writer.beginArray()
            writer.beginObject()
            for (name, key) in names {
                if let value = answer.result[name], !value.isNull { writer.add(key, value) }
            }
            writer.end()
            writer.end()
            writer.end()
        }
        return DispatchAnswer(result: block.root, headers: answer.headers)
    }
}
