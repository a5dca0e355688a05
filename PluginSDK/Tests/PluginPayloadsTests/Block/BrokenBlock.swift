import CHookgate
import Testing

/// Bytes with one fault, and the whole error.
struct BrokenBlock: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let error: String
    let bytes: [UInt8]

    /// Made by hand; the last node is the root.
    init(_ name: String, _ error: String, _ make: (inout RawBlock) -> Void) {
        var block = RawBlock()
        make(&block)
        testDescription = name
        self.error = error
        bytes = block.finished
    }

    /// A change of the block of `[1]`, which has 48 bytes: the header, the integer at 16, and the root at 32.
    init(header name: String, _ error: String, _ change: (inout [UInt8]) -> Void) {
        var block = RawBlock()
        block.node(HG_ARRAY, 1, block.node(HG_INT64, 0, 1))
        var bytes = block.finished
        change(&bytes)
        testDescription = name
        self.error = error
        self.bytes = bytes
    }

    static let all = headers + heads + values + texts + strings + numbers + containers + sharing + keys + depths

    static let headers = [
        BrokenBlock(header: "nothing", "0 bytes are too few for a block, which has at least 32") { $0 = [] },
        BrokenBlock(header: "half a header", "8 bytes are too few for a block, which has at least 32") {
            $0 = Array($0[..<8])
        },
        BrokenBlock(header: "31 bytes", "31 bytes are too few for a block, which has at least 32") {
            $0 = Array($0[..<31])
        },
        BrokenBlock(header: "another magic", "byte 0: the magic is 0x31424749, so this is no block") { $0[0] += 1 },
        BrokenBlock(header: "text", "byte 0: the magic is 0x207b0a20, so this is no block") {
            $0 = Array(" \n{ a text of more than thirty-two bytes }".utf8)
        },
        BrokenBlock(header: "version 0", "byte 4: the block's version is 0, known is 1") { $0[4] = 0 },
        BrokenBlock(header: "version 258", "byte 4: the block's version is 258, known is 1") {
            ($0[4], $0[5]) = (2, 1)
        },
        BrokenBlock(header: "reserved", "byte 6: the header's reserved bytes are 256, not 0") { $0[7] = 1 },
        BrokenBlock(header: "size 0", "0 bytes are too few for a block, which has at least 32") { $0[8] = 0 },
        BrokenBlock(header: "size 24", "24 bytes are too few for a block, which has at least 32") { $0[8] = 24 },
        BrokenBlock(header: "size 47", "byte 8: the size 47 is not a multiple of 8") { $0[8] = 47 },
        BrokenBlock(header: "size 56", "byte 8: the block has 56 bytes, but only 48 are there") { $0[8] = 56 },
        BrokenBlock(header: "one byte lacks", "byte 8: the block has 48 bytes, but only 47 are there") {
            $0.removeLast()
        },
        BrokenBlock(
            header: "4 GiB",
            "the block has 4294967288 bytes, more than the limit of 16777216",
        ) { $0.replaceSubrange(8..<12, with: [0xF8, 0xFF, 0xFF, 0xFF]) },
        BrokenBlock(
            header: "an unaligned root",
            "byte 12: the root at byte 33 is not aligned to 8 bytes, or not within 48 bytes",
        ) { $0[12] = 33 },
        BrokenBlock(
            header: "a root of which half is outside",
            "byte 12: the root at byte 40 is not aligned to 8 bytes, or not within 48 bytes",
        ) { $0[12] = 40 },
        BrokenBlock(
            header: "a root at 4 GiB",
            "byte 12: the root at byte 4294967288 is not aligned to 8 bytes, or not within 48 bytes",
        ) { $0.replaceSubrange(12..<16, with: [0xF8, 0xFF, 0xFF, 0xFF]) },
        BrokenBlock(header: "the header as root", "the root at byte 0 overlaps the header") { $0[12] = 0 },
        BrokenBlock(header: "half the header as root", "the root at byte 8 overlaps the header") { $0[12] = 8 },
    ]

    static let heads = [
        BrokenBlock("a missing value", "node at byte 16: the type 0 is unknown") { $0.node(0) },
        BrokenBlock("type 10", "node at byte 16: the type 10 is unknown") { $0.node(10) },
        BrokenBlock("type 255", "node at byte 32: the type 255 is unknown") {
            $0.node(HG_ARRAY, 2, $0.nodes([(HG_NULL, 0, 0), (255, 0, 0)]))
        },
        BrokenBlock("reserved byte of null", "node at byte 16: the reserved bytes are not 0") {
            $0.set(UInt8(1), at: Int($0.node(HG_NULL)) + 1)
        },
        BrokenBlock("reserved byte of an integer", "node at byte 16: the reserved bytes are not 0") {
            $0.set(UInt8(1), at: Int($0.node(HG_INT64)) + 2)
        },
        BrokenBlock("reserved byte of a string", "node at byte 24: the reserved bytes are not 0") {
            let text = $0.text("a")
            $0.set(UInt8(0x80), at: Int($0.node(HG_STRING, 1, text)) + 3)
        },
        BrokenBlock("reserved byte of an array", "node at byte 16: the reserved bytes are not 0") {
            $0.set(UInt8(1), at: Int($0.node(HG_ARRAY)) + 3)
        },
        BrokenBlock("reserved byte of an object", "node at byte 16: the reserved bytes are not 0") {
            $0.set(UInt8(1), at: Int($0.node(HG_OBJECT)) + 1)
        },
    ]

    static let values = [
        BrokenBlock("a null with a count", "node at byte 16: the count is 1, but a value of type 1 has none") {
            $0.node(HG_NULL, 1)
        },
        BrokenBlock("a null with bits", "node at byte 16: the bits of a null are 7, not 0") { $0.node(HG_NULL, 0, 7) },
        BrokenBlock("a boolean with a count", "node at byte 16: the count is 1, but a value of type 2 has none") {
            $0.node(HG_BOOL, 1)
        },
        BrokenBlock("a boolean of 2", "node at byte 16: the bits of a boolean are 2, not 0 or 1") {
            $0.node(HG_BOOL, 0, 2)
        },
        BrokenBlock(
            "a boolean with high bits",
            "node at byte 16: the bits of a boolean are 4294967297, not 0 or 1",
        ) { $0.node(HG_BOOL, 0, 0x1_0000_0001) },
        BrokenBlock("an integer with a count", "node at byte 16: the count is 8, but a value of type 3 has none") {
            $0.node(HG_INT64, 8)
        },
        BrokenBlock("a double with a count", "node at byte 16: the count is 8, but a value of type 4 has none") {
            $0.node(HG_DOUBLE, 8)
        },
        BrokenBlock("infinity", "node at byte 16: the double is not finite") {
            $0.node(HG_DOUBLE, 0, Double.infinity.bitPattern)
        },
        BrokenBlock("-infinity", "node at byte 16: the double is not finite") {
            $0.node(HG_DOUBLE, 0, (-Double.infinity).bitPattern)
        },
        BrokenBlock("not a number", "node at byte 16: the double is not finite") {
            $0.node(HG_DOUBLE, 0, Double.nan.bitPattern)
        },
        BrokenBlock("a signalling NaN", "node at byte 16: the double is not finite") {
            $0.node(HG_DOUBLE, 0, 0x7FF0_0000_0000_0001)
        },
    ]

    static let texts = [
        BrokenBlock("an empty string with an offset", "node at byte 16: the offset of the empty string is 16, not 0") {
            $0.node(HG_STRING, 0, 16)
        },
        BrokenBlock("empty bytes with an offset", "node at byte 16: the offset of the empty byte string is 1, not 0") {
            $0.node(HG_BYTES, 0, 1)
        },
        BrokenBlock("a string in the header", "node at byte 16: string at byte 8 overlaps the header") {
            $0.node(HG_STRING, 4, 8)
        },
        BrokenBlock("a string that begins in the header", "node at byte 32: string at byte 15 overlaps the header") {
            $0.text("0123456789abcdef")
            $0.node(HG_STRING, 4, 15)
        },
        BrokenBlock("a string at byte 0", "node at byte 16: string at byte 0 overlaps the header") {
            $0.node(HG_STRING, 1, 0)
        },
        BrokenBlock(
            "a string that runs into its node",
            "node at byte 24: string of 9 bytes at byte 16 does not end before the node",
        ) { $0.node(HG_STRING, 9, $0.text("12345678")) },
        BrokenBlock(
            "a string in its node",
            "node at byte 16: string of 1 bytes at byte 16 does not end before the node"
        ) {
            $0.node(HG_STRING, 1, 16)
        },
        BrokenBlock(
            "a string behind its node",
            "node at byte 16: string of 4 bytes at byte 32 does not end before the node"
        ) {
            $0.node(HG_STRING, 4, 32)
            $0.text("text")
        },
        BrokenBlock(
            "a string far outside",
            "node at byte 16: string of 4 bytes at byte 4294967295 does not end before the node",
        ) { $0.node(HG_STRING, 4, 0xFFFF_FFFF) },
        BrokenBlock(
            "an offset beyond 32 bits",
            "node at byte 24: string of 4 bytes at byte 4294967312 does not end before the node",
        ) { $0.node(HG_STRING, 4, $0.text("text") | 1 << 32) },
        BrokenBlock(
            "an offset that wraps around",
            "node at byte 24: string of 8 bytes at byte 18446744073709551615 does not end before the node",
        ) {
            $0.text("text")
            $0.node(HG_STRING, 8, .max)
        },
        BrokenBlock(
            "a string of 4 GiB",
            "node at byte 24: string of 4294967295 bytes at byte 16 does not end before the node",
        ) { $0.node(HG_STRING, .max, $0.text("text")) },
        BrokenBlock("bytes too many", "node at byte 24: byte string of 9 bytes at byte 16 does not end before the node")
        {
            $0.node(HG_BYTES, 9, $0.text("12345678"))
        },
        BrokenBlock("a number too long", "node at byte 24: number of 9 bytes at byte 16 does not end before the node") {
            $0.node(HG_NUMBER, 9, $0.text("12345678"))
        },
    ]

    static let strings =
        [
            ([0x80], 16), ([0xC0, 0xAF], 16), ([0x61, 0xFF], 17), ([0xED, 0xA0, 0x80], 16), ([0xE2, 0x82], 16),
            ([0xF4, 0x90, 0x80, 0x80], 16), (Array("12345678é".utf8) + [0xC3], 26), (Array("éé".utf8) + [0xA9], 20),
        ].map { (text: [UInt8], byte: Int) in
            BrokenBlock(
                "the string \(text)",
                "node at byte \(text.count > 8 ? 32 : 24): string at byte 16 is not UTF-8 at byte \(byte)"
            ) {
                $0.node(HG_STRING, UInt32(text.count), $0.text(text))
            }
        } + [
            BrokenBlock(
                "a character cut by the string's end",
                "node at byte 24: string at byte 16 is not UTF-8 at byte 17"
            ) {
                $0.node(HG_STRING, 2, $0.text("aé"))
            }
        ]

    static let numbers =
        ["01", "1.", "+1", "NaN", "1 ", " 1", "-", "1e", "0x1", "1,2", "é", "1\0"].map { text in
            BrokenBlock(
                "the number '\(text)'",
                "node at byte 24: number at byte 16 is not the text of a JSON number",
            ) { $0.node(HG_NUMBER, UInt32(text.utf8.count), $0.text(text)) }
        } + [
            BrokenBlock("an empty number", "node at byte 16: number at byte 0 is not the text of a JSON number") {
                $0.node(HG_NUMBER)
            }
        ]

    static let containers = [
        BrokenBlock("an empty array with an offset", "node at byte 16: the offset of the empty array is 16, not 0") {
            $0.node(HG_ARRAY, 0, 16)
        },
        BrokenBlock("an empty object with an offset", "node at byte 16: the offset of the empty object is 8, not 0") {
            $0.node(HG_OBJECT, 0, 8)
        },
        BrokenBlock("an unaligned array", "node at byte 40: array at byte 20 is not aligned to 8 bytes") {
            $0.node(HG_NULL)
            $0.text("12345678")
            $0.node(HG_ARRAY, 1, 20)
        },
        BrokenBlock("an array in the header", "node at byte 16: array at byte 0 overlaps the header") {
            $0.node(HG_ARRAY, 1, 0)
        },
        BrokenBlock("an array that begins in the header", "node at byte 32: array at byte 8 overlaps the header") {
            $0.node(HG_NULL)
            $0.node(HG_ARRAY, 1, 8)
        },
        BrokenBlock("an array that holds itself", "node at byte 16: array of 1 at byte 16 does not end before the node")
        {
            $0.node(HG_ARRAY, 1, 16)
        },
        BrokenBlock("an array of one too many", "node at byte 32: array of 2 at byte 16 does not end before the node") {
            $0.node(HG_ARRAY, 2, $0.node(HG_NULL))
        },
        BrokenBlock("an array behind its node", "node at byte 16: array of 1 at byte 32 does not end before the node") {
            let array = $0.node(HG_ARRAY, 1, 32)
            $0.node(HG_NULL)
            $0.root(at: array)
        },
        BrokenBlock(
            "an array of four thousand million",
            "node at byte 32: array of 4294967295 at byte 16 does not end before the node",
        ) { $0.node(HG_ARRAY, .max, $0.node(HG_NULL)) },
        BrokenBlock(
            "an offset of nodes beyond 32 bits",
            "node at byte 32: array of 1 at byte 4294967312 does not end before the node",
        ) { $0.node(HG_ARRAY, 1, $0.node(HG_NULL) | 1 << 32) },
        BrokenBlock(
            "an offset of nodes that wraps around",
            "node at byte 32: object of 1 at byte 18446744073709551600 does not end before the node",
        ) {
            $0.node(HG_NULL)
            $0.node(HG_OBJECT, 1, 0xFFFF_FFFF_FFFF_FFF0)
        },
        BrokenBlock(
            "an object of half an entry",
            "node at byte 32: object of 1 at byte 16 does not end before the node"
        ) {
            $0.node(HG_OBJECT, 1, $0.node(HG_STRING))
        },
        BrokenBlock(
            "an object of four thousand million",
            "node at byte 48: object of 4294967295 at byte 16 does not end before the node",
        ) { $0.node(HG_OBJECT, .max, $0.nodes([(HG_STRING, 0, 0), (HG_NULL, 0, 0)])) },
    ]
}
