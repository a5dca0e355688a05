/// The section header table, which stripped files may lack.
struct ELFSections: Sendable {
    private struct Section {
        var name: UInt32
        var type: UInt32
        var offset: UInt64
        var size: UInt64
    }

    private static let entrySize = 64
    /// A section that takes no room in the file.
    private static let noBits: UInt32 = 8
    /// No section; the first entry of a table is one, and carries counts in its other fields.
    private static let unused: UInt32 = 0

    private let bytes: ELFBytes
    private let sections: [Section]
    private let names: Range<Int>

    init(_ bytes: ELFBytes) throws(ELFError) {
        self.bytes = bytes
        let table = try bytes.uint64(at: 40)
        guard table != 0 else {
            sections = []
            names = 0..<0
            return
        }
        guard try bytes.uint16(at: 58) == Self.entrySize else {
            throw .malformed("its section table is of no known form")
        }
        var count = UInt64(try bytes.uint16(at: 60))
        let known = max(count, 1) * UInt64(Self.entrySize)
        let first = try bytes.present(offset: table, size: known, "section table").lowerBound
        // Numbers too large for the header stand in the first entry.
        if count == 0 { count = try bytes.uint64(at: first + 32) }
        var namesIndex = Int(try bytes.uint16(at: 62))
        if namesIndex == 0xFFFF { namesIndex = Int(try bytes.uint32(at: first + 40)) }

        let (size, overflow) = count.multipliedReportingOverflow(by: UInt64(Self.entrySize))
        guard !overflow else { throw .malformed("its section table is impossibly large") }
        let range = try bytes.present(offset: table, size: size, "section table")
        sections = try Self.read(bytes, range)
        guard sections.indices.contains(namesIndex), sections[namesIndex].type != Self.noBits else {
            names = 0..<0
            return
        }
        names = bytes.range(offset: sections[namesIndex].offset, size: sections[namesIndex].size) ?? 0..<0
    }

    /// The content of the one section with this name.
    func content(of name: String) throws(ELFError) -> ArraySlice<UInt8>? {
        let found = sections.filter { isNamed($0, name) }
        guard let section = found.first, section.type != Self.noBits else { return nil }
        guard found.count == 1 else { throw .malformed("it has more than one section \(name)") }
        return bytes.range(offset: section.offset, size: section.size).map { bytes.bytes[$0] }
    }

    func contains(_ name: String) -> Bool {
        sections.contains { isNamed($0, name) }
    }

    private func isNamed(_ section: Section, _ name: String) -> Bool {
        bytes.hasText(name, at: names.lowerBound + Int(section.name), before: names.upperBound)
    }

    private static func read(_ bytes: ELFBytes, _ range: Range<Int>) throws(ELFError) -> [Section] {
        var sections: [Section] = []
        for start in stride(from: range.lowerBound, to: range.upperBound, by: entrySize) {
            sections.append(
                Section(
                    name: try bytes.uint32(at: start),
                    type: try bytes.uint32(at: start + 4),
                    offset: try bytes.uint64(at: start + 24),
                    size: try bytes.uint64(at: start + 32)
                )
            )
        }
        let stored = sections.filter { $0.type != noBits && $0.type != unused }
        try bytes.checkPresent(stored.map { ($0.offset, $0.size) }, "section")
        return sections
    }
}
