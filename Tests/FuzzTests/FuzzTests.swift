import FuzzTargets
import Testing

@Suite("Whatever bytes come in:")
struct FuzzTests {
    @Test("every file of the corpus is tried, and keeps the invariants", arguments: FuzzTarget.all)
    func corpus(target: FuzzTarget) async throws {
        for (name, input) in try Corpus.files(of: target) {
            await Self.attempt(target, input, "\(target.name)/\(name)")
        }
    }

    @Test("seeded changes to these files keep the invariants, and are accepted and refused", arguments: FuzzTarget.all)
    func mutations(target: FuzzTarget) async throws {
        let files = try Corpus.files(of: target).map(\.bytes)
        var mutator = Mutator(seed: 0x5EED, files: files)
        var (accepted, refused) = (0, 0)
        for number in 0..<Self.rounds(of: target) {
            switch await Self.attempt(target, mutator.next(), "\(target.name), change \(number)") {
            case .accepted: accepted += 1
            case .refused: refused += 1
            case nil: return
            }
        }
        // Changes that reach one outcome alone prove little.
        #expect(accepted > 0 && refused > 0)
    }

    @Test("there is a folder of files for each target, and for nothing else")
    func folders() throws {
        #expect(try Corpus.folders() == Set(FuzzTarget.all.map(\.name)))
        for target in FuzzTarget.all { #expect(try !Corpus.files(of: target).isEmpty) }
    }

    @Test("an invariant that does not hold is noticed")
    func broken() async throws {
        let target = FuzzTarget("broken") { input in
            try demand(input.count < 3, "three bytes are too many")
            return .accepted
        }
        #expect(try await target([1, 2]) == .accepted)
        await #expect(throws: BrokenInvariant("three bytes are too many")) { try await target([1, 2, 3]) }
    }

    /// Whole requests cost a gateway each.
    private static func rounds(of target: FuzzTarget) -> Int { target.isImmediate ? 4_000 : 400 }

    /// - Returns: The verdict; `nil` if an invariant does not hold.
    @discardableResult
    private static func attempt(_ target: FuzzTarget, _ input: [UInt8], _ what: String) async -> FuzzTarget.Verdict? {
        do { return try await target(input) } catch {
            Issue.record("\(what): \(error); the input: \(input.printed)")
            return nil
        }
    }
}

extension [UInt8] {
    /// The bytes in the form of a Swift literal.
    fileprivate var printed: String { "[" + map { "0x" + String($0, radix: 16) }.joined(separator: ", ") + "]" }
}

extension FuzzTarget: CustomTestStringConvertible {
    /// The target's name.
    public var testDescription: String { name }
}
