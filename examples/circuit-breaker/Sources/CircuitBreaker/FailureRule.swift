import PluginSDK

/// Tells a result of a tool that failed.
struct FailureRule: Sendable {
    let statuses: Set<Int>
    /// Where a result may have a status.
    let statusKeys: [String]

    /// Whether the result says that it is an error, or has one of the statuses, be it in its structured content.
    func isFailure(_ result: BlockValue?) -> Bool {
        guard let result, result.isObject else { return false }
        if result["isError"]?.bool == true { return true }
        return [result, result["structuredContent"]].contains { part in
            statusKeys.contains { key in
                part?[key]?.int64.map { statuses.contains(Int(truncatingIfNeeded: $0)) } ?? false
            }
        }
    }
}
