/// A name for the DNS, in the form that the DNS is asked for.
struct DomainName {
    /// The labels, in lower case and ASCII: `["www", "xn--mnchen-3ya", "de"]`.
    let labels: [String]

    /// The labels with dots between them.
    var text: String { labels.joined(separator: ".") }

    /// Reads a name in any script, as UTS 46 does; dots at its end are dropped.
    init(_ text: String, as reading: URIReading) throws(URIProblem) {
        let mapped = try DomainMapping.map(text.unicodeScalars, as: reading)
        var parts = Composition.composed(mapped).split(separator: ".", omittingEmptySubsequences: false)
        while parts.last?.isEmpty == true { parts.removeLast() }
        guard !parts.isEmpty else { throw URIProblem("the host is empty") }
        labels = try parts.map { part throws(URIProblem) in try Self.ascii(Array(part)) }
        guard self.text.utf8.count <= 253 else { throw URIProblem("the host is too long") }
    }

    private static func ascii(_ label: [Unicode.Scalar]) throws(URIProblem) -> String {
        guard 1...63 ~= label.count else { throw URIProblem("a label of the host is empty or too long") }
        try check(label)
        let isEncoded = label.starts(with: "xn--".unicodeScalars)
        var text = String(String.UnicodeScalarView(label))
        if !label.allSatisfy(\.isASCII) {
            guard !isEncoded else { throw URIProblem("\(text) is only half encoded") }
            text = "xn--" + Punycode.encode(label)
        } else if isEncoded {
            try checkEncoded(text)
        }
        guard text.utf8.count <= 63 else { throw URIProblem("a label of the host is too long") }
        return text
    }

    private static func check(_ label: [Unicode.Scalar]) throws(URIProblem) {
        for scalar in label where !isAllowed(scalar) { throw URIProblem("the host holds \(scalar.codePoint)") }
        if let first = label.first, marks.contains(first.properties.generalCategory) {
            throw URIProblem("a label of the host begins with \(first.codePoint), which belongs to a letter before it")
        }
    }

    private static let marks: [Unicode.GeneralCategory] = [.nonspacingMark, .spacingMark, .enclosingMark]

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "0"..."9", "-", "_": return true
        case DomainMapping.nonJoiner, DomainMapping.joiner: return true
        case _ where scalar.isASCII: return false
        default:
            return switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned: false
            case .spaceSeparator, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }

    /// An encoded label has to be what encoding its text gives, or it would be a second spelling of another label.
    private static func checkEncoded(_ text: String) throws(URIProblem) {
        let encoded = String(text.dropFirst(4))
        guard let label = Punycode.decode(encoded), !label.allSatisfy(\.isASCII), Punycode.encode(label) == encoded,
            try DomainMapping.map(label, as: .whatwg) == label, Composition.composed(label) == label
        else { throw URIProblem("\(text) encodes no label") }
        try check(label)
    }
}

extension Unicode.Scalar {
    /// The number as Unicode writes it: `U+00DF`.
    var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
