package import NIOCore

/// Knows until when a client has to have sent a request or read its response: a pure state machine.
package struct RequestClock {
    private let timeout: TimeAmount
    /// When requests that are being sent have to be complete although they have more time; `nil` as long as none have.
    private var end: NIODeadline?
    /// Since when a request is being sent; `nil` if none is.
    private var readingSince: NIODeadline?
    /// Since when the client has read no end of a response; `nil` if none is being written.
    private var writingSince: NIODeadline?
    /// Responses that were begun and of which the client's system has not yet taken all.
    private var unread = 0

    package init(timeout: TimeAmount) {
        self.timeout = timeout
    }

    /// When the client will have been too slow; `nil` if it owes nothing.
    package var deadline: NIODeadline? {
        let reading = readingSince.map { min($0 + timeout, end ?? .distantFuture) }
        return [reading, writingSince.map { $0 + timeout }].compactMap(\.self).min()
    }

    /// A request's first byte, or its head, is there.
    package mutating func requestBegan(_ now: NIODeadline) { readingSince = readingSince ?? now }
    package mutating func requestEnded() { readingSince = nil }

    /// The gateway is stopping, and does not wait for the rest of a request beyond a point in time.
    package mutating func requestsEnd(at deadline: NIODeadline) { end = deadline }

    package mutating func responseBegan(_ now: NIODeadline) {
        unread += 1
        writingSince = writingSince ?? now
    }

    /// A response was taken as a whole; the client has as long for the next one, if that is on its way.
    package mutating func responseEnded(_ now: NIODeadline) {
        unread -= 1
        writingSince = unread == 0 ? nil : now
    }

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
