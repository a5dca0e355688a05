extension JSONPrinter {
    mutating func add(_ value: JSONValue) {
        switch value {
        case .null: add(word: "null")
        case .bool(let value): add(value)
        case .int(let value): add(value)
        case .double(let value): add(value)
        case .number(let text):
            var text = text
            text.withUTF8 { bytes in unsafe add(text: bytes) }
        case .string(let text): add(text)
        case .bytes(let bytes): unsafe bytes.withUnsafeBufferPointer { bytes in unsafe add(base64: bytes) }
        case .array(let elements): add(elements)
        case .object(let object): add(object)
        }
    }

    private mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { bytes in unsafe add(string: bytes) }
    }

    private mutating func add(_ elements: [JSONValue]) {
        add(ascii: "[")
        for (index, element) in elements.enumerated() {
            if index > 0 { add(ascii: ",") }
            add(element)
        }
        add(ascii: "]")
    }

    mutating func add(_ object: JSONObject) {
        add(ascii: "{")
        for (index, entry) in object.enumerated() {
            if index > 0 { add(ascii: ",") }
            add(entry.key)
            add(ascii: ":")
            add(entry.value)
        }
        add(ascii: "}")
    }
}
