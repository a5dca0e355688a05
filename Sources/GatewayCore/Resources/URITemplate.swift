import PluginPayloads

/// A URI with places: `file:///{folder}/{+path}`; it matches the URIs that have something in each.
///
/// A place holds no slash, one with a plus may; what stands there is percent-decoded.
struct URITemplate: Sendable, Equatable {
    private struct Place: Equatable {
        let name: String
        let holdsSlashes: Bool
        /// The text up to the next place, or to the end.
        let following: String
    }

    /// A template that is not usable.
    struct Problem: Error, Equatable {
        let text: String
    }

    private let start: String
    private let places: [Place]

    /// Reads a template; `nil` if the URI has no place.
    init?(_ uri: String) throws(Problem) {
        let pieces = uri.split(separator: "{", omittingEmptySubsequences: false)
        guard pieces.count > 1 else { return nil }
        start = String(pieces[0])
        var places: [Place] = []
        for (index, piece) in pieces.dropFirst().enumerated() {
            let halves = piece.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { throw Problem(text: "\"{\" is not closed") }
            let name = halves[0].trimmingPrefix("+")
            guard !name.isEmpty else { throw Problem(text: "\"{}\" needs a name") }
            guard !halves[1].isEmpty || index == pieces.count - 2 else {
                throw Problem(text: "there has to be a text between two places")
            }
            guard !places.contains(where: { $0.name == name }) else {
                throw Problem(text: "{\(name)} stands there twice")
            }
            places.append(
                Place(name: String(name), holdsSlashes: halves[0].hasPrefix("+"), following: String(halves[1]))
            )
        }
        self.places = places
    }

    /// The names of the places.
    var names: Set<String> { Set(places.map(\.name)) }

    /// What stands in the places of a URI; `nil` if the URI is another one.
    func values(of uri: String) -> JSONObject? {
        guard uri.hasPrefix(start) else { return nil }
        var rest = uri.dropFirst(start.count)
        var values = JSONObject()
        for (index, place) in places.enumerated() {
            guard let end = end(of: place, in: rest, isLast: index == places.count - 1) else { return nil }
            let value = rest[..<end]
            guard !value.isEmpty, place.holdsSlashes || !value.contains("/"),
                let text = PercentEncoding.decoded(value)
            else { return nil }
            values[place.name] = .string(text)
            rest = rest[end...].dropFirst(place.following.count)
        }
        return values
    }

    /// Where a place's value ends: before the first occurrence of what follows, or for the last one at the end.
    private func end(of place: Place, in rest: Substring, isLast: Bool) -> Substring.Index? {
        guard isLast else { return rest.dropFirst().firstRange(of: place.following)?.lowerBound }
        guard rest.hasSuffix(place.following) else { return nil }
        return rest.dropLast(place.following.count).endIndex
    }
}
