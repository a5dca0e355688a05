/// What a plugin may count under; the rest is dropped, so that a plugin cannot use up memory with names.
package enum CounterLimits {
    package static let names = 256
    /// The bytes of a name.
    package static let nameBytes = 64
}
