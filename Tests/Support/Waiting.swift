import Glibc

/// Waits for what other processes do, on the caller's thread.
package enum Waiting {
    /// Waits until something is so.
    ///
    /// - Throws: That it has not become so in time.
    package static func until(_ what: String, within time: Duration, _ isSo: () throws -> Bool) throws {
        _ = try result(of: what, within: time) { try isSo() ? true : nil }
    }

    /// Waits until there is something.
    ///
    /// - Throws: That there was nothing in time.
    package static func result<Value>(
        of what: String,
        within time: Duration,
        _ look: () throws -> Value?
    ) throws -> Value {
        let end = ContinuousClock.now + time
        while true {
            if let value = try look() { return value }
            guard ContinuousClock.now < end else { throw SetupFailure("waited \(time) for \(what)") }
            _ = poll(nil, 0, 5)
        }
    }
}
