/// Unicode's normalization form C of what ``DomainMapping`` leaves: a letter and its accent become one.
package enum Composition {
    /// The composed text.
    package static func composed(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard !text.allSatisfy(\.isASCII) else { return text }
        return compose(ordered(text.flatMap(decomposed)))
    }

    private static func decomposed(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        if let parts = Hangul.parts(of: scalar) { return parts }
        guard let (base, mark) = CompositionTable.pairs[scalar] else { return [scalar] }
        return decomposed(base) + [mark]
    }

    /// Sorts each run of marks by their classes.
    private static func ordered(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var text = text
        for index in text.indices {
            let rank = text[index].rank
            var place = index
            while rank > 0, place > 0, text[place - 1].rank > rank {
                text.swapAt(place - 1, place)
                place -= 1
            }
        }
        return text
    }

    private static func compose(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var starter: Int?
        for scalar in text {
            let rank = scalar.rank
            // A mark reaches its letter unless one of the same class, or another letter, is in between.
            let isBlocked = starter.map { $0 < result.count - 1 && (result.last?.rank ?? 0) >= rank } ?? true
            if let place = starter, !isBlocked, let whole = composite(result[place], scalar) {
                result[place] = whole
                continue
            }
            if rank == 0 { starter = result.count }
            result.append(scalar)
        }
        return result
    }

    private static func composite(_ base: Unicode.Scalar, _ mark: Unicode.Scalar) -> Unicode.Scalar? {
        Hangul.composite(base, mark) ?? CompositionTable.composites[mark]?[base]
    }
}

extension Unicode.Scalar {
    fileprivate var rank: UInt8 { properties.canonicalCombiningClass.rawValue }
}

/// Korean syllables, which are composed by arithmetic.
private enum Hangul {
    private static let (syllables, leads, vowels, trails): (UInt32, UInt32, UInt32, UInt32) =
        (0xAC00, 0x1100, 0x1161, 0x11A7)
    private static let (leadCount, vowelCount, trailCount): (UInt32, UInt32, UInt32) = (19, 21, 28)

    static func parts(of scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        guard case 0..<(leadCount * vowelCount * trailCount) = scalar.value &- syllables else { return nil }
        let index = scalar.value - syllables
        let trail = index % trailCount
        let parts = [leads + index / trailCount / vowelCount, vowels + index / trailCount % vowelCount]
        return (trail == 0 ? parts : parts + [trails + trail]).compactMap(Unicode.Scalar.init)
    }

    static func composite(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        let (lead, vowel) = (first.value &- leads, second.value &- vowels)
        if lead < leadCount, vowel < vowelCount {
            return Unicode.Scalar(syllables + (lead * vowelCount + vowel) * trailCount)
        }
        let (syllable, trail) = (first.value &- syllables, second.value &- trails)
        guard syllable < leadCount * vowelCount * trailCount, syllable % trailCount == 0, 1..<trailCount ~= trail else {
            return nil
        }
        return Unicode.Scalar(first.value + trail)
    }
}
