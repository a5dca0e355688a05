import PluginHooks
import PluginPayloads

extension BreakerSection.Key: DescribedKey {
    var description: KeyDescription {
        switch self {
        case .failures:
            KeyDescription("Failures in a row after which it opens.", .integer(BreakerSection.failureCounts))
        case .crashes:
            KeyDescription("Crashes within crash_window after which it opens.", .integer(BreakerSection.crashCounts))
        case .crashWindow: KeyDescription("Seconds within which crashes count together.", .seconds)
        case .openFor:
            KeyDescription("Seconds that it stays open at first; each trial that fails doubles it.", .seconds)
        }
    }

    /// What holds for all plugins where the key is missing.
    private var standard: JSONValue {
        let settings = BreakerSettings()
        return switch self {
        case .failures: .int(Int64(settings.failures))
        case .crashes: .int(Int64(settings.crashes))
        case .crashWindow: .int(settings.crashWindow.components.seconds)
        case .openFor: .int(settings.openFor.components.seconds)
        }
    }

    /// `off`, or a mapping.
    ///
    /// - Parameter hasStandards: Whether the defaults are those of the mapping, and not somebody else's values.
    /// - Returns: The kind.
    static func kind(hasStandards: Bool) -> KeyDescription.Kind {
        let keys = allCases.map { key in
            let description = key.description
            let standard: JSONValue? = hasStandards ? key.standard : .none
            return (key: key.rawValue, description: KeyDescription(description.text, description.kind, standard))
        }
        return .either(.boolean, .section(keys))
    }
}
