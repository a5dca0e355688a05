import PluginPayloads

/// Prints a value in one of the many ways JSON allows: with white space, and characters as escapes.
struct LooseText {
    private var generator: SeededGenerator
    private(set) var text = ""

    init(_ value: JSONValue, seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        add(value)
    }

    private mutating func add(_ value: JSONValue) {
        space()
        switch value {
        case .string(let string): add(string)
        case .array(let elements): addList("[", elements, "]") { printer, element in printer.add(element) }
        case .object(let object):
            addList("{", Array(object), "}") { printer, entry in
                printer.space()
                printer.add(entry.key)
                printer.space()
                printer.text += ":"
                printer.add(entry.value)
            }
        default: text += value.description
        }
        space()
    }

    private mutating func addList<Element>(
        _ start: String,
        _ elements: [Element],
        _ end: String,
        _ add: (inout LooseText, Element) -> Void
    ) {
        text += start
        space()
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            add(&self, element)
        }
        text += end
    }

    private mutating func space() {
        while generator.once(in: 4) { text += generator.one(of: [" ", "\n", "\t", "\r"]) }
    }

    private mutating func add(_ string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            if mustEscape || generator.once(in: 5) { addEscape(scalar) } else { text.unicodeScalars.append(scalar) }
        }
        text += "\""
    }

    private mutating func addEscape(_ scalar: Unicode.Scalar) {
        let short: [Unicode.Scalar: String] = [
            "\"": "\"", "\\": "\\", "/": "/", "\n": "n", "\r": "r", "\t": "t", "\u{8}": "b", "\u{C}": "f",
        ]
        if let letter = short[scalar], Bool.random(using: &generator) {
            text += "\\\(letter)"
            return
        }
        for unit in UTF16.encode(scalar) ?? .init() {
            let digits = String(unit, radix: 16, uppercase: Bool.random(using: &generator))
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}
