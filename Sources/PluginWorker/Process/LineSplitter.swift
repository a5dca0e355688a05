import Glibc

/// Lines of what a process prints that are not empty, whole or cut off when they are long.
package struct LineSplitter {
    /// The beginning of the line that is not complete.
    private var rest: [UInt8] = []
    /// Whether that line was so long that its beginning was taken for all of it.
    private var isCut = false

    /// Longer lines are cut.
    package static let maxLine = 4096
    /// More than this is left for the next time, so that a process which prints much does not keep others waiting.
    private static let atATime = 4 << 10

    package init() {}

    /// Reads what is there now.
    ///
    /// - Parameter descriptor: A pipe that does not block.
    /// - Returns: The lines that are complete; `nil` if nothing comes any more.
    package mutating func read(from descriptor: Int32) -> [String]? {
        var isAtEnd = false
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.atATime) { buffer, count in
            let got = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            isAtEnd = got == 0
            count = max(0, got)
        }
        return isAtEnd ? nil : split(bytes)
    }

    /// Adds what a process has printed.
    ///
    /// - Returns: The lines that are complete now.
    package mutating func split(_ bytes: [UInt8]) -> [String] {
        var lines: [String] = []
        let parts = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for part in parts.dropLast() {
            add(part, to: &lines)
            if !isCut, !rest.isEmpty { lines.append(String(decoding: rest, as: UTF8.self)) }
            rest = []
            isCut = false
        }
        if let last = parts.last { add(last, to: &lines) }
        return lines
    }

    private mutating func add(_ part: ArraySlice<UInt8>, to lines: inout [String]) {
        guard !isCut else { return }
        rest += part.prefix(Self.maxLine - rest.count + 1)
        guard rest.count > Self.maxLine else { return }
        lines.append(String(decoding: rest.prefix(Self.maxLine), as: UTF8.self))
        rest = []
        isCut = true
    }

    /// Takes the last line, if nothing has ended it.
    package mutating func takeRest() -> String? {
        defer { rest = [] }
        return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
    }
}
