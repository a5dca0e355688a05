import CPCRE2

/// Finds one match after the other, as Python's `re.finditer`.
///
/// An empty match may touch the match before it. After an empty match the search goes on at the same place for one
/// that is not empty, or further on, so it always advances by whole characters.
///
/// `@safe`: ``MatchScratch/withCursor(over:for:_:)`` lends text and memory for longer than the cursor lives.
@safe
struct MatchCursor: ~Copyable {
    private let text: UnsafeBufferPointer<UInt8>
    private let memory: UnsafeMutablePointer<ScratchMemory>
    private let pattern: PatternCode
    private var position: Int
    private var wasEmpty = false

    fileprivate init(
        _ text: UnsafeBufferPointer<UInt8>,
        _ pattern: PatternCode,
        _ memory: UnsafeMutablePointer<ScratchMemory>,
        from start: Int = 0
    ) {
        position = start
        unsafe self.text = unsafe text
        unsafe self.memory = unsafe memory
        self.pattern = pattern
    }

    /// The place of the next match.
    mutating func next() throws(MatchFailure) -> Range<Int>? {
        let memory = unsafe memory  // read first, or the compiler fails when the thread sanitizer is on
        let options = wasEmpty ? PCRE2_NOTEMPTY_ATSTART : 0
        guard
            unsafe try memory.pointee.search(text, from: position, for: pattern, options: options),
            let match = group(0)
        else { return nil }
        position = match.upperBound
        wasEmpty = match.isEmpty
        return match
    }

    /// The place of a group of the match that ``next()`` answered last; `nil` if it took no part in it.
    func group(_ number: Int) -> Range<Int>? {
        unsafe memory.pointee.group(number)
    }

    /// Appends a part of the text to a buffer.
    func append(_ range: Range<Int>, to buffer: inout [UInt8]) {
        unsafe buffer.append(contentsOf: text[range])
    }
}

extension MatchScratch {
    /// Runs one search, without the places of what it finds.
    func find(_ pattern: PatternCode, in text: UTF8Span) throws(MatchFailure) -> Bool {
        let memory = unsafe memory
        return unsafe try text.span.withUnsafeBufferPointer { bytes throws(MatchFailure) in
            unsafe try memory.pointee.search(bytes, from: 0, for: pattern)
        }
    }

    /// Runs one search in a part of a text, where a bound inside a character moves to its end.
    ///
    /// - Parameters:
    ///   - pattern: What to find.
    ///   - text: The text.
    ///   - range: The part; what lies before it is seen by lookbehinds, what lies behind it by nobody.
    ///   - found: Gets the place of the match and a cursor that knows its groups.
    /// - Returns: What `found` returns, or `nil` if there is no match.
    /// - Throws: The code of a search that ended in another way.
    func find<Result>(
        _ pattern: PatternCode,
        in text: UTF8Span,
        within range: Range<Int>,
        _ found: (Range<Int>, borrowing MatchCursor) -> Result
    ) throws(MatchFailure) -> Result? {
        let memory = unsafe memory
        return unsafe try text.span.withUnsafeBufferPointer { bytes throws(MatchFailure) in
            let start = unsafe Self.boundary(in: bytes, from: range.lowerBound)
            let end = unsafe Self.boundary(in: bytes, from: range.upperBound)
            let part = unsafe UnsafeBufferPointer(rebasing: bytes[..<end])
            var cursor = unsafe MatchCursor(part, pattern, memory, from: start)
            return try cursor.next().map { found($0, cursor) }
        }
    }

    /// The first place, from another one on, that is between two characters.
    private static func boundary(in bytes: UnsafeBufferPointer<UInt8>, from place: Int) -> Int {
        var place = min(max(0, place), bytes.count)
        while unsafe place < bytes.count && bytes[place] & 0xC0 == 0x80 { place += 1 }
        return place
    }

    /// Runs one search for each of the codes from `index` on, until one succeeds; a failure leaves its index behind.
    func firstIndex(
        of codes: [PatternCode],
        foundIn text: UTF8Span,
        from index: inout Int
    ) throws(MatchFailure) -> Int? {
        let memory = unsafe memory
        return unsafe try text.span.withUnsafeBufferPointer { bytes throws(MatchFailure) in
            // Looking at a short text once tells that most patterns cannot be in it, for less than their searches.
            let content = unsafe 1...64 ~= bytes.count ? ByteSet(of: bytes) : .all
            while index < codes.count {
                let code = codes[index]
                if content.meets(code.firstBytes), content.meets(code.neededBytes),
                    unsafe try memory.pointee.search(bytes, from: 0, for: code)
                {
                    return index
                }
                index += 1
            }
            return nil
        }
    }

    /// Lends a cursor over the matches of a text.
    ///
    /// `UTF8Span` promises valid UTF-8, and nothing else can use this memory before `body` returns: it takes no cursor
    /// of its own, and what it is lent cannot be kept.
    func withCursor<Result>(
        over text: UTF8Span,
        for pattern: PatternCode,
        _ body: (inout MatchCursor) throws(MatchFailure) -> Result
    ) throws(MatchFailure) -> Result {
        let memory = unsafe memory
        return unsafe try text.span.withUnsafeBufferPointer { bytes throws(MatchFailure) in
            var cursor = unsafe MatchCursor(bytes, pattern, memory)
            return try body(&cursor)
        }
    }
}
