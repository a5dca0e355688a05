/// What a file that is no ELF file looks like, for the text of an error.
enum FileLook {
    static func of(_ bytes: [UInt8]) -> String {
        for (signature, name) in signatures where bytes.starts(with: signature) {
            return name
        }
        let start = bytes.prefix(512)
        if start.starts(with: [0x23, 0x21]) {
            return "a script (\(firstLine(start)))"
        }
        if start.allSatisfy({ $0 == 0 }) {
            return "a file of zero bytes, such as an interrupted copy leaves"
        }
        if start.allSatisfy(isText) {
            let isLinkerScript = start.containsText("GNU ld script")
            return isLinkerScript ? "a linker script" : "text (\(firstLine(start)))"
        }
        let hex = bytes.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
        return "a file that begins with the bytes \(hex)"
    }

    private static let signatures: [([UInt8], String)] = [
        (Array("!<arch>\n".utf8), "a static library (.a)"),
        (Array("BC".utf8) + [0xC0, 0xDE], "LLVM bitcode"),
        (Array("MZ".utf8), "a Windows library"),
        ([0xCF, 0xFA, 0xED, 0xFE], "a macOS library"),
        ([0xCA, 0xFE, 0xBA, 0xBE], "a macOS universal library"),
        (Array("\0asm".utf8), "a WebAssembly module"),
        ([0x1F, 0x8B], "a gzip archive"),
        (Array("PK".utf8) + [3, 4], "a zip archive"),
        ([0xFD] + Array("7zXZ".utf8), "an xz archive"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive"),
    ]

    private static func isText(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    /// The start of the first line, made safe to print.
    private static func firstLine(_ bytes: ArraySlice<UInt8>) -> String {
        let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }.prefix(60)
        return String(decoding: line.map { isText($0) && $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
    }
}

extension ArraySlice<UInt8> {
    fileprivate func containsText(_ text: String) -> Bool {
        indices.contains { self[$0...].starts(with: text.utf8) }
    }
}
