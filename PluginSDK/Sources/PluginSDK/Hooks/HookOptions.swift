/// What a handler promises not to do.
///
/// The runtime plans with it, and refuses what breaks it. Without options a handler may do everything.
public struct HookOptions: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt32

    /// Makes options of their bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The handler never blocks a request.
    public static let neverDenies = HookOptions(rawValue: 1)

    /// The handler never changes a payload; such handlers of one priority may run at the same time.
    public static let neverModifies = HookOptions(rawValue: 2)

    /// The handler never holds its thread for more than some microseconds: no locks, no I/O, no long loops.
    ///
    /// It then runs without a thread of its own, which is quicker; its deadline can be noticed but not enforced.
    /// An asynchronous handler may still suspend.
    public static let neverBlocks = HookOptions(rawValue: 4)
}
