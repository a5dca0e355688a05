/// Rule: plugins run in the process of the runtime; nothing else exists yet.
enum Isolation {
    private static let inProcess = "in_process"
    private static let process = "process"

    static func check(_ section: Section<PluginEntry.Key>, isDisabled: Bool) {
        let unsupported = [(process, process)]
        _ = section[.isolation]?.choice(
            of: [(inProcess, inProcess)] + (isDisabled ? unsupported : []),
            unsupported: unsupported.map(\.0)
        )
    }
}
