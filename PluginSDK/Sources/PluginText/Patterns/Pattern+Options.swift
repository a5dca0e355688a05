extension Pattern {
    /// How a pattern is read and matched.
    public struct Options: OptionSet, Sendable, Hashable {
        /// The options as bits.
        public let rawValue: UInt32

        /// Makes options of bits.
        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Letters match their other case, as `(?i)`.
        public static let caseInsensitive = Options(rawValue: 1)
        /// `^` and `$` also match at the start and end of each line, as `(?m)`.
        public static let multiline = Options(rawValue: 2)
        /// `.` also matches a line feed, as `(?s)`.
        public static let dotMatchesNewlines = Options(rawValue: 4)
        /// White space in the pattern is ignored and `#` starts a comment, as `(?x)`.
        public static let verbose = Options(rawValue: 8)
        /// `\d`, `\w`, `\s` and `\b` know ASCII alone, as with Python's `re.ASCII`.
        ///
        /// ``caseInsensitive`` still folds all letters.
        public static let asciiClasses = Options(rawValue: 16)
    }

    /// What one search from one starting place may need before it is given up.
    public struct Limits: Sendable, Hashable {
        /// Steps of backtracking. Machine code counts fewer of them than the interpreter.
        public var steps: UInt32
        /// Nested backtracking points; counted by the interpreter alone.
        public var depth: UInt32
        /// Memory for backtracking points in kibibytes; machine code has a fixed stack instead.
        public var memory: UInt32

        /// Sets the limits.
        ///
        /// - Parameters:
        ///   - steps: Steps of backtracking.
        ///   - depth: Nested backtracking points; counted by the interpreter alone.
        ///   - memory: Memory for backtracking points in kibibytes.
        public init(steps: UInt32 = 1_000_000, depth: UInt32 = 1_000_000, memory: UInt32 = 32_768) {
            self.steps = steps
            self.depth = depth
            self.memory = memory
        }

        /// A million steps, some milliseconds of work.
        public static let standard = Limits()
    }
}
