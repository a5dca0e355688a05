/// A message of a prompt or an agent: an object with a role and a content.
///
/// It keeps whatever else the object holds.
public struct Message: Sendable, Hashable {
    /// The message as it is in JSON.
    public var json: JSONValue

    /// Makes a message of what it is in JSON.
    public init(_ json: JSONValue) {
        self.json = json
    }

    /// Makes a message.
    ///
    /// - Parameters:
    ///   - role: Who says it, such as `user`.
    ///   - content: What is said: a text, or an object such as `{"type": "text", "text": "…"}`.
    public init(role: String, content: JSONValue) {
        self.init(["role": .string(role), "content": content])
    }

    /// Who says it; empty if that is missing.
    public var role: String {
        get { json["role"]?.string ?? "" }
        set { json["role"] = .string(newValue) }
    }

    /// What is said; `null` if that is missing.
    public var content: JSONValue {
        get { json["content"] ?? .null }
        set { json["content"] = newValue }
    }

    /// The text of the content: of a string, or of an object of the type `text`; `nil` for any other content.
    ///
    /// Assigning keeps the form of the content where it is one of the two, and makes it a text object otherwise.
    public var text: String? {
        get { content.string ?? (isTextObject ? content["text"]?.string : nil) }
        set {
            guard let newValue else {
                content = .null
                return
            }
            if content.string != nil {
                content = .string(newValue)
            } else if isTextObject {
                content["text"] = .string(newValue)
            } else {
                content = ["type": "text", "text": .string(newValue)]
            }
        }
    }

    private var isTextObject: Bool { content["type"]?.string == "text" }
}

/// A message of a prompt.
public typealias PromptMessage = Message

extension Message: FieldValue {
    var jsonValue: JSONValue { json }
}
