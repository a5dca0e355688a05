extension QuarantineSettings {
    static let crashCounts = 0...1_000

    /// Takes the keys of `plugin_settings` that are about the quarantine.
    init(_ section: Section<RuntimeSettings.Key>) {
        section[.quarantineAfter]?.integer(in: Self.crashCounts).assign(to: &crashes)
        section[.quarantineWindow]?.seconds().assign(to: &window)
        section[.quarantineAction]?.choice(of: Action.self).assign(to: &action)
    }
}
