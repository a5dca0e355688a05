package import PluginHooks

/// What `breaker` says, of all plugins or of one.
package enum BreakerSection: Sendable, Equatable {
    case off
    /// A breaker that differs in these values from the one that holds otherwise.
    case on(BreakerValues)

    /// The settings of a breaker.
    ///
    /// - Parameter shared: What holds for all plugins; `nil` if they have none.
    /// - Returns: What holds; `nil` if there is no breaker.
    package func settings(over shared: BreakerSettings?) -> BreakerSettings? {
        guard case .on(let values) = self else { return nil }
        var settings = shared ?? BreakerSettings()
        values.failures.assign(to: &settings.failures)
        values.crashes.assign(to: &settings.crashes)
        values.crashWindow.assign(to: &settings.crashWindow)
        values.openFor.assign(to: &settings.openFor)
        return settings
    }
}

/// The values that a `breaker` gives.
package struct BreakerValues: Sendable, Equatable {
    package var failures: Int?
    package var crashes: Int?
    package var crashWindow: Duration?
    package var openFor: Duration?

    package init(failures: Int? = nil, crashes: Int? = nil, crashWindow: Duration? = nil, openFor: Duration? = nil) {
        self.failures = failures
        self.crashes = crashes
        self.crashWindow = crashWindow
        self.openFor = openFor
    }
}
