package import PluginPayloads

/// What a client says of a prompt; what it leaves out is `nil`.
package struct PromptForm: Sendable, Equatable {
    package var name: String?
    package var template: String?
    /// `null` is a description, too: none.
    package var description: JSONValue?
    package var arguments: [Prompt.Argument]?

    /// Reads a prompt in its flat form, or within `{"prompt": …}`.
    ///
    /// Keys that mean something elsewhere, such as `visibility` or `argument_schema`, are ignored.
    ///
    /// - Throws: All that is wrong, in one message.
    package init(_ body: BlockValue) throws(GatewayError) {
        var problems: [String] = []
        let nested = body["prompt"]
        let fields = nested.flatMap { $0.isObject ? $0 : nil } ?? body
        guard fields.isObject else {
            throw .unprocessable("a prompt is a JSON object, found \(fields.typeDescription)")
        }
        name = Self.text("name", fields, &problems)
        template = Self.text("template", fields, &problems)
        description = Self.description(fields, &problems)
        arguments = Self.arguments(fields, &problems)
        if let name, let problem = Self.problem(withName: name) { problems.append(problem) }
        guard problems.isEmpty else {
            throw .unprocessable("the prompt is not valid: " + problems.joined(separator: "; "))
        }
    }

    private static func text(_ key: String, _ fields: BlockValue, _ problems: inout [String]) -> String? {
        guard let value = fields[key], !value.isNull else { return nil }
        guard let text = value.string else {
            problems.append("\(key): expected a string, found \(value.typeDescription)")
            return nil
        }
        // SQLite would cut the text off there.
        guard !text.utf8.contains(0) else {
            problems.append("\(key): the character U+0000 is not allowed")
            return nil
        }
        return text
    }

    private static func description(_ fields: BlockValue, _ problems: inout [String]) -> JSONValue? {
        guard let value = fields["description"] else { return nil }
        if value.isNull { return .null }
        return text("description", fields, &problems).map(JSONValue.string)
    }

    private static func arguments(_ fields: BlockValue, _ problems: inout [String]) -> [Prompt.Argument]? {
        guard let list = fields["arguments"], !list.isNull else { return nil }
        guard list.isArray else {
            problems.append("arguments: expected a list, found \(list.typeDescription)")
            return nil
        }
        var arguments: [Prompt.Argument] = []
        for index in 0..<list.count {
            guard let value = list[index], let argument = argument(value, "arguments[\(index)]", &problems) else {
                continue
            }
            if arguments.contains(where: { $0.name == argument.name }) {
                problems.append("arguments[\(index)]: \"\(argument.name)\" is declared twice")
            }
            arguments.append(argument)
        }
        return arguments
    }

    private static func argument(
        _ value: BlockValue,
        _ place: String,
        _ problems: inout [String]
    ) -> Prompt.Argument? {
        guard value.isObject else {
            problems.append("\(place): expected an object with a name, found \(value.typeDescription)")
            return nil
        }
        guard let name = value["name"]?.string, !name.isEmpty else {
            problems.append("\(place).name: expected a name")
            return nil
        }
        let required = value["required"]
        if let required, required.bool == nil, !required.isNull {
            problems.append("\(place).required: expected true or false, found \(required.typeDescription)")
        }
        let description = value["description"]
        if let description, description.string == nil, !description.isNull {
            problems.append("\(place).description: expected a string, found \(description.typeDescription)")
        }
        return Prompt.Argument(
            name: name,
            description: description?.string,
            isRequired: required?.bool ?? false
        )
    }

    /// A name is a part of a path, and stands in log lines.
    private static func problem(withName name: String) -> String? {
        if name.isEmpty || name.unicodeScalars.count > 255 { return "name: expected 1 to 255 characters" }
        let isPlain = name.unicodeScalars.allSatisfy { $0 != "/" && $0.properties.generalCategory != .control }
        return isPlain ? nil : "name: a slash or a control character is not allowed"
    }
}
