import CPCRE2

/// What PCRE2 writes while it matches: the places of the groups, the limits, and a stack for machine code.
///
/// One thread uses it at a time: ``MatchScratch`` owns it and cannot be copied.
@safe
struct ScratchMemory {
    // The three are owned by this value, made in `init` or `prepare` and freed by `release` or before they are replaced.
    private var data: OpaquePointer?
    private var context: OpaquePointer?
    private var stack: OpaquePointer?
    private var groupCapacity = -1
    private var limits = Pattern.Limits.standard

    private static let stackSizes = (first: 32 << 10, most: 8 << 20)

    init() {
        unsafe data = nil
        unsafe context = unsafe pcre2_match_context_create_8(nil)
        unsafe stack = unsafe pcre2_jit_stack_create_8(Self.stackSizes.first, Self.stackSizes.most, nil)
        // Without a stack of its own machine code has 32 KiB of the thread's.
        if let context = unsafe context, let stack = unsafe stack {
            unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
        }
    }

    func release() {
        unsafe pcre2_match_data_free_8(data)
        unsafe pcre2_match_context_free_8(context)
        unsafe pcre2_jit_stack_free_8(stack)
    }

    /// Searches a text; afterwards ``group(_:)`` answers the places of the groups.
    ///
    /// - Parameters:
    ///   - text: Valid UTF-8: that is why the check that PCRE2 would else make of every subject can be left out.
    ///   - start: Where to begin, between two characters of the text.
    ///   - pattern: What to find.
    ///   - options: Match options of PCRE2.
    @inline(__always)
    mutating func search(
        _ text: UnsafeBufferPointer<UInt8>,
        from start: Int,
        for pattern: PatternCode,
        options: UInt32 = 0
    ) throws(MatchFailure) -> Bool {
        if text.count - start < pattern.minimumLength { return false }
        if groupCapacity < pattern.groupCount || limits != pattern.limits { try prepare(for: pattern) }
        // An empty buffer may have no address, which to PCRE2 is no text at all; nothing is read at this one.
        let bytes = unsafe text.baseAddress ?? UnsafePointer(bitPattern: 8)
        let flags = options | PCRE2_NO_UTF_CHECK
        let code =
            if pattern.usesJIT {
                unsafe pcre2_jit_match_8(pattern.pointer, bytes, text.count, start, flags, data, context)
            } else {
                unsafe pcre2_match_8(pattern.pointer, bytes, text.count, start, flags, data, context)
            }
        if code == PCRE2_ERROR_NOMATCH { return false }
        if code <= 0 { throw failure(code) }
        // `\K` can make a match end before it starts, or start before the search did.
        guard let match = group(0), match.lowerBound >= start else { throw MatchFailure(code: PCRE2_ERROR_BADSUBSPATTERN) }
        return true
    }

    /// The place of a group of the last match, 0 being the whole; `nil` if it took no part in it.
    func group(_ number: Int) -> Range<Int>? {
        guard 0...groupCapacity ~= number, let pairs = unsafe pcre2_get_ovector_pointer_8(data) else { return nil }
        let start = unsafe pairs[2 * number]
        let end = unsafe pairs[2 * number + 1]
        return 0...end ~= start ? start..<end : nil  // both are -1 for a group without a place
    }

    /// Makes room for the groups of a pattern and sets its limits.
    private mutating func prepare(for pattern: PatternCode) throws(MatchFailure) {
        if unsafe data == nil || groupCapacity < pattern.groupCount {
            unsafe pcre2_match_data_free_8(data)
            groupCapacity = max(pattern.groupCount, 15)
            unsafe data = unsafe pcre2_match_data_create_8(UInt32(groupCapacity + 1), nil)
        }
        guard unsafe data != nil, let context = unsafe context else { throw failure(PCRE2_ERROR_NOMEMORY) }
        unsafe pcre2_set_match_limit_8(context, pattern.limits.steps)
        unsafe pcre2_set_depth_limit_8(context, pattern.limits.depth)
        unsafe pcre2_set_heap_limit_8(context, pattern.limits.memory)
        limits = pattern.limits
    }

    /// The error for a code; gives back what a search that grew to its limit took, since PCRE2 would keep it.
    private mutating func failure(_ code: Int32) -> MatchFailure {
        unsafe pcre2_match_data_free_8(data)
        unsafe data = nil
        groupCapacity = -1
        return MatchFailure(code: code)
    }
}
