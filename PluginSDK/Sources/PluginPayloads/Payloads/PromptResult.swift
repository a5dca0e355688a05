/// A rendered prompt: an object with messages and a description.
///
/// It keeps whatever else the object holds.
public struct PromptResult: Sendable, Hashable {
    /// The result as it is in JSON.
    public var json: JSONValue

    /// Makes a result of what it is in JSON.
    public init(_ json: JSONValue) {
        self.json = json
    }

    /// Makes a result.
    ///
    /// - Parameters:
    ///   - messages: The messages.
    ///   - description: What the prompt is for.
    public init(messages: [PromptMessage], description: String? = nil) {
        self.init(["messages": messages.jsonValue, "description": JSONValue(description)])
    }

    /// The messages; empty if there is no list of them.
    public var messages: [PromptMessage] {
        get { json["messages"].flatMap([PromptMessage].init(_:)) ?? [] }
        set { json["messages"] = newValue.jsonValue }
    }

    /// What the prompt is for.
    public var description: String? {
        get { json["description"]?.string }
        set { json["description"] = JSONValue(newValue) }
    }
}

extension PromptResult: FieldValue {
    var jsonValue: JSONValue { json }
}
