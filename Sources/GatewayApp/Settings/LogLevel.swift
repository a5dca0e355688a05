package import Logging

extension Logger.Level {
    /// The level that the environment names, in any case; `nil` if it names none.
    ///
    /// - Throws: ``GatewayFailure`` if there is no such level.
    package static func named(in environment: GatewayEnvironment) throws(GatewayFailure) -> Logger.Level? {
        var levels: [Logger.Level] = []
        for variable in ["LOG_LEVEL", "PLUGINS_LOG_LEVEL"] {
            guard let text = environment[variable] else { continue }
            guard let level = Logger.Level(word: text.lowercased()) else {
                let known = allCases.map(\.rawValue).joined(separator: ", ")
                throw GatewayFailure("\(variable)=\(text): expected one of \(known)")
            }
            levels.append(level)
        }
        return levels.first
    }

    private init?(word: String) {
        self.init(rawValue: word == "warn" ? "warning" : word)
    }
}
