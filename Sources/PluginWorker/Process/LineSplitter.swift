import Glibc

/// Lines of what a process prints, whole or cut off when they are long.
struct LineSplitter {
    private var rest: [UInt8] = []

    /// Longer lines are cut.
    private static let maxLine = 4096
    /// More than this is left for the next time, so that a process which prints much does not keep others waiting.
    private static let atATime = 64 << 10

    /// Reads what is there now.
    ///
    /// - Parameter descriptor: A pipe that does not block.
    /// - Returns: The lines that are complete; `nil` at the end.
    mutating func read(from descriptor: Int32) -> [String]? {
        var hasEnded = false
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.atATime) { buffer, count in
            let got = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            hasEnded = got == 0
            count = max(0, got)
        }
        return hasEnded ? nil : split(bytes)
    }

    mutating func split(_ bytes: [UInt8]) -> [String] {
        rest += bytes
        var lines: [String] = []
        var start = rest.startIndex
        while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(Self.text(rest[start..<end]))
            start = end + 1
        }
        rest.removeSubrange(..<start)
        if rest.count > Self.maxLine {
            lines.append(Self.text(rest[...]))
            rest = []
        }
        return lines
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix(maxLine), as: UTF8.self)
    }
}
