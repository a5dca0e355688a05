package import PluginPayloads

/// What a key of the file means: the one source of the schema for editors and of the listing of all settings.
package struct KeyDescription: Sendable {
    /// What a value may be.
    package indirect enum Kind: Sendable {
        case boolean
        case integer(ClosedRange<Int>)
        /// More than none, at most a day.
        case seconds
        case text
        /// A text or number that nobody may see.
        case secret
        case textOrNumber
        /// An integer, or a text with a unit.
        case bytes(ClosedRange<Int>)
        case word([String])
        case list(Kind)
        case textOrTexts
        case section([(key: String, description: KeyDescription)])
        /// A section; a scalar alone is the value of one of its keys.
        case wordOrSection(key: String, [(key: String, description: KeyDescription)])
        /// A plain value, or something longer that says more.
        case either(Kind, Kind)
        /// A mapping whose keys are not ours.
        case anything
    }

    /// One or two sentences.
    package let text: String
    package let kind: Kind
    /// What holds where the key is missing; `nil` if that is no value of its own.
    package let standard: JSONValue?
    package let isRequired: Bool

    init(_ text: String, _ kind: Kind, _ standard: JSONValue? = nil, isRequired: Bool = false) {
        self.text = text
        self.kind = kind
        self.standard = standard
        self.isRequired = isRequired
    }

    /// The same key where something else holds if it is missing.
    var withoutDefault: KeyDescription { KeyDescription(text, kind, isRequired: isRequired) }
}

/// A key of a section, which says what it means.
protocol DescribedKey: RawRepresentable<String>, CaseIterable {
    var description: KeyDescription { get }
}

extension DescribedKey {
    /// A mapping with these keys.
    static var section: KeyDescription.Kind {
        .section(allCases.map { ($0.rawValue, $0.description) })
    }
}
