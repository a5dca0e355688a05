import PluginPayloads
import PluginText

extension SchemaCompiler {
    /// The rules of one schema, but for its reference: the type first, which spares the others if it is wrong.
    mutating func rules(of object: SchemaObject) throws(SchemaError) -> [SchemaRule] {
        for keyword in ["unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef"]
        where object.has(keyword) {
            throw object.location.child(keyword).error(
                "\(keyword) is not supported; write the schema with additionalProperties, items and $ref"
            )
        }
        return try valueRules(of: object) + textRules(of: object) + objectRules(of: object) + arrayRules(of: object)
            + combiningRules(of: object)
    }

    private func valueRules(of object: SchemaObject) throws(SchemaError) -> [SchemaRule] {
        var rules: [SchemaRule] = []
        if let types = try types(of: object) { rules.append(.type(types)) }
        if let values = try object.list("enum") { rules.append(.among(AllowedValues(values))) }
        if let value = object.entries["const"] { rules.append(.among(AllowedValues([value]))) }
        for kind in NumberBound.Kind.allCases {
            guard let limit = try object.number(kind.rawValue) else { continue }
            let text = object.entries[kind.rawValue]?.description ?? ""
            rules.append(.bound(NumberBound(kind: kind, limit: limit, text: text)))
        }
        if let number = try object.number("multipleOf") {
            guard let divisor = ExactDivisor(number) else {
                throw object.location.child("multipleOf").error(
                    "expected a number above 0 of at most \(ExactDivisor.digitLimit) digits"
                )
            }
            rules.append(.multiple(of: divisor, text: object.entries["multipleOf"]?.description ?? ""))
        }
        return rules
    }

    private func types(of object: SchemaObject) throws(SchemaError) -> TypeSet? {
        guard let value = object.entries["type"] else { return nil }
        let location = object.location.child("type")
        let names: [String]
        switch value {
        case .string(let name): names = [name]
        case .array(let list): names = try SchemaObject.names(list, at: location)
        default: throw location.error("expected a string or an array of strings, found \(value.typeDescription)")
        }
        var types: TypeSet = []
        for name in names {
            guard let type = TypeSet.named(name) else {
                let meant = Suggestion.name(for: name, among: TypeSet.names).map { "; did you mean \"\($0)\"?" }
                throw location.error("no type is called \(JSONValue.string(name))\(meant ?? "")")
            }
            types.formUnion(type)
        }
        return types
    }

    private func textRules(of object: SchemaObject) throws(SchemaError) -> [SchemaRule] {
        var rules = try countRules(of: object, .characters)
        if let source = try object.text("pattern") {
            rules.append(.pattern(try pattern(source, at: object.location.child("pattern")), source: source))
        }
        return rules
    }

    func countRules(of object: SchemaObject, _ subject: CountBound.Subject) throws(SchemaError) -> [SchemaRule] {
        var rules: [SchemaRule] = []
        for (prefix, isMinimum) in [("min", true), ("max", false)] {
            guard let limit = try object.count(prefix + subject.keyword) else { continue }
            rules.append(.count(CountBound(subject: subject, isMinimum: isMinimum, limit: limit)))
        }
        return rules
    }

    /// Compiles a pattern of ECMAScript.
    func pattern(_ source: String, at location: SchemaLocation) throws(SchemaError) -> Pattern {
        do {
            return try Pattern(ECMAScriptPattern.translate(source), options: .asciiClasses)
        } catch {
            throw location.error(error.description)
        }
    }
}

extension AllowedValues {
    private static let shownValues = 10
    private static let shownLength = 60

    /// The values, of which a message shows the first ones.
    init(_ values: [JSONValue]) {
        self.values = Set(values.map(EqualValue.init))
        var shown = values.prefix(Self.shownValues).map { value in
            let text = value.description
            return text.count > Self.shownLength ? text.prefix(Self.shownLength) + "…" : text
        }
        if values.count > shown.count { shown.append("\(values.count - shown.count) others") }
        let last = shown.popLast() ?? "nothing"
        text = shown.isEmpty ? last : shown.joined(separator: ", ") + " or " + last
    }
}
