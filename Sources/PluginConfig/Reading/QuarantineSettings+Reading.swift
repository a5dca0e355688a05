extension QuarantineSettings {
    static let crashCounts = 0...1_000
    /// In seconds: a week at most, which is how long crashes are remembered.
    static let windows = 1...604_800

    /// Takes the keys of `plugin_settings` that are about the quarantine.
    init(_ section: Section<RuntimeSettings.Key>) {
        section[.quarantineAfter]?.integer(in: Self.crashCounts).assign(to: &crashes)
        section[.quarantineWindow]?.integer(in: Self.windows).map(Duration.seconds).assign(to: &window)
        section[.quarantineAction]?.choice(of: Action.self).assign(to: &action)
    }
}
