import PluginSDK
import PluginText

/// The texts of a resource: the content itself, or what stands under the key `text` in it, however deep.
///
/// MCP's contents are objects of `uri`, `mimeType` and either `text` or `blob`, alone or in a list.
enum ResourceText {
    /// The bytes of all texts together, in UTF-8.
    static func size(of content: BlockValue) -> Int {
        var size = 0
        content.forEachString { text, path in
            if isText(at: path) { size += text.count }
        }
        return size
    }

    /// Whether the string at a place is a text: its last name is `text`, or there are only indexes.
    static func isText(at path: borrowing StringPath) -> Bool {
        var names = path.text[...]
        while names.hasSuffix("]"), let bracket = names.lastIndex(of: "[") { names = names[..<bracket] }
        return names.isEmpty || names == "text" || names.hasSuffix(".text")
    }
}
