/// How a client reads a URI.
///
/// Where the two standards differ, one client connects to another host than the next. A filter does not know the client,
/// so it asks both.
package enum URIReading: Sendable, CaseIterable {
    /// As browsers and their libraries do, by the WHATWG's URL standard and UTS 46: a backslash is a slash, slashes may
    /// be missing, tabs and line ends vanish, `010` is an octal number, and `ß` a letter of its own.
    case whatwg
    /// By RFC 3986 and RFC 3490: none of that is a URI, and `ß` is another way to write `ss`.
    case rfc3986
}
