/// A URI, of which the host can be read in more ways than one.
package struct ResourceURI: Sendable {
    /// The scheme, in lower case and without its colon.
    package let scheme: String

    /// What follows the scheme, without tabs and line ends.
    private let rest: ArraySlice<UInt8>
    private let holdsControls: Bool

    /// Reads the scheme.
    package init(_ text: String) throws(URIProblem) {
        holdsControls = text.utf8.contains { $0 < 0x20 || $0 == 0x7F }
        // What every client takes away that does not refuse it.
        var visible = text.utf8.drop { $0 <= 0x20 }.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }[...]
        while let last = visible.last, last <= 0x20 { visible.removeLast() }
        guard let colon = visible.firstIndex(of: UInt8(ascii: ":")) else { throw URIProblem("it has no scheme") }
        let name = String(decoding: visible[..<colon], as: UTF8.self)
        guard Self.isScheme(name) else { throw URIProblem("it does not begin with a scheme") }
        scheme = name.lowercased()
        rest = visible[(colon + 1)...]
    }

    /// Whether a text can be a scheme, such as `https`.
    package static func isScheme(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.properties.isAlphabetic else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar || "+-.".unicodeScalars.contains(scalar))
        }
    }
}

extension ResourceURI {
    /// The host that a client connects to; `nil` if the URI names none, as `file:///etc/hosts`.
    package func host(as reading: URIReading) throws(URIProblem) -> Host? {
        if reading == .rfc3986, holdsControls { throw URIProblem("it holds a control character") }
        let text = reading == .whatwg && isSpecial ? lenientAuthority : strictAuthority
        let host = try text.map { text throws(URIProblem) in try Authority(text, as: reading).host }
        if let host, !host.isEmpty { return try Host(host, as: reading) }
        guard !isSpecial || scheme == "file" else { throw URIProblem("it has no host") }
        return nil
    }

    /// Whether the WHATWG has rules of its own for the scheme.
    private var isSpecial: Bool { ["http", "https", "ws", "wss", "ftp", "file"].contains(scheme) }

    private var strictAuthority: ArraySlice<UInt8>? {
        guard rest.starts(with: "//".utf8) else { return nil }
        return rest.dropFirst(2).prefix { !"/?#".utf8.contains($0) }
    }

    /// What stands behind any number of slashes of both kinds.
    private var lenientAuthority: ArraySlice<UInt8>? {
        let path = rest.drop { "/\\".utf8.contains($0) }
        // Two slashes of a file lead to a host, and four to a share on one; others are those of a path.
        if scheme == "file", rest.count - path.count < 2 || rest.count - path.count == 3 { return nil }
        return path.prefix { !"/\\?#".utf8.contains($0) }
    }
}
