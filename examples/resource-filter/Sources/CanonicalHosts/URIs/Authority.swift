/// What stands between the slashes of a URI: `user:password@host:port`.
struct Authority {
    /// The host as it is written; empty if there is none.
    let host: ArraySlice<UInt8>

    /// Splits an authority; user and port are checked, and dropped.
    init(_ text: ArraySlice<UInt8>, as reading: URIReading) throws(URIProblem) {
        let at = UInt8(ascii: "@")
        let separator = text.lastIndex(of: at)
        if reading == .rfc3986, text.firstIndex(of: at) != separator {
            throw URIProblem("more than one @ stands before the host")
        }
        let address = text[(separator.map { $0 + 1 } ?? text.startIndex)...]
        let end = try Self.endOfHost(in: address)
        host = address[..<end]
        try Self.checkPort(address[end...])
        if host.isEmpty, !text.isEmpty { throw URIProblem("a user or a port, but no host") }
    }

    private static func endOfHost(in address: ArraySlice<UInt8>) throws(URIProblem) -> Int {
        guard address.first == UInt8(ascii: "[") else {
            return address.firstIndex(of: UInt8(ascii: ":")) ?? address.endIndex
        }
        guard let bracket = address.firstIndex(of: UInt8(ascii: "]")) else {
            throw URIProblem("a [ without its ]")
        }
        return bracket + 1
    }

    private static func checkPort(_ text: ArraySlice<UInt8>) throws(URIProblem) {
        guard !text.isEmpty else { return }
        let digits = text.dropFirst()
        let isNumber = digits.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        let isInRange = digits.isEmpty || UInt16(String(decoding: digits, as: UTF8.self)) != nil
        guard text.first == UInt8(ascii: ":"), isNumber, isInRange else {
            throw URIProblem("what follows the host is no port")
        }
    }
}
