/// The versions of symbols that a library asks of others (`DT_VERNEED`).
struct ELFNeededVersions: Sendable {
    private struct Version {
        var library: String
        var name: String
        var index: UInt16
    }

    /// The lists are linked by offsets that a hostile file may let overlap, so that the work has to be bounded.
    private static let maximumCount = 65_536

    private var versions: [Version] = []

    init(_ file: ELFFile, _ dynamic: ELFDynamic, _ strings: inout ELFStrings) throws(ELFError) {
        guard let address = dynamic.value(.neededVersions) else { return }
        let bytes = file.bytes
        var library = try file.range(ofAddress: address, size: 16, "list of needed versions").lowerBound
        var remaining = min(dynamic.value(.neededVersionsCount) ?? 0, UInt64(Self.maximumCount))
        while remaining > 0 {
            remaining -= 1
            let name = try strings.text(at: UInt64(try bytes.uint32(at: library + 4)))
            var version = library + Int(try bytes.uint32(at: library + 8))
            for _ in 0..<(try bytes.uint16(at: library + 2)) {
                guard versions.count < Self.maximumCount else { throw .malformed("it needs too many versions") }
                let text = try strings.text(at: UInt64(try bytes.uint32(at: version + 8)))
                let index = try bytes.uint16(at: version + 6) & 0x7FFF
                versions.append(Version(library: name, name: text, index: index))
                let next = Int(try bytes.uint32(at: version + 12))
                guard next != 0 else { break }
                version += next
            }
            let next = Int(try bytes.uint32(at: library + 12))
            guard next != 0 else { break }
            library += next
        }
    }

    /// The newest glibc that is asked for.
    func glibc(for imports: [ELFSymbol]) -> GlibcRequirement? {
        let candidates = versions.compactMap { version in
            GlibcVersion(symbolVersion: version.name).map { (glibc: $0, version: version) }
        }
        guard let newest = candidates.max(by: { $0.glibc < $1.glibc }) else { return nil }
        let symbols = imports.filter { $0.version == newest.version.index }.map(\.name).sorted()
        return GlibcRequirement(version: newest.glibc, library: newest.version.library, symbols: symbols)
    }
}
