/// A symbol that a library exports or imports.
package struct ELFSymbol: Sendable, Equatable {
    package enum Kind: Sendable {
        case function
        case data
        case threadLocal
        /// What assembly without a `.type` makes.
        case untyped
        case other
    }

    package enum Binding: Sendable {
        case global
        case weak
        /// `STB_GNU_UNIQUE`: one for the whole process, which keeps its library loaded for ever.
        case unique
        case other
    }

    package var name: String
    package var kind: Kind
    package var binding: Binding
    /// Index into the library's table of versions; 0 and 1 mean none.
    var version: UInt16
}

/// The dynamic symbol table.
struct ELFSymbols: Sendable {
    private static let entrySize = 24
    /// The largest C++ libraries export about a hundred thousand symbols.
    static let maximumCount = 1 << 20

    private(set) var exports: [ELFSymbol] = []
    private(set) var imports: [ELFSymbol] = []

    init(_ file: ELFFile, _ dynamic: ELFDynamic, _ strings: inout ELFStrings) throws(ELFError) {
        guard let address = dynamic.value(.symbols) else { return }
        guard dynamic.value(.symbolSize) ?? UInt64(Self.entrySize) == UInt64(Self.entrySize) else {
            throw .malformed("its symbols are of no known form")
        }
        let count = try Self.count(file, dynamic)
        let table = try file.range(ofAddress: address, size: UInt64(count * Self.entrySize), "symbol table")
        var versions: Range<Int>?
        if let address = dynamic.value(.symbolVersions) {
            versions = try file.range(ofAddress: address, size: UInt64(count * 2), "table of symbol versions")
        }
        // The first entry is no symbol.
        for index in 0..<count where index > 0 {
            let start = table.lowerBound + index * Self.entrySize
            let information = try file.bytes.uint8(at: start + 4)
            let visibility = try file.bytes.uint8(at: start + 5) & 3
            let isDefined = try file.bytes.uint16(at: start + 6) != 0
            let isLocal = information >> 4 == 0
            let isHidden = visibility == 1 || visibility == 2
            guard !isLocal, !(isDefined && isHidden) else { continue }
            let symbol = ELFSymbol(
                name: try strings.text(at: UInt64(try file.bytes.uint32(at: start))),
                kind: Self.kind(information & 15),
                binding: Self.binding(information >> 4),
                version: try versions.map { (range) throws(ELFError) in
                    try file.bytes.uint16(at: range.lowerBound + index * 2) & 0x7FFF
                } ?? 0
            )
            if isDefined { exports.append(symbol) } else { imports.append(symbol) }
        }
    }

    /// The table does not say how long it is; the hash tables do.
    private static func count(_ file: ELFFile, _ dynamic: ELFDynamic) throws(ELFError) -> Int {
        let count: UInt64
        if let address = dynamic.value(.hash) {
            let table = try file.range(ofAddress: address, size: 8, "hash table")
            count = UInt64(try file.bytes.uint32(at: table.lowerBound + 4))
        } else if let address = dynamic.value(.gnuHash) {
            count = try gnuCount(file, address)
        } else {
            throw .malformed("it has no hash table of its symbols")
        }
        guard count <= maximumCount else { throw .malformed("it claims \(count) symbols") }
        return Int(count)
    }

    /// The end of the chain that starts at the highest bucket.
    ///
    /// Only exports are hashed: the imports of a library that exports nothing, which nobody can use, may stay unknown.
    private static func gnuCount(_ file: ELFFile, _ address: UInt64) throws(ELFError) -> UInt64 {
        let bytes = file.bytes
        let header = try file.range(ofAddress: address, size: 16, "hash table").lowerBound
        let buckets = UInt64(try bytes.uint32(at: header))
        let firstHashed = UInt64(try bytes.uint32(at: header + 4))
        let bloomWords = UInt64(try bytes.uint32(at: header + 8))
        let size = 16 + bloomWords * 8 + buckets * 4
        let table = try file.range(ofAddress: address, size: size, "hash table")

        var last: UInt64 = 0
        for start in stride(from: table.upperBound - Int(buckets) * 4, to: table.upperBound, by: 4) {
            last = max(last, UInt64(try bytes.uint32(at: start)))
        }
        guard last >= firstHashed else { return firstHashed }
        while last < maximumCount {
            let chain = table.upperBound + Int(last - firstHashed) * 4
            last += 1
            if try bytes.uint32(at: chain) & 1 == 1 { break }
        }
        return last
    }

    private static func kind(_ type: UInt8) -> ELFSymbol.Kind {
        switch type {
        case 0: .untyped
        case 1, 5: .data
        case 2, 10: .function
        case 6: .threadLocal
        default: .other
        }
    }

    private static func binding(_ number: UInt8) -> ELFSymbol.Binding {
        switch number {
        case 1: .global
        case 2: .weak
        case 10: .unique
        default: .other
        }
    }
}
