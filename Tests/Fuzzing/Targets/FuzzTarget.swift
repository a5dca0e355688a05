/// A place where bytes from elsewhere come in, and what has to hold there whatever they are.
package struct FuzzTarget: Sendable {
    /// What became of an input.
    package enum Verdict: Sendable {
        case accepted
        case refused
    }

    /// How an input is tried; what it throws is an invariant that does not hold.
    package enum Check: Sendable {
        case immediate(@Sendable ([UInt8]) throws -> Verdict)
        case suspending(@Sendable ([UInt8]) async throws -> Verdict)
    }

    /// Also the name of its folder in `Tests/Fuzzing/Corpora`.
    package let name: String
    package let check: Check

    package init(_ name: String, _ check: @escaping @Sendable ([UInt8]) throws -> Verdict) {
        self.name = name
        self.check = .immediate(check)
    }

    package init(_ name: String, suspending check: @escaping @Sendable ([UInt8]) async throws -> Verdict) {
        self.name = name
        self.check = .suspending(check)
    }

    /// All there are.
    package static let all = [
        block, frame, json, yaml, configuration, elf, manifest, signature, template, resourceURI, body, request,
    ]

    /// The target of that name.
    package static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }

    /// Whether it tries an input without ever waiting.
    package var isImmediate: Bool { if case .immediate = check { true } else { false } }

    /// Tries an input.
    ///
    /// - Returns: Whether it is accepted.
    /// - Throws: ``BrokenInvariant``.
    package func callAsFunction(_ input: [UInt8]) async throws -> Verdict {
        switch check {
        case .immediate(let check): try check(input)
        case .suspending(let check): try await check(input)
        }
    }
}

/// What does not hold although it has to.
package struct BrokenInvariant: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Demands that nothing is thrown.
func demandValue<Value>(_ sentence: String, _ body: () throws -> Value) throws(BrokenInvariant) -> Value {
    do { return try body() } catch { throw BrokenInvariant("\(sentence), but: \(error)") }
}

/// Demands what has to hold.
package func demand(_ condition: Bool, _ sentence: @autoclosure () -> String) throws(BrokenInvariant) {
    guard condition else { throw BrokenInvariant(sentence()) }
}
