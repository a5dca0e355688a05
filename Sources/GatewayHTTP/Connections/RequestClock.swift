package import NIOCore

/// Knows until when a client has to have sent a request or read its response: a pure state machine.
package struct RequestClock {
    private let timeout: TimeAmount
    /// Since when a request is being sent; `nil` if none is.
    private var readingSince: NIODeadline?
    /// Since when a response is being written; `nil` if none is.
    private var writingSince: NIODeadline?

    package init(timeout: TimeAmount) {
        self.timeout = timeout
    }

    /// When the client will have been too slow; `nil` if it owes nothing.
    package var deadline: NIODeadline? {
        [readingSince, writingSince].compactMap(\.self).min().map { $0 + timeout }
    }

    package mutating func requestBegan(_ now: NIODeadline) { readingSince = now }
    package mutating func requestEnded() { readingSince = nil }
    package mutating func responseBegan(_ now: NIODeadline) { writingSince = now }
    package mutating func responseEnded() { writingSince = nil }

    /// What is too late, if the deadline has passed.
    package func expired(at now: NIODeadline) -> Lateness? {
        guard let deadline, deadline <= now else { return nil }
        return writingSince == nil ? .request : .response
    }

    package enum Lateness: Equatable {
        /// The request is incomplete: it can still be answered so.
        case request
        /// The client does not read: there is nothing to tell it.
        case response
    }
}
