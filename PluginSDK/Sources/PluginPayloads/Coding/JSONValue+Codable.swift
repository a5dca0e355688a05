extension JSONValue: Codable {
    /// Decodes any value; from a block, without going through its containers.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        if let decoder = decoder as? BlockDecoder {
            self = decoder.value.value
        } else if let decoder = decoder as? SampleDecoder {
            decoder.note(.any)
            self = .null
        } else {
            self = try Self.foreign(decoder.singleValueContainer())
        }
    }

    /// Decodes from another format, by trying what the value may be.
    private static func foreign(_ container: any SingleValueDecodingContainer) throws -> JSONValue {
        if container.decodeNil() { return .null }
        if let value = try? container.decode(Bool.self) { return .bool(value) }
        if let value = try? container.decode(Int64.self) { return .int(value) }
        if let value = try? container.decode(UInt64.self) { return .number(String(value)) }
        if let value = try? container.decode(Double.self) { return .double(value) }
        if let value = try? container.decode(String.self) { return .string(value) }
        if let value = try? container.decode([JSONValue].self) { return .array(value) }
        return .object(try container.decode(JSONObject.self))
    }

    /// Encodes the value; into a block, as it is.
    ///
    /// Other formats get a number that is kept as text as an integer or `Double`, and bytes as an array of numbers.
    ///
    /// - Throws: `EncodingError`.
    public func encode(to encoder: any Encoder) throws {
        if let encoder = encoder as? BlockEncoder {
            encoder.set(.value(self))
            return
        }
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .number(let text): try Self.encode(number: text, to: &container)
        case .string(let value): try container.encode(value)
        case .bytes(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    private static func encode(number text: String, to container: inout any SingleValueEncodingContainer) throws {
        if let value = Int64(text) {
            try container.encode(value)
        } else if let value = UInt64(text) {
            try container.encode(value)
        } else {
            try container.encode(Double(text) ?? .infinity)
        }
    }
}

extension JSONObject: Codable {
    /// Decodes an object; from a block, without going through its containers.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        if let decoder = decoder as? BlockDecoder {
            guard let object = decoder.value.object else {
                throw BlockScalars.mismatch(JSONObject.self, "an object", decoder.value, decoder.codingPath)
            }
            self = object
            return
        }
        let container = try decoder.container(keyedBy: AnyCodingKey.self)
        self.init()
        for key in container.allKeys { self[key.stringValue] = try container.decode(JSONValue.self, forKey: key) }
    }

    /// Encodes the entries; into a block, as they are.
    ///
    /// - Throws: `EncodingError`.
    public func encode(to encoder: any Encoder) throws {
        if let encoder = encoder as? BlockEncoder {
            encoder.set(.value(.object(self)))
            return
        }
        var container = encoder.container(keyedBy: AnyCodingKey.self)
        for (key, value) in self { try container.encode(value, forKey: AnyCodingKey(stringValue: key)) }
    }
}
