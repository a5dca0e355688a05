import CPCRE2

/// The code of a search that ended neither with a match nor with none.
struct MatchFailure: Error {
    let code: Int32

    /// PCRE2's text for the code.
    var message: String {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
            let length = unsafe pcre2_get_error_message_8(code, buffer.baseAddress, buffer.count)
            guard length > 0 else { return "error \(code)" }
            return unsafe String(decoding: buffer.prefix(Int(length)), as: UTF8.self)
        }
    }
}

extension PatternError {
    /// Says what a failure means for a pattern.
    init(_ failure: MatchFailure, pattern: String) {
        switch failure.code {
        case PCRE2_ERROR_MATCHLIMIT:
            self = .limit(.steps, pattern: pattern)
        case PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_RECURSELOOP:
            self = .limit(.depth, pattern: pattern)
        case PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_JIT_STACKLIMIT, PCRE2_ERROR_NOMEMORY:
            self = .limit(.memory, pattern: pattern)
        default:
            self = .engine(code: Int(failure.code), message: failure.message, pattern: pattern)
        }
    }
}
