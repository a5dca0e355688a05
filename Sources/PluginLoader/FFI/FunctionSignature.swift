/// How a plain C function serves a hook: which fields its arguments are, and what its result means.
///
/// The written form is `RESULT(PARAMETER, …)`, for example `deny(str recipient, i64? args.size)`; `hg_function` of
/// the C headers describes it.
package struct FunctionSignature: Sendable, Hashable {
    /// What the function's result means.
    package enum Outcome: Sendable, Hashable {
        /// Nothing is returned, and the chain goes on.
        case void
        /// A text denies, null lets the chain go on.
        case deny
        /// A text replaces the field, null leaves it.
        case replace(FieldPath)
    }

    /// One parameter, which is one argument of the function, or two.
    package enum Parameter: Sendable, Hashable {
        /// The call itself, `hg_call *`.
        case call
        /// A field of the payload.
        case field(FieldType, FieldPath, isOptional: Bool)
    }

    /// The type of a field's argument.
    package enum FieldType: String, Sendable, Hashable, CaseIterable {
        /// `const char *` and `size_t`.
        case str
        /// `const char *`, NUL-terminated.
        case cstr
        /// `int64_t`.
        case i64
        /// `double`.
        case f64
        /// `bool`.
        case bool
    }

    /// More parameters than this are refused.
    package static let maximumParameters = 64

    /// What the result means.
    package let outcome: Outcome

    /// The parameters in the order of the function's arguments.
    package let parameters: [Parameter]

    /// Makes a signature from its parts.
    package init(_ outcome: Outcome, _ parameters: [Parameter]) {
        self.outcome = outcome
        self.parameters = parameters
    }

    /// Reads the written form.
    ///
    /// - Parameters:
    ///   - text: A signature such as `deny(str recipient)`.
    ///   - allowsCall: Whether a parameter may be `call`: true for plugins, whose authors know `hg_call`.
    /// - Throws: What is wrong, and where.
    package init(parsing text: String, allowsCall: Bool) throws(SignatureError) {
        var parser = SignatureParser(text, allowsCall: allowsCall)
        self = try parser.parse()
    }
}
