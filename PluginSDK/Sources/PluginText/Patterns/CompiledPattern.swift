import CPCRE2

/// What a search reads of a pattern.
///
/// It counts no references, which would cost more than matching a short text does.
///
/// `@unchecked Sendable`: PCRE2 only reads compiled code while it matches, and everything that a match writes is in
/// the ``MatchScratch`` of its thread.
@safe
struct PatternCode: @unchecked Sendable {
    /// Owned by the ``CompiledPattern``, which whoever lends this keeps meanwhile.
    let pointer: OpaquePointer
    let usesJIT: Bool
    let groupCount: Int
    /// No shorter text matches, in bytes.
    let minimumLength: Int
    /// Every match begins with one of these bytes.
    let firstBytes: ByteSet
    /// Every match contains one of these bytes.
    let neededBytes: ByteSet
    let limits: Pattern.Limits
}

/// The code that PCRE2 made of a pattern, freed with its last user.
final class CompiledPattern: Sendable {
    /// The code in it is owned by this object: made in `init`, valid until `deinit` frees it.
    let code: PatternCode
    let source: String
    let options: Pattern.Options
    let groupNames: [String: Int]

    init(
        _ source: String,
        options: Pattern.Options,
        limits: Pattern.Limits,
        useJIT: Bool
    ) throws(PatternError) {
        self.source = source
        self.options = options
        let pointer = unsafe try Self.compile(source, options)
        // Answers a failure where machine code is forbidden; the size tells, and the interpreter takes over.
        if useJIT { unsafe _ = pcre2_jit_compile_8(pointer, PCRE2_JIT_COMPLETE) }
        code = unsafe PatternCode(
            pointer: pointer,
            usesJIT: Self.size(PCRE2_INFO_JITSIZE, of: pointer) > 0,
            groupCount: Self.number(PCRE2_INFO_CAPTURECOUNT, of: pointer),
            minimumLength: Self.number(PCRE2_INFO_MINLENGTH, of: pointer),
            firstBytes: Self.firstBytes(of: pointer),
            neededBytes: Self.neededBytes(of: pointer),
            limits: limits
        )
        groupNames = unsafe Self.groupNames(of: pointer)
    }

    deinit {
        unsafe pcre2_code_free_8(code.pointer)
    }

    private static func compile(_ source: String, _ options: Pattern.Options) throws(PatternError) -> OpaquePointer {
        guard let context = unsafe pcre2_compile_context_create_8(nil) else {
            throw PatternError(MatchFailure(code: PCRE2_ERROR_NOMEMORY), pattern: source)
        }
        defer { unsafe pcre2_compile_context_free_8(context) }
        unsafe pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
        let python = PythonSyntax(source, isVerbose: options.contains(.verbose))
        var failure: Int32 = 0
        var offset = 0
        let code = unsafe python.translation.withUnsafeBufferPointer { bytes in
            unsafe pcre2_compile_8(bytes.baseAddress, bytes.count, bits(of: options), &failure, &offset, context)
        }
        if let code = unsafe code { return unsafe code }
        let origin = python.origins[min(offset, python.origins.count - 1)]
        throw .syntax(pattern: source, message: MatchFailure(code: failure).message, offset: origin)
    }

    /// The options of every pattern, which make PCRE2 agree with Python, and those that were asked for.
    private static func bits(of options: Pattern.Options) -> UInt32 {
        var bits = PCRE2_UTF | PCRE2_ALT_CIRCUMFLEX | PCRE2_NEVER_BACKSLASH_C
        if options.contains(.caseInsensitive) { bits |= PCRE2_CASELESS }
        if options.contains(.multiline) { bits |= PCRE2_MULTILINE }
        if options.contains(.dotMatchesNewlines) { bits |= PCRE2_DOTALL }
        if options.contains(.verbose) { bits |= PCRE2_EXTENDED }
        if !options.contains(.asciiClasses) { bits |= PCRE2_UCP }
        return bits
    }

    private static func number(_ what: Int32, of code: OpaquePointer) -> Int {
        var result: UInt32 = 0
        unsafe pcre2_pattern_info_8(code, UInt32(what), &result)
        return Int(result)
    }

    private static func size(_ what: Int32, of code: OpaquePointer) -> Int {
        var result = 0
        unsafe pcre2_pattern_info_8(code, UInt32(what), &result)
        return result
    }

    private static func firstBytes(of code: OpaquePointer) -> ByteSet {
        if unsafe number(PCRE2_INFO_FIRSTCODETYPE, of: code) == 1 {
            // PCRE2 does not tell whether it is meant in both cases.
            return unsafe ByteSet(bothCasesOf: UInt8(number(PCRE2_INFO_FIRSTCODEUNIT, of: code)))
        }
        var bitmap: UnsafePointer<UInt8>?
        unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_FIRSTBITMAP), &bitmap)
        guard let bitmap = unsafe bitmap else { return .all }
        return unsafe ByteSet(bitmap: UnsafeBufferPointer(start: bitmap, count: 32))
    }

    private static func neededBytes(of code: OpaquePointer) -> ByteSet {
        guard unsafe number(PCRE2_INFO_LASTCODETYPE, of: code) == 1 else { return .all }
        return unsafe ByteSet(bothCasesOf: UInt8(number(PCRE2_INFO_LASTCODEUNIT, of: code)))
    }

    /// Reads PCRE2's table of names: rows of one size, each the number in two bytes and the name with a NUL.
    private static func groupNames(of code: OpaquePointer) -> [String: Int] {
        let count = unsafe number(PCRE2_INFO_NAMECOUNT, of: code)
        let rowSize = unsafe number(PCRE2_INFO_NAMEENTRYSIZE, of: code)
        var table: UnsafePointer<UInt8>?
        unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
        var names: [String: Int] = [:]
        for index in 0..<count {
            guard let row = unsafe table?.advanced(by: index * rowSize) else { break }
            let name = unsafe String(cString: row + 2)
            names[name] = unsafe Int(row[0]) << 8 | Int(row[1])
        }
        return names
    }
}
