package import PluginPayloads

/// The fields of a record that is read, and what is wrong with them.
///
/// A field that is absent or null is taken from the record that is changed, if there is one. Keys that nobody asks for
/// are ignored: they mean something elsewhere.
package struct RecordFields {
    /// What stands for a value that is not shown.
    package static let mask = "********"

    /// What the record is called and since when it is there.
    package let stamp: RecordStamp
    private let given: JSONObject
    private let kept: JSONObject
    private var missing: [String] = []
    private var problems: [String] = []

    /// - Parameters:
    ///   - given: The new fields.
    ///   - kept: The fields of the record that is changed.
    ///   - stamp: The record's.
    package init(_ given: JSONObject, keeping kept: JSONObject = [:], stamp: RecordStamp) {
        self.given = given
        self.kept = kept
        self.stamp = stamp
    }

    /// Reads what a client has sent: the record itself, or `{"KIND": the record}`.
    init(
        _ body: BlockValue,
        of kind: String,
        keeping kept: JSONObject = [:],
        stamp: RecordStamp
    ) throws(GatewayError) {
        let inner = body[kind]
        let nested = inner?.isObject == true ? inner ?? body : body
        guard let given = nested.object else {
            throw .unprocessable("a \(kind) is a JSON object, found \(nested.typeDescription)")
        }
        self.init(given, keeping: kept, stamp: stamp)
    }

    /// Throws all that is wrong, in one message.
    func requireValid(_ kind: String) throws(GatewayError) {
        let absent = missing.isEmpty ? [] : ["missing " + missing.joined(separator: " and ")]
        guard absent.isEmpty, problems.isEmpty else {
            throw .unprocessable("the \(kind) is not valid: " + (absent + problems).joined(separator: "; "))
        }
    }

    /// Notes that a field is wrong.
    package mutating func report(_ place: String, _ problem: String) {
        problems.append("\(place): \(problem)")
    }

    /// Notes that a field is not there and has to be.
    mutating func reportMissing(_ names: String) {
        missing.append(names)
    }

    /// Whether the new fields have one, be it null.
    func gives(_ key: String) -> Bool { given[key] != nil }

    /// A field that is not null.
    func value(_ key: String) -> JSONValue? {
        if let value = given[key], !value.isNull { return value }
        guard let value = kept[key], !value.isNull else { return nil }
        return value
    }

    /// A text that has to be there.
    package mutating func text(_ key: String) -> String {
        guard let value = value(key) else {
            reportMissing(key)
            return ""
        }
        return string(value, key) ?? ""
    }

    /// A text that may be absent; null takes it away.
    package mutating func optionalText(_ key: String) -> String? {
        guard !(given[key]?.isNull ?? false), let value = value(key) else { return nil }
        return string(value, key)
    }

    /// A name that can stand in a path and in a log line.
    package mutating func name() -> String {
        let name = text("name")
        guard let given = value("name")?.string, !given.utf8.contains(0) else { return name }
        if name.isEmpty || name.unicodeScalars.count > 255 {
            report("name", "expected 1 to 255 characters")
        } else if name.unicodeScalars.contains(where: { $0 == "/" || $0.properties.generalCategory == .control }) {
            report("name", "a slash or a control character is not allowed")
        }
        return name
    }

    /// One of some words, in any case.
    mutating func choice<Word: RawRepresentable & CaseIterable>(
        _ key: String,
        _ type: Word.Type,
        or standard: Word
    ) -> Word where Word.RawValue == String {
        guard let value = value(key) else { return standard }
        if let text = value.string,
            let word = Word.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() })
        {
            return word
        }
        let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
        report(key, "expected one of \(words), found \(value.string.map { "\"\($0)\"" } ?? value.typeDescription)")
        return standard
    }

    /// An object that may be absent; null takes it away.
    mutating func optionalObject(_ key: String) -> JSONObject? {
        guard !(given[key]?.isNull ?? false), let value = value(key) else { return nil }
        if value.object == nil { report(key, "expected an object, found \(value.typeDescription)") }
        return value.object
    }

    /// A list; empty if it is absent.
    mutating func list(_ key: String) -> [JSONValue] {
        guard let value = value(key) else { return [] }
        if value.array == nil { report(key, "expected a list, found \(value.typeDescription)") }
        return value.array ?? []
    }

    /// A list of texts; empty if it is absent.
    mutating func texts(_ key: String) -> [String] {
        var texts: [String] = []
        for (index, value) in list(key).enumerated() {
            if let text = string(value, "\(key)[\(index)]") { texts.append(text) }
        }
        return texts
    }

    /// Headers of outgoing requests; one that is masked is the one that is kept.
    mutating func headers(_ key: String) -> HTTPHeaders {
        let before = HTTPHeaders(
            (kept[key]?.object ?? [:]).compactMap { name, value in value.string.map { (name, $0) } }
        )
        guard let value = given[key], !value.isNull else { return before }
        guard let object = value.object else {
            report(key, "expected an object of texts, found \(value.typeDescription)")
            return [:]
        }
        var headers = HTTPHeaders()
        for (name, value) in object {
            let place = "\(key).\(name)"
            guard let text = string(value, place) else { continue }
            let header = text == Self.mask ? before[name] ?? text : text
            if let problem = OutgoingHeaders.problem(name, header) { report(place, problem) }
            headers[name] = header
        }
        return headers
    }

    private mutating func string(_ value: JSONValue, _ place: String) -> String? {
        guard let text = value.string else {
            report(place, "expected a string, found \(value.typeDescription)")
            return nil
        }
        guard !text.utf8.contains(0) else {
            report(place, "the character U+0000 is not allowed")
            return nil
        }
        return text
    }
}
