import CHookgate
import Glibc

/// Reads one JSON text (RFC 8259) and writes its block in one pass.
///
/// The recursion is bounded by the limit on depth, which is at most 128.
///
/// `@safe`: `text` is lent for the parser's whole life, and every read of it was compared with `end`.
@safe
struct JSONParser: ~Copyable {
    let text: UnsafePointer<UInt8>
    let end: Int
    var cursor = 0
    var block: BlockAssembly
    private let maxDepth: Int
    private var nodesLeft: Int

    /// Reads a whole text.
    ///
    /// - Returns: The block, in memory from `malloc`.
    static func parse(
        _ text: UnsafeBufferPointer<UInt8>,
        limits: JSONLimits
    ) throws(JSONFault) -> UnsafePointer<hg_block> {
        guard text.count <= min(limits.maxBytes, BlockAssembly.longestText) else {
            throw JSONFault(kind: .tooLong, offset: 0)
        }
        guard let base = text.baseAddress, text.count > 0 else { throw JSONFault(kind: .value, offset: 0) }
        let block = try BlockAssembly(textSize: text.count)
        var parser = unsafe JSONParser(text: base, end: text.count, block: block, limits: limits)
        try parser.parseValue(depth: 0)
        parser.skipSpace()
        guard parser.cursor == parser.end else { throw parser.fault(.end) }
        return unsafe parser.finish()
    }

    private init(text: UnsafePointer<UInt8>, end: Int, block: consuming BlockAssembly, limits: JSONLimits) {
        unsafe self.text = unsafe text
        self.end = end
        self.block = block
        maxDepth = min(limits.maxDepth, Int(HG_BLOCK_MAX_DEPTH))
        nodesLeft = limits.maxNodes
    }

    private consuming func finish() -> UnsafePointer<hg_block> { unsafe block.finish() }

    /// Reads a value that has `depth` containers around it.
    private mutating func parseValue(depth: Int) throws(JSONFault) {
        switch skipSpace() {
        case UInt8(ascii: "\""):
            let (offset, count) = try parseString()
            try push(UInt64(HG_STRING) | UInt64(count) << 32, UInt64(offset))
        case UInt8(ascii: "{"): try parseObject(depth: depth)
        case UInt8(ascii: "["): try parseArray(depth: depth)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try parseNumber()
        case UInt8(ascii: "t") where skip("true"): try push(UInt64(HG_BOOL), 1)
        case UInt8(ascii: "f") where skip("false"): try push(UInt64(HG_BOOL), 0)
        case UInt8(ascii: "n") where skip("null"): try push(UInt64(HG_NULL), 0)
        default: throw fault(.value)
        }
    }

    private mutating func parseArray(depth: Int) throws(JSONFault) {
        guard depth < maxDepth else { throw fault(.tooDeep) }
        cursor += 1
        let mark = block.pending
        if skipSpace() == UInt8(ascii: "]") {
            cursor += 1
            return try push(UInt64(HG_ARRAY), 0)
        }
        while true {
            try parseValue(depth: depth + 1)
            let next = skipSpace()
            guard next == UInt8(ascii: ",") else {
                guard next == UInt8(ascii: "]") else { throw fault(.commaOrBracket) }
                break
            }
            cursor += 1
            if skipSpace() == UInt8(ascii: "]") { throw fault(.trailingComma) }
        }
        cursor += 1
        let (offset, count) = try block.close(mark: mark, firstMask: .max, rest: end - cursor)
        try push(UInt64(HG_ARRAY) | UInt64(count) << 32, UInt64(offset))
    }

    private mutating func parseObject(depth: Int) throws(JSONFault) {
        guard depth < maxDepth else { throw fault(.tooDeep) }
        cursor += 1
        let mark = block.pending
        if skipSpace() == UInt8(ascii: "}") {
            cursor += 1
            return try push(UInt64(HG_OBJECT), 0)
        }
        while true {
            try parseKey()
            try parseValue(depth: depth + 1)
            let next = skipSpace()
            guard next == UInt8(ascii: ",") else {
                guard next == UInt8(ascii: "}") else { throw fault(.commaOrBrace) }
                break
            }
            cursor += 1
        }
        cursor += 1
        let (offset, nodes) = try block.close(mark: mark, firstMask: 0xFFFF_FFFF, rest: end - cursor)
        var keys = UniqueKeys(block: block.bytes, entries: offset, count: nodes / 2)
        if let index = keys.firstDuplicate() {
            throw JSONFault(kind: .duplicateKey, offset: Int(block.closedBits(mark: mark, index: 2 * index) >> 32))
        }
        try push(UInt64(HG_OBJECT) | UInt64(nodes / 2) << 32, UInt64(offset))
    }

    /// Reads a key and the colon.
    ///
    /// Until its object ends, the upper half of the node's bits says where the key is in the text.
    private mutating func parseKey() throws(JSONFault) {
        guard skipSpace() == UInt8(ascii: "\"") else { throw fault(.key) }
        let start = cursor
        let (offset, count) = try parseString()
        try push(UInt64(HG_STRING) | UInt64(count) << 32, UInt64(offset) | UInt64(start) << 32)
        guard skipSpace() == UInt8(ascii: ":") else { throw fault(.colon) }
        cursor += 1
    }

    @inline(__always)
    mutating func push(_ head: UInt64, _ bits: UInt64) throws(JSONFault) {
        nodesLeft -= 1
        guard nodesLeft >= 0 else { throw fault(.tooManyNodes) }
        try block.push(head, bits, rest: end - cursor)
    }

    /// Skips white space.
    ///
    /// - Returns: The byte behind it; 0, which is valid nowhere, at the end.
    @inline(__always)
    @discardableResult
    private mutating func skipSpace() -> UInt8 {
        while cursor < end {
            let byte = unsafe text[cursor]
            if byte > 0x20 { return byte }
            // Space, tab, line feed, carriage return.
            guard (0x1_0000_2600 as UInt64) >> UInt64(byte) & 1 == 1 else { return byte }
            cursor += 1
        }
        return 0
    }

    /// Skips a word, if the text goes on with it.
    private mutating func skip(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard unsafe end - cursor >= length && memcmp(text + cursor, word.utf8Start, length) == 0 else { return false }
        cursor += length
        return true
    }

    func fault(_ kind: JSONFault.Kind) -> JSONFault { JSONFault(kind: kind, offset: cursor) }
}
