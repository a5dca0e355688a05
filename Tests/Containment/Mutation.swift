import TestSupport

/// Copies of a file of which some bytes are others: the same ones for the same number.
struct Mutation {
    private let original: [UInt8]
    /// Where it is not empty: between its parts there is much of nothing.
    private let places: [Int]

    init(of original: [UInt8]) {
        self.original = original
        places = original.indices.filter { original[$0] != 0 }
    }

    /// A copy.
    func copy(_ number: Int) -> [UInt8] {
        var random = SplitMix64(seed: UInt64(number))
        var bytes = original
        switch number % 6 {
        case 0:
            // A few bytes anywhere.
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[place(&random)] = .random(in: 0...255, using: &random)
            }
        case 1:
            // A bit of the headers.
            bytes[Int.random(in: 0..<1_024, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 2:
            // The end is missing.
            bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
        case 3:
            // A range of zeros.
            let range = self.range(&random)
            bytes.replaceSubrange(range, with: repeatElement(0, count: range.count))
        case 4:
            // A part of the file in the place of another one.
            let (source, target) = (range(&random), range(&random))
            let count = min(source.count, target.count)
            bytes.replaceSubrange(target.prefix(count), with: original[source.prefix(count)])
        default:
            // An extreme number.
            let place = min(place(&random), bytes.count - 4) / 4 * 4
            let number: [UInt8] = Bool.random(using: &random) ? [0xFF, 0xFF, 0xFF, 0x7F] : [0, 0, 0, 0x80]
            bytes.replaceSubrange(place..<place + 4, with: number)
        }
        return bytes
    }

    private func place(_ random: inout SplitMix64) -> Int {
        places[Int.random(in: places.indices, using: &random)]
    }

    private func range(_ random: inout SplitMix64) -> Range<Int> {
        let start = place(&random)
        return start..<min(original.count, start + Int.random(in: 1...256, using: &random))
    }
}
