/// How large a YAML document may be, so that a hostile file costs little time and memory.
///
/// Nodes and text are counted after aliases were replaced by what they stand for: a few nested aliases can stand for billions.
package struct YAMLLimits: Sendable {
    /// The size of the file.
    package var bytes = 4 * 1024 * 1024
    /// The levels of nesting; the root is the first.
    package var depth = 64
    /// Scalars, sequences, mappings and keys.
    package var nodes = 200_000
    /// The UTF-8 bytes of all scalars and keys.
    package var textBytes = 16 * 1024 * 1024

    package init() {}
}
