public import PluginPayloads

/// A JSON Schema (draft 2020-12), compiled once and used by any number of threads.
///
/// ```swift
/// let schema = try JSONSchema(["properties": ["limit": ["type": "integer", "minimum": 1]]])
/// schema.validate(["limit": "10"])  // [/limit: expected an integer, found a string]
/// ```
///
/// What older drafts write differently is read as well: `definitions`, `items` as an array with `additionalItems`, and
/// `dependencies`. `format` asserts nothing, and keywords that no draft knows say nothing. `unevaluatedProperties`,
/// `unevaluatedItems` and dynamic references are refused rather than passed over, and so are references to elsewhere.
///
/// Numbers are compared exactly, by their decimal text; texts and keys by their bytes. A pattern is ECMAScript's as far
/// as PCRE2 agrees: ASCII classes, `$` at the very end alone.
public struct JSONSchema: Sendable {
    /// What compiling and validating may cost.
    public struct Limits: Sendable, Hashable {
        /// Schemas within the schema.
        public var schemas: Int
        /// Schemas that wait for one another: those for the value, for its parts, and for references on the way.
        public var depth: Int
        /// Values and schemas that are looked at.
        public var steps: Int
        /// Problems that are reported.
        public var problems: Int

        /// Sets the limits.
        ///
        /// - Parameters:
        ///   - schemas: Schemas within the schema.
        ///   - depth: Schemas that wait for one another.
        ///   - steps: Values and schemas that are looked at.
        ///   - problems: Problems that are reported.
        public init(schemas: Int = 10_000, depth: Int = 300, steps: Int = 10_000_000, problems: Int = 100) {
            self.schemas = schemas
            self.depth = depth
            self.steps = steps
            self.problems = problems
        }

        /// More than a schema for people needs.
        public static let standard = Limits()
    }

    /// All schemas within the schema; the first one is the whole.
    let nodes: [SchemaNode]
    let limits: Limits

    /// Compiles a schema.
    ///
    /// - Parameters:
    ///   - schema: An object or a truth value.
    ///   - limits: What compiling and validating may cost.
    /// - Throws: ``SchemaError`` that points at the keyword which cannot be used.
    public init(_ schema: JSONValue, limits: Limits = .standard) throws(SchemaError) {
        nodes = try SchemaCompiler.compile(schema, limits: limits)
        self.limits = limits
    }

    /// Compares a value with the schema.
    ///
    /// - Parameter value: The value.
    /// - Returns: What is wrong with it, at most ``Limits/problems`` entries; nothing if it is valid. A value that
    ///   exceeds a limit is not valid.
    public func validate(_ value: JSONValue) -> [SchemaProblem] {
        Evaluation.problems(of: value, against: self)
    }

    /// Compares a value with the schema, without decoding more of it than the schema speaks of.
    ///
    /// - Parameter value: The value.
    /// - Returns: What is wrong with it, at most ``Limits/problems`` entries; nothing if it is valid. A value that
    ///   exceeds a limit is not valid.
    public func validate(_ value: BlockValue) -> [SchemaProblem] {
        Evaluation.problems(of: value, against: self)
    }
}
