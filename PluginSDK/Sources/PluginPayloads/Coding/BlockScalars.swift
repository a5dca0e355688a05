/// Reads single values for a decoder; `path` is asked for only when that fails.
enum BlockScalars {
    static func string(
        _ value: BlockValue,
        _ path: @autoclosure () -> [any CodingKey]
    ) throws(DecodingError) -> String {
        guard let text = value.string else { throw mismatch(String.self, "a string", value, path()) }
        return text
    }

    static func bool(_ value: BlockValue, _ path: @autoclosure () -> [any CodingKey]) throws(DecodingError) -> Bool {
        guard let truth = value.bool else { throw mismatch(Bool.self, "a boolean", value, path()) }
        return truth
    }

    static func integer<Number: FixedWidthInteger>(
        _ value: BlockValue,
        as type: Number.Type,
        _ path: @autoclosure () -> [any CodingKey]
    ) throws(DecodingError) -> Number {
        if let small = value.int64 {
            if let number = Number(exactly: small) { return number }
        } else if let text = value.numberText, let number = Number(text) {
            return number
        }
        guard let text = numberText(value) else { throw mismatch(type, "a whole number", value, path()) }
        let isWhole = text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (48...57).contains($0) }
        let range = isWhole ? " from \(Number.min) to \(Number.max)" : ""
        throw .dataCorrupted(
            .init(codingPath: path(), debugDescription: "expected a whole number\(range), found \(text)")
        )
    }

    static func double(
        _ value: BlockValue,
        _ path: @autoclosure () -> [any CodingKey]
    ) throws(DecodingError) -> Double {
        if let number = value.double { return number }
        throw numberText(value).map { outOfRange($0, path()) } ?? mismatch(Double.self, "a number", value, path())
    }

    static func float(_ value: BlockValue, _ path: @autoclosure () -> [any CodingKey]) throws(DecodingError) -> Float {
        let double = try double(value, path())
        let number = Float(double)
        guard number.isFinite else { throw outOfRange(String(double), path()) }
        return number
    }

    /// The error for a value of another type.
    static func mismatch(
        _ type: any Any.Type,
        _ expected: String,
        _ value: BlockValue,
        _ path: [any CodingKey]
    ) -> DecodingError {
        let context = DecodingError.Context(
            codingPath: path,
            debugDescription: "expected \(expected), found \(value.typeDescription)"
        )
        return value.isNull ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }

    private static func outOfRange(_ text: String, _ path: [any CodingKey]) -> DecodingError {
        .dataCorrupted(.init(codingPath: path, debugDescription: "the number \(text) is too large"))
    }

    private static func numberText(_ value: BlockValue) -> String? {
        value.numberText ?? value.int64.map { String($0) } ?? value.double.map { String($0) }
    }
}
