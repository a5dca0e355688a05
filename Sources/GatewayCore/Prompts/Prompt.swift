package import PluginPayloads

/// A prompt as it is stored.
package struct Prompt: GatewayRecord {
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

    package let stamp: RecordStamp
    package var name: String
    package var template: String
    package var description: String?
    package var arguments: [Argument]

    package init(
        id: String,
        name: String,
        template: String,
        description: String?,
        arguments: [Argument],
        createdAt: String,
        updatedAt: String
    ) {
        stamp = RecordStamp(id: id, createdAt: createdAt, updatedAt: updatedAt)
        self.name = name
        self.template = template
        self.description = description
        self.arguments = arguments
    }

    package static let kind = "prompt"
    package static let path = "prompts"
    package static let permissions = RecordPermissions(
        read: .promptsRead,
        create: .promptsCreate,
        update: .promptsUpdate,
        delete: .promptsDelete
    )

    package var key: String { name }

    package init(_ fields: inout RecordFields) {
        stamp = fields.stamp
        name = fields.name()
        template = fields.text("template")
        description = fields.optionalText("description")
        arguments = Argument.list(&fields)
    }

    package var fields: JSONObject {
        [
            "name": .string(name), "description": description.map(JSONValue.string) ?? .null,
            "template": .string(template), "arguments": .array(arguments.map { .object($0.object) }),
        ]
    }

    package func usable() throws(GatewayError) -> CompiledPrompt { try CompiledPrompt(self) }
}

extension Prompt.Argument {
    /// The argument as clients and the store see it.
    package var object: JSONObject {
        [
            "name": .string(name), "description": description.map(JSONValue.string) ?? .null,
            "required": .bool(isRequired),
        ]
    }

    fileprivate static func list(_ fields: inout RecordFields) -> [Prompt.Argument] {
        var arguments: [Prompt.Argument] = []
        for (index, value) in fields.list("arguments").enumerated() {
            guard let argument = Prompt.Argument(value, "arguments[\(index)]", &fields) else { continue }
            if arguments.contains(where: { $0.name == argument.name }) {
                fields.report("arguments[\(index)]", "\"\(argument.name)\" is declared twice")
            }
            arguments.append(argument)
        }
        return arguments
    }

    private init?(_ value: JSONValue, _ place: String, _ fields: inout RecordFields) {
        guard let object = value.object else {
            fields.report(place, "expected an object with a name, found \(value.typeDescription)")
            return nil
        }
        guard let name = object["name"]?.string, !name.isEmpty else {
            fields.report("\(place).name", "expected a name")
            return nil
        }
        let required = object["required"] ?? .null
        if required.bool == nil, !required.isNull {
            fields.report("\(place).required", "expected true or false, found \(required.typeDescription)")
        }
        let description = object["description"] ?? .null
        if description.string == nil, !description.isNull {
            fields.report("\(place).description", "expected a string, found \(description.typeDescription)")
        }
        self.init(name: name, description: description.string, isRequired: required.bool ?? false)
    }
}
