import PluginPayloads

/// An absolute URL with places for values: `https://host/users/{id}?lang={lang}`.
///
/// A value is percent-encoded as one component, so it cannot leave its place; scheme and host are the operator's alone.
struct URLTemplate: Sendable, Equatable {
    private enum Part: Equatable {
        case literal(String)
        case place(String)
    }

    private let parts: [Part]

    /// A template that is not usable.
    struct Problem: Error, Equatable {
        let text: String
    }

    /// Reads a template.
    ///
    /// - Throws: What is wrong with it.
    init(_ text: String) throws(Problem) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw Problem(text: "\"{\" is not closed")
            }
            let name = String(rest[rest.index(after: open)..<close])
            guard !name.isEmpty, !name.contains("{") else { throw Problem(text: "\"{}\" needs a name") }
            if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
            parts.append(.place(name))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        guard case .literal(let start)? = parts.first else { throw Self.noURL }
        try Self.check(start, isAll: parts.count == 1)
        for case .literal(let literal) in parts where !literal.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
            throw Problem(text: "a space or a character that is not ASCII has to be percent-encoded")
        }
        self.parts = parts
    }

    /// The names of the places.
    var names: Set<String> {
        Set(parts.compactMap { if case .place(let name) = $0 { name } else { nil } })
    }

    /// The URL with values in all places.
    ///
    /// - Throws: That an argument is missing or cannot stand in a URL.
    func filled(_ arguments: BlockValue) throws(GatewayError) -> String {
        var url = ""
        for part in parts {
            switch part {
            case .literal(let text): url += text
            case .place(let name):
                guard let value = arguments[name], let text = Self.text(value) else {
                    throw .unprocessable(
                        "argument \"\(name)\": expected a text, a number or a boolean, which the URL needs"
                    )
                }
                // A server would take the two for a way up, however they are encoded.
                guard text != ".", text != ".." else {
                    throw .unprocessable("argument \"\(name)\": \"\(text)\" cannot be a part of a URL")
                }
                url += PercentEncoding.component(text)
            }
        }
        return url
    }

    /// A value as a URL shows it; `nil` if it is none.
    static func text(_ value: BlockValue) -> String? {
        if let text = value.string { return text }
        guard !value.isNull, !value.isArray, !value.isObject else { return nil }
        return value.value.description
    }

    /// Checks scheme and host, which hold no place.
    private static func check(_ start: String, isAll: Bool) throws(Problem) {
        let lowered = start.lowercased()
        guard let scheme = ["http://", "https://"].first(where: lowered.hasPrefix) else { throw noURL }
        let rest = start.dropFirst(scheme.count)
        let end = rest.firstIndex { "/?#".contains($0) }
        guard end != nil || isAll else { throw Problem(text: "a place may not stand in the host") }
        let host = rest[..<(end ?? rest.endIndex)]
        guard !host.contains("@") else { throw Problem(text: "credentials do not belong into a URL; use headers") }
        guard let first = host.first, first != ":" else { throw noURL }
    }

    private static var noURL: Problem { Problem(text: "expected an absolute URL that begins with http:// or https://") }
}
