import PluginPayloads

extension SchemaCompiler {
    mutating func objectRules(of object: SchemaObject) throws(SchemaError) -> [SchemaRule] {
        var rules = try countRules(of: object, .properties)
        if let names = try object.names("required") { rules.append(.required(names)) }
        if let properties = try propertyRules(of: object) { rules.append(.properties(properties)) }
        if let names = try schema("propertyNames", of: object) { rules.append(.propertyNames(names)) }
        if let dependencies = try object.object("dependentRequired") {
            for (name, value) in dependencies {
                let location = object.location.child("dependentRequired").child(name)
                guard let list = value.array else {
                    throw location.error("expected an array, found \(value.typeDescription)")
                }
                rules.append(.dependentRequired(name: name, others: try SchemaObject.names(list, at: location)))
            }
        }
        for (name, schema) in try schemas("dependentSchemas", of: object) {
            rules.append(.dependentSchema(name: name, schema: schema))
        }
        return try rules + oldDependencies(of: object)
    }

    /// `dependencies` of draft 07: names or a schema for each property.
    private mutating func oldDependencies(of object: SchemaObject) throws(SchemaError) -> [SchemaRule] {
        guard let dependencies = try object.object("dependencies") else { return [] }
        var rules: [SchemaRule] = []
        for (name, value) in dependencies {
            let location = object.location.child("dependencies").child(name)
            if let list = value.array {
                rules.append(.dependentRequired(name: name, others: try SchemaObject.names(list, at: location)))
            } else {
                rules.append(.dependentSchema(name: name, schema: try add(value, at: location)))
            }
        }
        return rules
    }

    private mutating func propertyRules(of object: SchemaObject) throws(SchemaError) -> PropertyRules? {
        guard ["properties", "patternProperties", "additionalProperties"].contains(where: object.has) else {
            return nil
        }
        var rules = PropertyRules()
        for (name, schema) in try schemas("properties", of: object) {
            rules.named[ExactKey(name)] = schema
            rules.names.append(name)
        }
        for (source, schema) in try schemas("patternProperties", of: object) {
            let location = object.location.child("patternProperties").child(source)
            rules.patterns.append((try pattern(source, at: location), schema))
        }
        rules.additional = try schema("additionalProperties", of: object)
        rules.isClosed = object.entries["additionalProperties"] == false
        return rules
    }

    mutating func arrayRules(of object: SchemaObject) throws(SchemaError) -> [SchemaRule] {
        var rules = try countRules(of: object, .items)
        var prefix = try list("prefixItems", of: object)
        var rest: Int?
        if object.entries["items"]?.array != nil {
            prefix = try list("items", of: object)
            rest = try schema("additionalItems", of: object)
        } else {
            rest = try schema("items", of: object)
        }
        if prefix != nil || rest != nil { rules.append(.items(prefix: prefix ?? [], rest: rest)) }
        let minimum = try object.count("minContains")
        let maximum = try object.count("maxContains")
        if let schema = try schema("contains", of: object) {
            rules.append(.contains(schema: schema, minimum: minimum ?? 1, maximum: maximum))
        }
        if try object.flag("uniqueItems") ?? false { rules.append(.uniqueItems) }
        return rules
    }

    mutating func combiningRules(of object: SchemaObject) throws(SchemaError) -> [SchemaRule] {
        for keyword in ["$defs", "definitions"] { _ = try schemas(keyword, of: object) }
        var rules: [SchemaRule] = []
        if let schemas = try list("allOf", of: object) { rules.append(.allOf(schemas)) }
        if let schemas = try list("anyOf", of: object) { rules.append(.anyOf(schemas)) }
        if let schemas = try list("oneOf", of: object) { rules.append(.oneOf(schemas)) }
        if let schema = try schema("not", of: object) { rules.append(.not(schema)) }
        let then = try schema("then", of: object)
        let otherwise = try schema("else", of: object)
        if let condition = try schema("if", of: object) {
            rules.append(.condition(condition, then: then, otherwise: otherwise))
        }
        return rules
    }
}

// MARK: - Schemas within

extension SchemaCompiler {
    /// The schema of a keyword.
    private mutating func schema(_ keyword: String, of object: SchemaObject) throws(SchemaError) -> Int? {
        guard let value = object.entries[keyword] else { return nil }
        return try add(value, at: object.location.child(keyword))
    }

    /// The list of schemas of a keyword.
    private mutating func list(_ keyword: String, of object: SchemaObject) throws(SchemaError) -> [Int]? {
        guard let values = try object.list(keyword) else { return nil }
        var schemas: [Int] = []
        for (index, value) in values.enumerated() {
            schemas.append(try add(value, at: object.location.child(keyword).child(String(index))))
        }
        return schemas
    }

    /// The named schemas of a keyword, in their order.
    private mutating func schemas(
        _ keyword: String,
        of object: SchemaObject
    ) throws(SchemaError) -> [(String, Int)] {
        guard let entries = try object.object(keyword) else { return [] }
        var schemas: [(String, Int)] = []
        for (name, value) in entries {
            schemas.append((name, try add(value, at: object.location.child(keyword).child(name))))
        }
        return schemas
    }
}
