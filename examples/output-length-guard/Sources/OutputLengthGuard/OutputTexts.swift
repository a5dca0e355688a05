import PluginSDK

/// The texts of an answer, as tools, prompts and resources write them.
///
/// A text is the whole value, an element of a list, or the `text` of a part: `{"content": [{"type": "text", "text": "…"}]}`,
/// `{"messages": [{"role": "user", "content": {"type": "text", "text": "…"}}]}`, `{"uri": "…", "text": "…"}`. All other
/// fields of objects are data, and no text to read.
enum OutputTexts {
    /// Fields that hold parts, or a text alone.
    private static let fields: Set = ["text", "content", "contents", "messages", "resource"]

    /// Visits the texts of a value and changes some of them.
    ///
    /// - Parameters:
    ///   - value: The answer.
    ///   - transform: Gets a text, and answers the new one, or `nil` to keep it.
    /// - Returns: The changed value, or `nil` if no text changed.
    static func rewrite(_ value: JSONValue, _ transform: (String) -> String?) -> JSONValue? {
        switch value {
        case .string(let text): return transform(text).map { .string($0) }
        case .array(var elements):
            var isChanged = false
            for (index, element) in elements.enumerated() {
                guard let changed = rewrite(element, transform) else { continue }
                elements[index] = changed
                isChanged = true
            }
            return isChanged ? .array(elements) : nil
        case .object(var object):
            var isChanged = false
            for (name, element) in object where fields.contains(name) {
                guard let changed = rewrite(element, transform) else { continue }
                object[name] = changed
                isChanged = true
            }
            return isChanged ? .object(object) : nil
        default: return nil
        }
    }
}
