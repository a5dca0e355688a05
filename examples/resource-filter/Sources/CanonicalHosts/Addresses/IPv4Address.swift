/// An IPv4 address.
package struct IPv4Address: Sendable, Hashable, CustomStringConvertible {
    let value: UInt32

    init(_ value: UInt32) {
        self.value = value
    }

    /// The four numbers: `127.0.0.1`.
    package var description: String {
        [24, 16, 8, 0].map { String(value >> $0 & 0xFF) }.joined(separator: ".")
    }
}

extension IPv4Address {
    /// Reads the labels of a host as C's `inet_aton` does: `127.1`, `0x7f000001`, `0177.0.0.1` and `2130706433` are
    /// all 127.0.0.1.
    ///
    /// `nil` if the last label is no number, so that the host is a name.
    init?(labels: [String], as reading: URIReading) throws(URIProblem) {
        guard let last = labels.last, Self.isNumeric(last) else { return nil }
        guard labels.count <= 4 else { throw URIProblem("an IPv4 address of more than four numbers") }
        var address: UInt32 = 0
        for (index, label) in labels.enumerated() {
            // The last number fills all the bytes that the others leave.
            let bits = index == labels.count - 1 ? 8 * (5 - labels.count) : 8
            guard let number = try Self.number(label, as: reading), number >> bits == 0 else {
                throw URIProblem("\(label) is no number of an IPv4 address")
            }
            address = UInt32(truncatingIfNeeded: UInt64(address) << bits | number)
        }
        self.init(address)
    }

    private static func isNumeric(_ label: String) -> Bool {
        label.hasPrefix("0x") ? label.dropFirst(2).allSatisfy(\.isHexDigit) : label.allSatisfy(\.isNumber)
    }

    private static func number(_ label: String, as reading: URIReading) throws(URIProblem) -> UInt64? {
        guard isNumeric(label) else { return nil }
        if label.hasPrefix("0x") { return label.count == 2 ? 0 : UInt64(label.dropFirst(2), radix: 16) }
        guard label.count > 1, label.hasPrefix("0") else { return UInt64(label) }
        // Some clients read 010 as 8, others as 10.
        guard reading == .whatwg else { throw URIProblem("\(label) may be an octal or a decimal number") }
        return UInt64(label, radix: 8)
    }

    /// Reads four decimal numbers without leading zeros, as at the end of an IPv6 address.
    init?(dotted text: Substring) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard part.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let byte = UInt8(part) else {
                return nil
            }
            guard part.utf8.count == 1 || part.first != "0" else { return nil }
            address = address << 8 | UInt32(byte)
        }
        self.init(address)
    }
}
