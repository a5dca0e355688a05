import YAMLTree

extension Field {
    private static let units: [(String, Int)] = [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
        ("B", 1),
    ]

    /// A number of bytes, as an integer or with a unit: `268435456`, `256MiB`.
    func bytes(in range: ClosedRange<Int>) -> Int? {
        guard case .string(let text)? = scalar?.setting, scalar?.looksLikeNumber == false else {
            return integer(in: range)
        }
        guard let bytes = Self.bytes(of: text) else {
            error(expected: "a number of bytes", hint: "write it such as 268435456 or 256MiB")
            return nil
        }
        guard range.contains(bytes) else {
            error("must be from \(range.lowerBound) to \(range.upperBound), found \(scalar?.shortText ?? "")")
            return nil
        }
        return bytes
    }

    private static func bytes(of text: String) -> Int? {
        guard let (unit, factor) = units.first(where: { text.hasSuffix($0.0) }) else { return nil }
        var digits = text.dropLast(unit.count)
        while digits.last == " " { digits.removeLast() }
        // `Int` would read a sign as well.
        guard digits.allSatisfy({ ("0"..."9").contains($0) }), let number = Int(digits) else { return nil }
        let (bytes, isTooLarge) = number.multipliedReportingOverflow(by: factor)
        return isTooLarge ? .max : bytes
    }
}
