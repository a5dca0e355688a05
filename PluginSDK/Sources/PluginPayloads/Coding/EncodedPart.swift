/// A part of what is being encoded.
enum EncodedPart {
    case value(JSONValue)
    case array(EncodedArray)
    case object(EncodedObject)
    /// An encoder that was handed out, and may be filled later.
    case later(BlockEncoder)

    func write(to writer: inout BlockWriter) {
        switch self {
        case .value(let value): writer.add(value)
        case .array(let array):
            writer.beginArray()
            for part in array.parts { part.write(to: &writer) }
            writer.end()
        case .object(let object):
            writer.beginObject()
            for (key, part) in zip(object.places.keys, object.parts) {
                writer.key(key)
                part.write(to: &writer)
            }
            writer.end()
        case .later(let encoder):
            (encoder.part ?? .value([:])).write(to: &writer)
        }
    }
}

/// The elements of an array.
final class EncodedArray {
    var parts: [EncodedPart] = []
}

/// The entries of an object; the last part of a repeated key counts.
final class EncodedObject {
    private(set) var places = KeyPlaces()
    private(set) var parts: [EncodedPart] = []

    func part(of key: String) -> EncodedPart? {
        places.place(of: key).map { parts[$0] }
    }

    func set(_ part: EncodedPart, for key: String) {
        if let place = places.place(of: key) {
            parts[place] = part
        } else {
            places.append(key)
            parts.append(part)
        }
    }
}

extension EncodedPart {
    static func integer(_ value: some FixedWidthInteger) -> EncodedPart {
        .value(Int64(exactly: value).map(JSONValue.int) ?? .number(String(value)))
    }

    static func number(
        _ value: Double,
        _ path: @autoclosure () -> [any CodingKey]
    ) throws(EncodingError) -> EncodedPart {
        guard value.isFinite else { throw notFinite(value, path()) }
        return .value(.double(value))
    }

    /// A `Float` is kept as its shortest text, because as a `Double` 1.1 would become 1.10000002384185791.
    static func number(
        _ value: Float,
        _ path: @autoclosure () -> [any CodingKey]
    ) throws(EncodingError) -> EncodedPart {
        guard value.isFinite else { throw notFinite(value, path()) }
        return .value(.number(value.description))
    }

    private static func notFinite(_ value: some FloatingPoint, _ path: [any CodingKey]) -> EncodingError {
        .invalidValue(value, .init(codingPath: path, debugDescription: "\(value) cannot be written in JSON"))
    }
}
