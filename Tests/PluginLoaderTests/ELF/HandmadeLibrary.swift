import PluginLoader

/// A library put together byte by byte, for tables that no linker writes.
///
/// One segment maps the whole file at address 0, so that addresses are offsets.
struct HandmadeLibrary {
    /// Entries of the dynamic section.
    enum Tag: UInt64 {
        case needed = 1
        case hash = 4
        case strings = 5
        case symbols = 6
        case stringsSize = 10
        case soname = 14
        case debug = 21
        case gnuHash = 0x6FFF_FEF5
        case neededVersions = 0x6FFF_FFFE
        case neededVersionsCount = 0x6FFF_FFFF
    }

    private var content: [UInt8] = []
    private var dynamic: [UInt8] = []
    private var strings: [UInt8] = [0]

    private static let contentStart = 64 + 2 * 56

    init(needed: [String] = []) {
        for name in needed {
            add(.needed, UInt64(addString(name)))
        }
    }

    /// Puts bytes into the file and returns their address.
    mutating func place(_ bytes: [UInt8]) -> UInt64 {
        content += [UInt8](repeating: 0, count: (8 - content.count % 8) % 8)
        defer { content += bytes }
        return UInt64(Self.contentStart + content.count)
    }

    mutating func add(_ tag: Tag, _ value: UInt64) {
        dynamic += little(tag.rawValue) + little(value)
    }

    /// Puts a name into the string table and returns its offset there.
    mutating func addString(_ text: String) -> Int {
        defer { strings += Array(text.utf8) + [0] }
        return strings.count
    }

    /// Adds undefined symbols whose names are at these offsets, and a hash table that counts them.
    mutating func addImports(names: [Int]) {
        let symbols = names.map { little(UInt32($0)) + [0x12, 0, 0, 0] + little(UInt64(0)) + little(UInt64(0)) }
        add(.symbols, place([UInt8](repeating: 0, count: 24) + symbols.joined()))
        add(.hash, place(little(UInt32(0)) + little(UInt32(names.count + 1))))
    }

    func bytes(endingDynamic: Bool = true, endingStrings: Bool = true) -> [UInt8] {
        var file = self
        file.add(.strings, file.place(strings))
        file.add(.stringsSize, UInt64(endingStrings ? strings.count : strings.count - 1))
        let table = file.dynamic + (endingDynamic ? [UInt8](repeating: 0, count: 16) : [])
        let tableAddress = file.place(table)
        let size = UInt64(Self.contentStart + file.content.count)

        let machine: UInt16 = ELFIdentity.hostArchitecture == "x86_64" ? 62 : 183
        var header: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0] + [UInt8](repeating: 0, count: 8)
        header += little(UInt16(3)) + little(machine) + little(UInt32(1))
        header += little(UInt64(0)) + little(UInt64(64)) + little(UInt64(0)) + little(UInt32(0))
        header += little(UInt16(64)) + little(UInt16(56)) + little(UInt16(2)) + little(UInt16(64))
        header += little(UInt16(0)) + little(UInt16(0))
        let load = Self.segment(type: 1, at: 0, size: size)
        let dynamic = Self.segment(type: 2, at: tableAddress, size: UInt64(table.count))
        return header + load + dynamic + file.content
    }

    private static func segment(type: UInt32, at address: UInt64, size: UInt64) -> [UInt8] {
        little(type) + little(UInt32(4)) + [address, address, address, size, size, 8].flatMap { little($0) }
    }
}

func little(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
}
