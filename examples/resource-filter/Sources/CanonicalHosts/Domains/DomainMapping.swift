/// What UTS 46 makes of the letters of a host before it is looked up: lower case, plain forms, one kind of dot.
///
/// The standard library knows lower case, and which letters have a plainer form, yet not that form. Those that stand for
/// a letter or digit of ASCII are listed here; a host with any other is refused, so none is ever read as another host.
enum DomainMapping {
    /// Joins two letters that would be apart.
    static let joiner: Unicode.Scalar = "\u{200D}"
    /// Keeps two letters apart that would be joined.
    static let nonJoiner: Unicode.Scalar = "\u{200C}"

    /// The letters after the mapping.
    static func map(
        _ text: some Sequence<Unicode.Scalar>,
        as reading: URIReading
    ) throws(URIProblem) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        for scalar in text { try append(scalar, to: &result, as: reading) }
        return result
    }

    private static func append(
        _ scalar: Unicode.Scalar,
        to result: inout [Unicode.Scalar],
        as reading: URIReading
    ) throws(URIProblem) {
        switch scalar {
        case "A"..."Z": result.append(lowercased(scalar))
        case _ where scalar.isASCII: result.append(scalar)
        case "。", "｡": result.append(".")
        // The letters that the older standard mapped, and the newer one keeps.
        case "ß", "ẞ": result += reading == .whatwg ? ["ß"] : ["s", "s"]
        case "ς": result.append(reading == .whatwg ? "ς" : "σ")
        case joiner, nonJoiner: if reading == .whatwg { result.append(scalar) }
        default:
            if let plain = plain(scalar) {
                result.append(lowercased(plain))
            } else if !scalar.properties.isDefaultIgnorableCodePoint {
                result += try lowercase(scalar)
            }
        }
    }

    private static func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        "A"..."Z" ~= scalar ? Unicode.Scalar(UInt8(scalar.value) + 0x20) : scalar
    }

    private static func lowercase(_ scalar: Unicode.Scalar) throws(URIProblem) -> [Unicode.Scalar] {
        let mapped = Array(scalar.properties.lowercaseMapping.unicodeScalars)
        guard !mapped.contains(where: \.properties.changesWhenNFKCCaseFolded) else {
            throw URIProblem("the host holds \(scalar.codePoint), which stands for other letters; write those")
        }
        return mapped
    }

    /// Letters and digits in other clothes: the first and last of them, what the first stands for, and after how many
    /// it begins again.
    private static let runs: [(ClosedRange<Unicode.Scalar>, first: UInt8, cycle: UInt32)] = [
        ("⁴"..."⁹", UInt8(ascii: "4"), 6),
        ("₀"..."₉", UInt8(ascii: "0"), 10),
        ("①"..."⑨", UInt8(ascii: "1"), 9),
        ("Ⓐ"..."ⓩ", UInt8(ascii: "a"), 26),
        ("！"..."～", UInt8(ascii: "!"), 94),  // the whole of ASCII in the width of a Chinese letter
        ("\u{1CCD6}"..."\u{1CCEF}", UInt8(ascii: "a"), 26),  // outlined letters and digits
        ("\u{1CCF0}"..."\u{1CCF9}", UInt8(ascii: "0"), 10),
        ("\u{1D400}"..."\u{1D6A3}", UInt8(ascii: "a"), 26),  // thirteen mathematical alphabets, twice 26 letters each
        ("\u{1D7CE}"..."\u{1D7FF}", UInt8(ascii: "0"), 10),  // and their digits, five times
        ("\u{1F130}"..."\u{1F149}", UInt8(ascii: "a"), 26),  // squared letters
    ]

    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard let run = runs.first(where: { $0.0.contains(scalar) }) else { return nil }
        return Unicode.Scalar(run.first + UInt8((scalar.value - run.0.lowerBound.value) % run.cycle))
    }
}
