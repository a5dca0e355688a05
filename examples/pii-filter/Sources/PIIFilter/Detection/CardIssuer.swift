/// The numbers that issuers of payment cards give out, by their first digits and their lengths.
struct CardIssuer {
    /// First digits, all as long as each other.
    let prefixes: ClosedRange<Int>
    let lengths: ClosedRange<Int>

    static let all = [
        CardIssuer(prefixes: 4...4, lengths: 13...13),  // Visa
        CardIssuer(prefixes: 4...4, lengths: 16...16),
        CardIssuer(prefixes: 4...4, lengths: 19...19),
        CardIssuer(prefixes: 51...55, lengths: 16...16),  // Mastercard
        CardIssuer(prefixes: 2221...2720, lengths: 16...16),
        CardIssuer(prefixes: 34...34, lengths: 15...15),  // American Express
        CardIssuer(prefixes: 37...37, lengths: 15...15),
        CardIssuer(prefixes: 6011...6011, lengths: 16...19),  // Discover
        CardIssuer(prefixes: 644...659, lengths: 16...19),
        CardIssuer(prefixes: 300...305, lengths: 14...19),  // Diners Club
        CardIssuer(prefixes: 36...36, lengths: 14...19),
        CardIssuer(prefixes: 38...39, lengths: 14...19),
        CardIssuer(prefixes: 3528...3589, lengths: 16...19),  // JCB
        CardIssuer(prefixes: 62...62, lengths: 16...19),  // UnionPay
        CardIssuer(prefixes: 81...81, lengths: 16...19),
        CardIssuer(prefixes: 2200...2204, lengths: 16...19),  // Mir
        CardIssuer(prefixes: 5018...5018, lengths: 13...19),  // Maestro
        CardIssuer(prefixes: 5020...5020, lengths: 13...19),
        CardIssuer(prefixes: 5038...5038, lengths: 13...19),
        CardIssuer(prefixes: 5612...5612, lengths: 13...19),
        CardIssuer(prefixes: 5893...5893, lengths: 13...19),
        CardIssuer(prefixes: 6304...6304, lengths: 13...19),
        CardIssuer(prefixes: 6759...6763, lengths: 13...19),
    ]

    /// Whether some issuer gives out numbers that begin with these digits and are as long.
    static func knows(_ digits: [UInt8]) -> Bool {
        guard digits.count >= 13 else { return false }
        return all.contains { issuer in
            let size = String(issuer.prefixes.lowerBound).utf8.count
            let prefix = digits.prefix(size).reduce(0) { 10 * $0 + Int($1) }
            return issuer.lengths.contains(digits.count) && issuer.prefixes.contains(prefix)
        }
    }
}
