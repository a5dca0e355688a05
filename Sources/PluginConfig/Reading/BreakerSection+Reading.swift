import YAMLTree

extension BreakerSection {
    enum Key: String, CaseIterable {
        case failures
        case crashes
        case crashWindow = "crash_window"
        case openFor = "open_for"
    }

    static let failureCounts = 1...1_000_000
    static let crashCounts = 1...10_000

    /// Reads `off`, `on`, or a mapping.
    init?(_ field: Field) {
        if field.scalar != nil {
            guard let isOn = field.breakerSwitch() else { return nil }
            self = isOn ? .on(BreakerValues()) : .off
            return
        }
        guard let section = Section<Key>(field) else { return nil }
        self = .on(
            BreakerValues(
                failures: section[.failures]?.integer(in: Self.failureCounts),
                crashes: section[.crashes]?.integer(in: Self.crashCounts),
                crashWindow: section[.crashWindow]?.seconds(),
                openFor: section[.openFor]?.seconds()
            )
        )
    }
}

extension Field {
    fileprivate func breakerSwitch() -> Bool? {
        switch scalar?.setting {
        case .boolean(let value): return value
        case .string(let text) where text.lowercased() == "off": return false
        case .string(let text) where text.lowercased() == "on": return true
        default: break
        }
        error(expected: "off, on or a mapping", hint: "such as {failures: 20, open_for: 30}")
        return nil
    }
}
