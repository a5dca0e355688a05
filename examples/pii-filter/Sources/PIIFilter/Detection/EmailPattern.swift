/// The form of e-mail addresses.
enum EmailPattern {
    /// What stands before the `@`: ASCII, and the Latin letters of European names.
    private static let local = #"[\w.%+\x{C0}-\x{24F}-]"#

    /// The domain, whose last part is letters.
    static let domain =
        #"(?:[\w\x{C0}-\x{24F}-]++\.)+(?:xn--[a-z0-9-]++|[a-z\x{C0}-\x{24F}]{2,63})(?![a-z0-9])"#

    /// Nothing of an address stands before it, and it is not the end of a mask, such as `n@example.com` of
    /// `j***n@example.com`; it begins with no punctuation.
    static let source =
        #"(?<!\#(local))[.%+-]*+((?!(?<=\#(local)\*{3})\#(local)@)\#(local)++@\#(domain))"#

    /// What an address becomes when it is masked in part.
    static let mask = #"\#(local)?\*{3}\#(local)?@\#(domain)"#
}
