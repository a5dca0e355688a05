package import PluginPayloads

/// A prompt as it is stored.
package struct Prompt: Sendable, Equatable {
    /// One argument that the prompt's author has declared.
    package struct Argument: Sendable, Equatable {
        package var name: String
        package var description: String?
        package var isRequired: Bool

        package init(name: String, description: String? = nil, isRequired: Bool = false) {
            self.name = name
            self.description = description
            self.isRequired = isRequired
        }
    }

    /// Never changes.
    package let id: String
    package var name: String
    package var template: String
    package var description: String?
    package var arguments: [Argument]
    /// RFC 3339, in UTC.
    package let createdAt: String
    package var updatedAt: String

    package init(
        id: String,
        name: String,
        template: String,
        description: String?,
        arguments: [Argument],
        createdAt: String,
        updatedAt: String
    ) {
        self.id = id
        self.name = name
        self.template = template
        self.description = description
        self.arguments = arguments
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The record as clients see it.
    package var object: JSONObject {
        [
            "id": .string(id), "name": .string(name), "description": description.map(JSONValue.string) ?? .null,
            "template": .string(template), "arguments": .array(arguments.map { .object($0.object) }),
            "created_at": .string(createdAt), "updated_at": .string(updatedAt),
        ]
    }
}

extension Prompt.Argument {
    /// The argument as clients and the store see it.
    package var object: JSONObject {
        [
            "name": .string(name), "description": description.map(JSONValue.string) ?? .null,
            "required": .bool(isRequired),
        ]
    }
}
