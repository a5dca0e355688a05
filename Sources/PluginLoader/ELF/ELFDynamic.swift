/// The dynamic section: what the loader knows of a library.
///
/// It is found by its segment, so that stripped files have it too.
struct ELFDynamic: Sendable {
    struct Tag: Sendable, Equatable {
        static let needed = Tag(1)
        static let hash = Tag(4)
        static let strings = Tag(5)
        static let symbols = Tag(6)
        static let stringsSize = Tag(10)
        static let symbolSize = Tag(11)
        static let soname = Tag(14)
        static let rpath = Tag(15)
        static let textRelocations = Tag(22)
        static let initArraySize = Tag(27)
        static let runpath = Tag(29)
        static let flags = Tag(30)
        static let gnuHash = Tag(0x6FFF_FEF5)
        static let symbolVersions = Tag(0x6FFF_FFF0)
        static let flags1 = Tag(0x6FFF_FFFB)
        static let neededVersions = Tag(0x6FFF_FFFE)
        static let neededVersionsCount = Tag(0x6FFF_FFFF)

        let number: UInt64

        init(_ number: UInt64) {
            self.number = number
        }
    }

    /// Bits of `Tag.flags`.
    static let flagTextRelocations: UInt64 = 0x4
    static let flagStaticTLS: UInt64 = 0x10
    /// Bits of `Tag.flags1`.
    static let flagNoDelete: UInt64 = 0x8
    static let flagPIE: UInt64 = 0x800_0000

    private static let entrySize = 16
    private static let maximumEntries = 65_536

    private let entries: [(tag: Tag, value: UInt64)]

    init(_ file: ELFFile) throws(ELFError) {
        guard let segment = file.segments.last(where: { $0.type == .dynamic }) else {
            throw .malformed("it has no dynamic section")
        }
        let range = try file.range(ofAddress: segment.address, size: segment.fileSize, "dynamic section")
        var entries: [(tag: Tag, value: UInt64)] = []
        for start in stride(from: range.lowerBound, to: range.upperBound - Self.entrySize + 1, by: Self.entrySize) {
            let tag = Tag(try file.bytes.uint64(at: start))
            guard tag.number != 0 else { break }
            guard entries.count < Self.maximumEntries else { throw .malformed("its dynamic section has no end") }
            entries.append((tag, try file.bytes.uint64(at: start + 8)))
        }
        self.entries = entries
    }

    /// The value of a tag; the last one counts, as for the loader.
    func value(_ tag: Tag) -> UInt64? {
        entries.last { $0.tag == tag }?.value
    }

    func has(_ flag: UInt64, in tag: Tag) -> Bool {
        (value(tag) ?? 0) & flag != 0
    }

    func needed(_ strings: inout ELFStrings) throws(ELFError) -> [String] {
        var names: [String] = []
        for entry in entries where entry.tag == .needed {
            names.append(try strings.text(at: entry.value))
        }
        return names
    }

    func text(_ tag: Tag, _ strings: inout ELFStrings) throws(ELFError) -> String? {
        guard let offset = value(tag) else { return nil }
        return try strings.text(at: offset)
    }

    func strings(_ file: ELFFile) throws(ELFError) -> ELFStrings {
        guard let address = value(.strings) else { return ELFStrings(file.bytes, 0..<0) }
        let size = value(.stringsSize) ?? 0
        return ELFStrings(file.bytes, try file.range(ofAddress: address, size: size, "string table"))
    }
}

/// The names that the dynamic section refers to.
///
/// A hostile table can make a million symbols share one huge name; the work and memory spent on names is therefore
/// bounded by a multiple of the table's size, which no linker's output comes near.
struct ELFStrings {
    private let bytes: ELFBytes
    private let range: Range<Int>
    private var budget: Int

    init(_ bytes: ELFBytes, _ range: Range<Int>) {
        self.bytes = bytes
        self.range = range
        budget = 65_536 + 4 * range.count
    }

    mutating func text(at offset: UInt64) throws(ELFError) -> String {
        guard offset < UInt64(range.count) else { throw .malformed("a name lies outside its string table") }
        let rest = bytes.bytes[range.lowerBound + Int(offset)..<range.upperBound]
        guard let end = rest.firstIndex(of: 0) else { throw .malformed("a name has no end") }
        budget -= end - rest.startIndex + 1
        guard budget >= 0 else { throw .malformed("its names overlap too often") }
        return String(decoding: rest[..<end], as: UTF8.self)
    }
}
