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
    /// - Returns: The lines that are complete.
    mutating func read(from descriptor: Int32) -> [String] {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.atATime) { buffer, count in
            count = max(0, unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count))
        }
        return split(bytes)
    }

    mutating func split(_ bytes: [UInt8]) -> [String] {
        rest += bytes
        var lines: [String] = []
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(Self.text(rest[..<end]))
            rest.removeSubrange(...end)
        }
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
