import PluginPayloads

/// Which HTTP status a violation becomes.
package enum ViolationStatus {
    package static let byCode = [
        "RATE_LIMIT": 429,
        "INVALID_URI": 400,
        "PROTOCOL_BLOCKED": 403, "DOMAIN_BLOCKED": 403, "BLOCKED_CONTENT": 403, "BLOCKED": 403,
        "CONTENT_TOO_LARGE": 413,
        "CONTENT_MODERATION": 422, "PII_DETECTED": 422, "SENSITIVE_CONTENT": 422, "PROHIBITED_CONTENT": 422,
        "MODERATION_ERROR": 503,
        "INVALID_TOKEN": 401, "API_KEY_REVOKED": 401, "AUTH_REQUIRED": 401,
        "EXECUTION_ERROR": 500, "PROCESSING_ERROR": 500,
    ]

    /// The violation's own status if it is one of an error, else that of its code, else 422.
    static func status(of violation: PluginViolation) -> Int { ownStatus(of: violation) ?? 422 }

    /// The status that the violation itself or its code names; `nil` if neither does.
    static func ownStatus(of violation: PluginViolation) -> Int? {
        if let status = violation.httpStatusCode, (400...599).contains(status) { return status }
        return byCode[violation.code]
    }
}
