/// Rule: an entry of kind `ffi` says in `config` which function serves which hook.
enum BoundFunctions {
    static func read(_ section: Section<PluginEntry.Key>) -> FunctionBinding? {
        guard let config = section[.config] else {
            section.reportMissing(
                .config,
                "is required with kind: ffi",
                hint: "give library, symbol, hook and signature"
            )
            return nil
        }
        return Section<FunctionBinding.Key>(config).flatMap(FunctionBinding.init)
    }
}
