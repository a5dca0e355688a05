import TestSupport
import Testing
import YAMLTree

@Suite("Mutations")
struct MutationTests {
    private static let seedText = """
        %YAML 1.1
        ---
        # a comment
        anchors: &base {one: 1, "two": [2.50, 0x1F, ~], 'three': !!str yes}
        aliases: [*base, *base]
        block: |-
          line one
            line two
        folded: >
          some
          text
        ? complex
        : - a
          - - b
            - {c: d, e: "\\u00e9\\n"}
        último: ☃
        ...

        """

    @Test("no change to a valid text makes the reader fault", arguments: 1...8 as ClosedRange<UInt64>)
    func mutations(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var refused = 0
        for _ in 0..<1_000 {
            let bytes = generator.mutate(Array(Self.seedText.utf8))
            let document = YAMLDocument(file: "mutated.yaml", bytes: bytes)
            #expect(document.root != nil || !document.errors.isEmpty)
            for error in document.errors {
                #expect(error.position >= .start)
                _ = document.source.excerpt(at: error.position)
            }
            if !document.errors.isEmpty { refused += 1 }
        }
        // The mutations must reach both outcomes, or they prove nothing.
        #expect((1..<1_000).contains(refused))
    }

    @Test("random bytes never make the reader fault")
    func noise() {
        var generator = SplitMix64(seed: 7)
        let alphabet = Array("{}[]:,-?&*!|>'\"%@`#\n\r\t ab01~\\\u{85}\u{FEFF}".utf8) + [0x00, 0x80, 0xC3, 0xFF]
        for _ in 0..<4_000 {
            let bytes = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
                alphabet[Int.random(in: alphabet.indices, using: &generator)]
            }
            let document = YAMLDocument(file: "noise.yaml", bytes: bytes)
            #expect(document.root != nil || !document.errors.isEmpty)
        }
    }
}

extension SplitMix64 {
    /// One to four random changes: bytes replaced, removed, doubled or swapped, or the end cut off.
    fileprivate mutating func mutate(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &self)
            let other = Int.random(in: bytes.indices, using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &self)
            case 1: bytes[index] = bytes[other]
            case 2: bytes.remove(at: index)
            case 3: bytes.insert(contentsOf: bytes[min(index, other)..<max(index, other)], at: index)
            case 4: bytes.swapAt(index, other)
            default: bytes.removeSubrange(index...)
            }
        }
        return bytes
    }
}
