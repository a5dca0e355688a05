/// Standard error.
enum StandardError {
    /// Prints a line.
    static func print(_ line: String) {
        Descriptor.write(line + "\n", to: 2)
    }
}
