import TestSupport

/// Changes files as a fuzzer does, but the same way each time.
struct Mutator {
    private var random: SplitMix64
    private let files: [[UInt8]]
    private static let numbers: [UInt64] = [0, 1, 7, 8, 16, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 1 << 31, 1 << 63, .max]

    init(seed: UInt64, files: [[UInt8]]) {
        random = SplitMix64(seed: seed)
        self.files = files
    }

    /// One of the files with one to four changes.
    mutating func next() -> [UInt8] {
        var bytes = files.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let (place, other) = (place(in: bytes), place(in: bytes))
        switch Int.random(in: 0..<9, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes[place] = bytes[other]
        case 3: bytes.remove(at: place)
        case 4: bytes.insert(contentsOf: bytes[min(place, other)..<max(place, other)].prefix(512), at: place)
        case 5: bytes.removeSubrange(min(place, other)..<max(place, other))
        case 6: bytes.removeSubrange(place...)
        case 7: overwrite(&bytes, at: place)
        default: splice(&bytes, at: place)
        }
    }

    private mutating func place(in bytes: [UInt8]) -> Int { Int.random(in: bytes.indices, using: &random) }

    /// Puts a number that is at the edge of something into one to eight bytes.
    private mutating func overwrite(_ bytes: inout [UInt8], at place: Int) {
        let number = Self.numbers.randomElement(using: &random) ?? 0
        let width = [1, 2, 4, 8].randomElement(using: &random) ?? 1
        for index in 0..<width where place + index < bytes.count {
            bytes[place + index] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(index)))
        }
    }

    /// Puts a part of another file in.
    private mutating func splice(_ bytes: inout [UInt8], at place: Int) {
        guard let file = files.randomElement(using: &random), !file.isEmpty else { return }
        let start = self.place(in: file)
        bytes.insert(contentsOf: file[start...].prefix(Int.random(in: 1...64, using: &random)), at: place)
    }
}
