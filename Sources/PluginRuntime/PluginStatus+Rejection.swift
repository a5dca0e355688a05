extension [PluginStatus] {
    /// Plugins that run, together with those that a rejected reload could not load.
    func merging(_ rejected: [PluginStatus]) -> [PluginStatus] {
        guard !rejected.isEmpty else { return self }
        var result = self
        for failure in rejected {
            let running = result.firstIndex { $0.name == failure.name || ($0.file != nil && $0.file == failure.file) }
            guard let running else {
                let place = result.firstIndex { $0.priority > failure.priority } ?? result.endIndex
                result.insert(failure, at: place)
                continue
            }
            result[running].reason = "the last reload was rejected: \(failure.reason ?? "unknown")"
        }
        return result
    }
}
