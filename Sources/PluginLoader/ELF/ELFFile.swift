/// The skeleton of a shared library: its segments and sections, all known to lie within the file.
///
/// Segments say what the dynamic loader will see; sections are optional and only name parts of the file.
struct ELFFile: Sendable {
    let bytes: ELFBytes
    let identity: ELFIdentity
    let segments: [ELFSegment]
    let sections: ELFSections

    init(_ file: [UInt8]) throws(ELFError) {
        bytes = ELFBytes(file)
        identity = try ELFIdentity(file)
        try identity.requireHostLibrary()
        // Its table is mostly the last thing in a file: read first, it tells best how much of a file is missing.
        sections = try ELFSections(bytes)
        segments = try ELFSegment.all(in: bytes)
    }

    /// The bytes of the file that the loader maps from an address to the end of its segment.
    func range(ofAddress address: UInt64) -> Range<Int>? {
        for segment in segments where segment.type == .load {
            let (distance, before) = address.subtractingReportingOverflow(segment.address)
            guard !before, distance < segment.fileSize else { continue }
            return bytes.range(offset: segment.offset + distance, size: segment.fileSize - distance)
        }
        return nil
    }

    /// A part of the mapped file, named in the error if any of it is missing.
    func range(ofAddress address: UInt64, size: UInt64, _ what: String) throws(ELFError) -> Range<Int> {
        guard let range = range(ofAddress: address), size <= UInt64(range.count) else {
            throw .malformed("its \(what) lies outside its segments")
        }
        return range.lowerBound..<range.lowerBound + Int(size)
    }
}

/// One entry of the program header table.
struct ELFSegment: Sendable {
    struct Kind: RawRepresentable, Sendable, Equatable {
        static let load = Kind(rawValue: 1)
        static let dynamic = Kind(rawValue: 2)
        static let interpreter = Kind(rawValue: 3)
        static let threadLocal = Kind(rawValue: 7)

        let rawValue: UInt32
    }

    let type: Kind
    let offset: UInt64
    let address: UInt64
    let fileSize: UInt64
    let memorySize: UInt64

    private static let size = 56

    /// Reads the table.
    ///
    /// A segment beyond the end of the file is an error: `dlopen` maps it, and its first access is a SIGBUS.
    static func all(in bytes: ELFBytes) throws(ELFError) -> [ELFSegment] {
        let table = try bytes.uint64(at: 32)
        let count = Int(try bytes.uint16(at: 56))
        guard count > 0, try bytes.uint16(at: 54) == size else { throw .malformed("it has no program header table") }
        let range = try bytes.present(offset: table, size: UInt64(count * size), "program header table")
        var segments: [ELFSegment] = []
        for offset in stride(from: range.lowerBound, to: range.upperBound, by: size) {
            segments.append(try ELFSegment(bytes, at: offset))
        }
        try bytes.checkPresent(segments.filter { $0.type == .load }.map { ($0.offset, $0.fileSize) }, "segment")
        for segment in segments where segment.type == .load {
            guard segment.fileSize <= segment.memorySize else {
                throw .malformed("a segment is larger in the file than in memory")
            }
        }
        return segments
    }

    private init(_ bytes: ELFBytes, at start: Int) throws(ELFError) {
        type = Kind(rawValue: try bytes.uint32(at: start))
        offset = try bytes.uint64(at: start + 8)
        address = try bytes.uint64(at: start + 16)
        fileSize = try bytes.uint64(at: start + 32)
        memorySize = try bytes.uint64(at: start + 40)
    }
}

extension ELFBytes {
    /// A part that the headers promise: if it is missing, the file was cut off.
    func present(offset: UInt64, size: UInt64, _ what: String) throws(ELFError) -> Range<Int> {
        try checkPresent([(offset, size)], what)
        return range(offset: offset, size: size) ?? 0..<0
    }

    func checkPresent(_ parts: [(offset: UInt64, size: UInt64)], _ what: String) throws(ELFError) {
        var last: UInt64 = 0
        for part in parts {
            let (end, overflow) = part.offset.addingReportingOverflow(part.size)
            // No file is that large: the number is wrong, not the file too short.
            guard !overflow, end < 1 << 48 else { throw .malformed("a \(what) ends at an impossible offset") }
            last = max(last, end)
        }
        guard last <= UInt64(count) else { throw .truncated(missing: last - UInt64(count), size: count) }
    }
}
