extension Duration {
    /// The duration in nanoseconds, which fits for anything that a configuration may say.
    package var nanoseconds: UInt64 {
        UInt64(components.seconds) * 1_000_000_000 + UInt64(components.attoseconds / 1_000_000_000)
    }
}
