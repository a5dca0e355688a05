/// A failure to decode or encode, in words for the person who wrote the value.
public struct CodingProblem: Sendable, Hashable, CustomStringConvertible {
    /// The place as a program would write it, such as `words[1].search`; empty for the whole value.
    public let place: String
    /// The place as a JSON pointer, such as `/words/1/search`; empty for the whole value.
    public let pointer: String
    /// What is wrong there, such as `expected a number, found a string`.
    public let message: String

    /// The place and the message: `words[1].search: missing`.
    public var description: String {
        place.isEmpty ? message : "\(place): \(message)"
    }

    /// Puts an error into words; one that is not of `Codable` is described by its own text.
    public init(_ error: any Error) {
        switch error {
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            self.init(context.codingPath, context.debugDescription)
        case DecodingError.keyNotFound(let key, let context):
            self.init(context.codingPath + [key], "missing")
        case EncodingError.invalidValue(_, let context):
            self.init(context.codingPath, context.debugDescription)
        default:
            self.init([], String(describing: error))
        }
    }

    private init(_ path: [any CodingKey], _ message: String) {
        self.message = message
        var place = ""
        var pointer = ""
        for key in path {
            pointer += "/" + Self.escaped(key.stringValue)
            if let index = key.intValue {
                place += "[\(index)]"
            } else if Self.isPlain(key.stringValue) {
                place += (place.isEmpty ? "" : ".") + key.stringValue
            } else {
                place += "[\"\(key.stringValue)\"]"
            }
        }
        self.place = place
        self.pointer = pointer
    }

    /// Whether a key can stand in a place without quotes.
    private static func isPlain(_ key: String) -> Bool {
        !key.isEmpty && key.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    }

    /// A key as RFC 6901 writes it.
    private static func escaped(_ key: String) -> String {
        var text = ""
        for scalar in key.unicodeScalars {
            switch scalar {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
