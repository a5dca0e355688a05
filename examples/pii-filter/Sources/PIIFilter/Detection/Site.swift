/// A part of a text where rules may find something.
package struct Site: Sendable, Hashable {
    /// What a part holds that rules depend on; with room for a label before it where the name says so.
    package struct Traits: OptionSet, Sendable, Hashable {
        package let rawValue: UInt16

        package init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// Three digits, a dash, two digits, a dash, digits.
        static let dashedDigits = Traits(rawValue: 1 << 0)
        /// Digits that may be those of a telephone number.
        static let phoneDigits = Traits(rawValue: 1 << 1)
        /// At least 13 digits.
        static let cardDigits = Traits(rawValue: 1 << 2)
        /// Digits, a dot and digits, three times.
        static let dottedDigits = Traits(rawValue: 1 << 3)
        /// A day, a month and a year between dashes or slashes, the year last.
        static let dateDigits = Traits(rawValue: 1 << 4)
        /// A word of at least 15 letters and digits, one of them a digit.
        static let longWord = Traits(rawValue: 1 << 5)
        /// Nine digits, of which the first three, five or nine stand together.
        static let labelledNineDigits = Traits(rawValue: 1 << 6)
        static let labelledDateDigits = Traits(rawValue: 1 << 7)
        /// A word of at least 5 letters and digits, one of them a digit.
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
