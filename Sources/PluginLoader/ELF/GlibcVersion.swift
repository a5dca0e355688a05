/// A version of the GNU C library: "2.36", or "2.2.5" as some symbols say.
package struct GlibcVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var major: Int
    package var minor: Int
    package var patch: Int

    package init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        (self.major, self.minor, self.patch) = (major, minor, patch)
    }

    /// Reads "2.36"; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { UInt16($0) }.map(Int.init)
        guard (2...3).contains(parts.count), numbers.count == parts.count else { return nil }
        self.init(numbers[0], numbers[1], numbers.count == 3 ? numbers[2] : 0)
    }

    /// Reads the version of a symbol, "GLIBC_2.34"; nil for those of other libraries and for private ones.
    init?(symbolVersion: String) {
        let prefix = "GLIBC_"
        guard symbolVersion.hasPrefix(prefix) else { return nil }
        // Asked for by libraries with packed relocations, and known since 2.36.
        self.init(symbolVersion == "GLIBC_ABI_DT_RELR" ? "2.36" : symbolVersion.dropFirst(prefix.count))
    }

    package var description: String { patch == 0 ? "\(major).\(minor)" : "\(major).\(minor).\(patch)" }

    package static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}

/// The newest version of glibc that a library asks for, and what asks for it.
package struct GlibcRequirement: Sendable, Equatable {
    package var version: GlibcVersion
    /// "libc.so.6", "libm.so.6".
    package var library: String
    /// The imported symbols of that version, sorted.
    package var symbols: [String]

    package init(version: GlibcVersion, library: String, symbols: [String]) {
        (self.version, self.library, self.symbols) = (version, library, symbols)
    }
}
