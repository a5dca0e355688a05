import PluginLoader
import TestSupport
import Testing

@Suite("Hostile ELF files")
struct ELFHostileTests {
    @Test("twenty thousand damaged copies are read or refused", arguments: 0..<4)
    func mutations(seed: UInt64) throws {
        let originals = try [
            Fixtures.plugin.get(), Fixtures.futureGlibc.get(), HandmadeLibrary(needed: ["libone.so"]).bytes(),
        ]
        var generator = SplitMix64(seed: seed)
        var (read, refused) = (0, 0)
        for _ in 0..<5_000 {
            let original = originals.randomElement(using: &generator) ?? []
            let bytes = mutated(original, &generator)
            do throws(ELFError) {
                let image = try ELFImage(bytes)
                read += 1
                _ = (image.isPinned, image.toolchain.description)
                try image.checkLoadable(runningGlibc: GlibcVersion(2, 36))
                try image.checkEntry()
            } catch {
                refused += 1
                #expect(!error.description.isEmpty)
            }
        }
        #expect(read > 100)
        #expect(refused > 100)
    }

    @Test("every byte of the headers set to every interesting value")
    func headers() throws {
        let original = try Fixtures.plugin.get()
        var refused = 0
        for offset in 0..<64 + 56 * 8 {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
                let result = Result { () throws(ELFError) in try ELFImage(original.patched(at: offset, with: [value])) }
                if result.error != nil { refused += 1 }
            }
        }
        #expect(refused > 100)
    }

    @Test("a million symbols that share one long name cost no more than the file's size")
    func overlappingNames() {
        var library = HandmadeLibrary()
        let name = library.addString(String(repeating: "x", count: 1_000_000))
        library.addImports(names: [Int](repeating: name, count: 1_000_000))
        expect(library, .malformed("its names overlap too often"))
    }

    @Test("more symbols than any library has")
    func tooManySymbols() {
        var library = HandmadeLibrary()
        library.add(.symbols, library.place([]))
        library.add(.hash, library.place(little(UInt32(0)) + little(UInt32.max)))
        expect(library, .malformed("it claims 4294967295 symbols"))
    }

    @Test("a symbol table that leaves its segment")
    func symbolsOutside() {
        var library = HandmadeLibrary()
        library.add(.symbols, 64)
        library.add(.hash, library.place(little(UInt32(0)) + little(UInt32(1000))))
        expect(library, .malformed("its symbol table lies outside its segments"))
    }

    @Test("a symbol table whose length nothing tells")
    func noHashTable() {
        var library = HandmadeLibrary()
        library.add(.symbols, 64)
        expect(library, .malformed("it has no hash table of its symbols"))
    }

    @Test("a hash chain that begins outside, and one without end")
    func hashChains() {
        // One bucket, no bloom words; the chain of the first hashed symbol, 1, follows.
        func table(bucket: UInt32) -> [UInt8] {
            [1, 1, 0, 0, bucket].flatMap { little($0) }
        }
        var outside = HandmadeLibrary()
        outside.add(.symbols, 64)
        let address = outside.place(table(bucket: 1_000_001))
        outside.add(.gnuHash, address)
        let size = outside.bytes().count
        expect(outside, .malformed("it refers to byte \(address + 20 + 4_000_000) of \(size)"))

        var endless = HandmadeLibrary()
        endless.add(.symbols, 64)
        endless.add(.gnuHash, endless.place(table(bucket: 1) + [UInt8](repeating: 0, count: 5_000_000)))
        expect(endless, .malformed("its symbol table lies outside its segments"))
    }

    @Test("a dynamic section without end, short and long")
    func endlessDynamic() throws {
        var library = HandmadeLibrary(needed: ["libone.so"])
        #expect(try ELFImage(library.bytes(endingDynamic: false)).needed == ["libone.so"])
        for _ in 0..<70_000 {
            library.add(.debug, 0)
        }
        expect(library, .malformed("its dynamic section has no end"))
    }

    @Test("a name outside the string table, and one without end")
    func names() {
        var outside = HandmadeLibrary()
        outside.add(.needed, 1_000_000)
        expect(outside, .malformed("a name lies outside its string table"))

        let endless = HandmadeLibrary(needed: ["libone.so"]).bytes(endingStrings: false)
        #expect(throws: ELFError.malformed("a name has no end")) { try ELFImage(endless) }
    }

    @Test("lists of needed versions that share their entries")
    func overlappingVersions() {
        var library = HandmadeLibrary()
        _ = library.addString(String(repeating: "x", count: 100_000))
        // Nameless versions, each leading to the next, and two libraries that both claim all of them.
        let versions = (0..<65_535).flatMap { _ in [0, 0, 0, 16].flatMap { little(UInt32($0)) } }
        let libraries = [[0xFFFF_0001, 0, 32, 16], [0xFFFF_0001, 0, 16, 0]].joined().flatMap { little(UInt32($0)) }
        library.add(.neededVersions, library.place(libraries + versions))
        library.add(.neededVersionsCount, UInt64.max)
        expect(library, .malformed("it needs too many versions"))
    }

    @Test("sizes and offsets that overflow when added")
    func overflow() throws {
        let bytes = HandmadeLibrary().bytes()
        // Offset and file size of the first segment.
        let wrapped = bytes.patched(at: 64 + 8, with: little(UInt64.max)).patched(at: 64 + 32, with: little(UInt64(2)))
        #expect(throws: ELFError.malformed("a segment ends at an impossible offset")) { try ELFImage(wrapped) }
        let table = bytes.patched(at: 32, with: little(UInt64.max - 3))
        #expect(throws: ELFError.malformed("a program header table ends at an impossible offset")) {
            try ELFImage(table)
        }
        let sections = bytes.patched(at: 40, with: little(UInt64.max - 3))
        #expect(throws: ELFError.malformed("a section table ends at an impossible offset")) { try ELFImage(sections) }
    }

    private func expect(_ library: HandmadeLibrary, _ error: ELFError) {
        let bytes = library.bytes()
        #expect(throws: error) { try ELFImage(bytes) }
    }

    /// Changes up to eight numbers, most of them in the headers and tables at both ends, and cuts one file in ten.
    private func mutated(_ original: [UInt8], _ generator: inout SplitMix64) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
            let end = Bool.random(using: &generator) ? min(2048, bytes.count) : bytes.count
            let offset = Int.random(in: 0..<end, using: &generator)
            let number: UInt64 =
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: 0
                case 1: .max
                case 2: UInt64(bytes.count) &+ UInt64.random(in: 0..<4, using: &generator) &- 2
                case 3: UInt64(bytes[offset]) &+ 1
                default: .random(in: 0...UInt64.max, using: &generator)
                }
            let width = [1, 2, 4, 8].randomElement(using: &generator) ?? 1
            for (index, byte) in little(number).prefix(width).enumerated() where offset + index < bytes.count {
                bytes[offset + index] = byte
            }
        }
        if Int.random(in: 0..<10, using: &generator) == 0 {
            bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
        }
        return bytes
    }
}
