/// A part of a text where rules may find something.
package struct Site: Sendable, Hashable {
    /// What a part holds that rules depend on.
    package struct Traits: OptionSet, Sendable, Hashable {
        package let rawValue: UInt16

        package init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// At least 9, 10, 13 digits with no more than three separators in a row.
        static let nineDigits = Traits(rawValue: 1 << 0)
        static let tenDigits = Traits(rawValue: 1 << 1)
        static let thirteenDigits = Traits(rawValue: 1 << 2)
        /// Digits, a dot and digits, three times.
        static let dottedDigits = Traits(rawValue: 1 << 3)
        /// Digits, a dash or slash and digits, twice.
        static let dateDigits = Traits(rawValue: 1 << 4)
        /// A word of at least 15 letters and digits, one of them a digit.
        static let longWord = Traits(rawValue: 1 << 5)
        /// As `nineDigits` and `dateDigits`, with room for a label before.
        static let labelledNineDigits = Traits(rawValue: 1 << 6)
        static let labelledDateDigits = Traits(rawValue: 1 << 7)
        /// A word of at least 5 letters and digits, one of them a digit, with room for a label before.
        static let labelledWord = Traits(rawValue: 1 << 8)
        /// Something before and behind an `@`.
        static let at = Traits(rawValue: 1 << 9)
        /// Seven colons that may lie between the groups of one address.
        static let colons = Traits(rawValue: 1 << 10)
        /// The whole text, for rules that depend on nothing.
        static let text = Traits(rawValue: 1 << 11)

        package static let all = Traits(rawValue: .max)
    }

    /// Where it is, in bytes: all that a match could cover, and one byte more.
    package let range: Range<Int>
    package let traits: Traits

    /// A whole text, in which every rule is worth a search.
    package static func whole(_ count: Int) -> Site {
        Site(range: 0..<count, traits: .all)
    }
}
