/// Reads the fields of an object that somebody else made, strictly: a wrong type is an error that names the field.
///
/// An absent field and `null` are the same.
struct FieldReader {
    private let object: BlockValue
    private let owner: String

    // `owner` says what the object is, for messages: "violation".
    init(_ value: BlockValue, of owner: String) throws(BlockError) {
        guard value.isObject else { throw BlockError("\(owner): expected an object, found \(value.typeDescription)") }
        self.object = value
        self.owner = owner
    }

    func value(_ name: String) -> BlockValue? {
        object[name].flatMap { $0.isNull ? nil : $0 }
    }

    /// A text that has to be there.
    func text(_ name: String) throws(BlockError) -> String {
        guard let text = try optionalText(name) else { throw error(name, "missing") }
        return text
    }

    func optionalText(_ name: String) throws(BlockError) -> String? {
        try read(name, "a string", \.string)
    }

    func integer(_ name: String) throws(BlockError) -> Int? {
        try read(name, "a whole number") { $0.int64.flatMap(Int.init(exactly:)) }
    }

    /// A truth value that has to be there.
    func bool(_ name: String) throws(BlockError) -> Bool {
        guard let value = try read(name, "a boolean", \.bool) else { throw error(name, "missing") }
        return value
    }

    func object(_ name: String) throws(BlockError) -> JSONObject? {
        try read(name, "an object", \.object)
    }

    /// A map of texts.
    func texts(_ name: String) throws(BlockError) -> [String: String]? {
        guard let map = try read(name, "an object", { $0.isObject ? $0 : nil }) else { return nil }
        var result: [String: String] = [:]
        for index in 0..<map.count {
            guard let value = map[index] else { continue }
            let key = map.key(at: index)
            guard let text = value.string else {
                throw error("\(name).\(key)", "expected a string, found \(value.typeDescription)")
            }
            result[key] = text
        }
        return result
    }

    private func read<Value>(
        _ name: String,
        _ expected: String,
        _ convert: (BlockValue) -> Value?
    ) throws(BlockError) -> Value? {
        guard let value = value(name) else { return nil }
        guard let result = convert(value) else {
            throw error(name, "expected \(expected), found \(value.typeDescription)")
        }
        return result
    }

    func error(_ name: String, _ problem: String) -> BlockError {
        BlockError("\(owner).\(name): \(problem)")
    }
}
